// The engine without interface, for other pages and for node. Types and documentation: engine.d.ts.
//
//   import {createEngine} from './engine.mjs';
//   const engine = await createEngine();
//   engine.load(new Uint8Array(await (await fetch('mobilenet_v2.tflite')).arrayBuffer()));
//   engine.run(context.getImageData(0, 0, width, height));
//   const {data: logits} = engine.activations('head.logits');

import {withBytes} from './memory.js';

const inNode = typeof process === 'object' && Boolean(process.versions?.node);

// Something that the caller can mend; `hint` says how.
export class EngineError extends Error {
  constructor({message, hint = ''}) {
    super(message);
    this.name = 'EngineError';
    this.hint = hint;
  }
}

class Engine {
  constructor(module, variant) {
    this.module = module;
    this.variant = variant;
    this.info = null;
    this.nodes = null;
    this.precision = 'float32';
  }

  get threads() { return this.module._lens_engine_threads(); }

  load(files) {
    const [first, second = new Uint8Array()] = ArrayBuffer.isView(files) ? [files] : files;
    const info = withBytes(this.module, [first, second], (a, b) => this.#answer(
        this.module._lens_engine_load(a, first.length, b, second.length)));
    this.info = info;
    this.nodes = null;
    this.precision = 'float32';
    return info;
  }

  setPrecision(precision) {
    this.#needModel();
    if (precision !== 'float32' && precision !== 'int8') {
      throw new EngineError({
        message: `There is no precision "${precision}".`,
        hint: 'It is "float32" or "int8".',
      });
    }
    this.#answer(this.module._lens_engine_set_precision(precision === 'int8' ? 1 : 0));
    this.precision = precision;
  }

  graph() {
    this.#needModel();
    return this.#answer(this.module._lens_engine_graph());
  }

  // Name -> {index, shape} and the input's shape, looked up once per model.
  #index() {
    this.#needModel();
    if (!this.nodes) {
      this.nodes = new Map(this.graph().map(({name, shape}, index) => [name, {index, shape}]));
    }
    return this.nodes;
  }

  run(input) {
    this.setInput(input);
    this.runAgain();
  }

  setInput(input) {
    this.#needModel();
    if (input instanceof Float32Array) {
      const {shape} = this.#index().get('input');
      const wanted = shape.reduce((a, b) => a * b, 1);
      if (input.length !== wanted) {
        throw new EngineError({
          message: `The tensor has ${input.length} values, expected ${wanted}.`,
          hint: `This model reads ${shape.join(' x ')} floats, channels last.`,
        });
      }
      this.module.HEAPF32.set(input, this.module._lens_engine_input() / 4);
      return;
    }
    const {width, height, data} = input;
    if (!(width > 0 && height > 0 && data?.length === width * height * 4)) {
      throw new EngineError({
        message: 'The image needs width, height and width * height * 4 bytes of data.',
        hint: 'Pass an ImageData, or the same three members.',
      });
    }
    withBytes(this.module, [data], (pixels) => this.#answer(
        this.module._lens_engine_photo(pixels, width, height)));
  }

  runAgain() {
    this.#needModel();
    this.module._lens_engine_run();
  }

  activations(node) {
    const found = this.#index().get(node);
    if (!found) {
      throw new EngineError({message: `There is no node "${node}".`, hint: 'graph() lists them.'});
    }
    const pointer = this.module._lens_engine_activations(found.index);
    if (!pointer) return null;
    const count = found.shape.reduce((a, b) => a * b, 1);
    const start = pointer / 4;
    return {shape: found.shape, data: this.module.HEAPF32.slice(start, start + count)};
  }

  #needModel() {
    if (!this.info) {
      throw new EngineError({message: 'No model is loaded.', hint: 'Call load() first.'});
    }
  }

  #answer(pointer) {
    const answer = JSON.parse(this.module.UTF8ToString(pointer));
    if (answer.error) throw new EngineError(answer.error);
    return answer;
  }
}

// The best build for this browser. In node the plain one, whose results are the same on every
// machine: node 20 takes relaxed SIMD only behind a flag.
async function defaultVariant(threads) {
  if (inNode) return 'simd';
  const {chooseVariant} = await import('./variant.js');
  const best = await chooseVariant();
  if (!best) {
    throw new EngineError({
      message: 'This browser cannot run WebAssembly SIMD.',
      hint: 'Use a current Chrome, Edge, Firefox or Safari.',
    });
  }
  return best === 'relaxed-threads' && threads === 1 ? 'relaxed' : best;
}

async function wasmOptions(variant) {
  if (!inNode) return {};
  const {readFile} = await import('node:fs/promises');
  return {wasmBinary: await readFile(new URL(`./engine-${variant}.wasm`, import.meta.url))};
}

// Resolves when so many threads work. One that does not come in time is done without.
async function startThreads(module, threads) {
  module._lens_engine_start_threads(threads);
  const patienceMs = 5000;
  const start = performance.now();
  while (module._lens_engine_threads() < threads && performance.now() - start < patienceMs) {
    await new Promise((resolve) => { setTimeout(resolve, 1); });
  }
}

export async function createEngine({variant, threads = 1} = {}) {
  const chosen = variant ?? (await defaultVariant(threads));
  const {default: createEngineModule} = await import(new URL(`./engine-${chosen}.mjs`, import.meta.url).href);
  const module = await createEngineModule(await wasmOptions(chosen));
  if (chosen === 'relaxed-threads') await startThreads(module, threads);
  return new Engine(module, chosen);
}
