// Types of engine.mjs: MobileNet V1, V2 and V3 in WebAssembly, without interface.

export type Variant = 'simd' | 'relaxed' | 'relaxed-threads';

export type Precision = 'float32' | 'int8';

export interface EngineOptions {
  /** Which build; by default the fastest that the browser can run ('simd' in node). */
  variant?: Variant;
  /**
   * Threads per run, 1 by default. More than one needs a cross-origin isolated page; the builds
   * without threads, and node, run on one whatever is asked for.
   */
  threads?: number;
}

export interface LoadedModel {
  model: 'v1' | 'v2' | 'v3-small' | 'v3-large';
  title: string;
  /** Width multiplier. */
  width: number;
  /** Pixels of the square input's side. */
  resolution: number;
  /** 1001 have the background first. */
  classes: number;
  /** How the file's numbers are stored: 'float32', 'uint8 per tensor', 'int8 per channel', ... */
  kind: string;
  /** What it can compute in: 'int8' where the file has the integers for it. */
  precisions: Precision[];
  /**
   * What a run holds at most in each of these precisions: the packed weights and every node's
   * output. `activations()` of an int8 run adds an arena of floats.
   */
  peakBytes: { float32: number; int8?: number };
  /** What the model reads for an 8-bit pixel: scale * (byte - zeroPoint). */
  input: { scale: number; zeroPoint: number };
}

export interface GraphNode {
  /** A stable identifier: 'bneck3.expand', 'head.logits'. */
  name: string;
  op: 'input' | 'conv' | 'depthwise' | 'add' | 'global_pool' | 'dense' | 'channel_scale' | 'softmax';
  /**
   * What the papers call it: 'input', 'stem', 'expand', 'depthwise', 'pointwise', 'project',
   * 'residual', 'squeeze', 'reduce', 'gate', 'scale', 'head'.
   */
  role: string;
  /** 0 before the first block, then 1, 2, ...; the head is one more. */
  block: number;
  /** Names of the nodes that it reads. */
  inputs: string[];
  /** Height, width, channels. */
  shape: [number, number, number];
  kernel: number;
  stride: number;
  /** 'linear', 'relu', 'relu6', 'h-swish' or 'hard-sigmoid'. */
  activation: string;
  /**
   * Milliseconds in the last run; null before it. Null too for the sum of a bottleneck in float32:
   * it is computed along with the projection before it, whose time it is in.
   */
  ms: number | null;
}

export interface Activations {
  shape: [number, number, number];
  /** A copy, channels last: value (y, x, c) is data[(y * width + x) * channels + c]. */
  data: Float32Array;
}

/** What an ImageData has: RGBA bytes, rows from the top. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8Array | Uint8ClampedArray;
}

/** What can go wrong by what the caller passed; `hint` is the way out. */
export class EngineError extends Error {
  constructor(what: { message: string; hint?: string });
  hint: string;
}

export interface Engine {
  readonly variant: Variant;
  /** Those that work: as many as asked for, or fewer where the browser starts no more. */
  readonly threads: number;
  /**
   * Reads a TFLite classifier, or a backbone and its head; which MobileNet it is, its structure
   * tells. Throws EngineError for anything else, and keeps the model before.
   */
  load(files: Uint8Array | [Uint8Array, Uint8Array]): LoadedModel;
  /** 'float32' after each load(). */
  readonly precision: Precision;
  /**
   * What the next runs compute in; the last run's times and activations stay until then. int8 are the file's own integers, as the TensorFlow Lite
   * quantization specification computes with them; throws EngineError where the file has none.
   */
  setPrecision(precision: Precision): void;
  /** The nodes in the order in which they run. */
  graph(): GraphNode[];
  /**
   * One inference. A photo is cut to its centre square, resized and scaled as the model wants it; a
   * tensor (resolution x resolution x 3 floats, channels last) is taken as it is. Returns when it is
   * done.
   */
  run(input: Pixels | Float32Array): void;
  /** The two halves of run(): a camera or a benchmark may want them apart. */
  setInput(input: Pixels | Float32Array): void;
  runAgain(): void;
  /** A node's output in the last run, as real numbers in both precisions; null before the first. 'head.logits' and 'head.softmax' are the answer. */
  activations(node: string): Activations | null;
}

export function createEngine(options?: EngineOptions): Promise<Engine>;
