// Where the time of one thread goes, in Chromium, beside the most that the machine can do.
import { chromium } from 'playwright-core';
import { chromiumFlags } from './chromium.mjs';
import { serve } from './serve.mjs';

// Of the yardstick's artifacts, in the order of the table.
const nets = [
  ['v1', 'float32', '.tflite'], ['v2', 'float32', '.tflite'], ['v3_large', 'float32', '.tflite'],
  ['v3_small', 'float32', '.tflite'], ['v1', 'int8', '.int8.tflite'], ['v2', 'int8', '.int8.tflite'],
];

// The yardstick's microbenchmarks of the instructions that the kernels live on.
const peakFiles = { float32: 'peak_f32-madd', dot8: 'peak_i8-rdot-add', dot16: 'peak_i16-dot' };

// Runs in the page: every layer's median time over so many seconds, and the bytes that a run holds.
async function timeLayers({ file, precision, seconds }) {
  const { createEngine } = await import('/ours/engine.mjs');
  const bytes = async (name) => new Uint8Array(await (await fetch(`/artifacts/${name}`)).arrayBuffer());
  const engine = await createEngine({ threads: 1 });
  const { peakBytes } = engine.load(await bytes(file));
  engine.setPrecision(precision);
  engine.setInput(new Float32Array((await bytes('input.nhwc.bin')).buffer));
  const times = engine.graph().map(() => []);
  for (const end = performance.now() + 1000 * seconds; performance.now() < end;) {
    engine.runAgain();
    engine.graph().forEach(({ ms }, i) => times[i].push(ms));
  }
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const layers = engine.graph().map(({ name, op, kernel, inputs, shape }, i) => (
    { name, op, kernel, inputs, shape, ms: median(times[i]) }));
  return { layers, peakBytes: peakBytes[precision] };
}

// Runs in the page: the best GMAC/s of an instruction over its microbenchmarks.
async function timePeak(filter) {
  const { micro } = await import('/micro/bench.mjs');
  const bytes = async (name) => new Uint8Array(await (await fetch(`/${name}`)).arrayBuffer());
  const found = await micro(bytes, { rounds: 6, filter });
  return Math.max(0, ...found.filter(({ error }) => !error).map(({ bestG }) => bestG / 2));
}

// The layers of graph(), each with its multiply-accumulates: 0 where nothing is weighted.
export function withMacs(graph) {
  const channels = new Map(graph.map(({ name, shape }) => [name, shape[2]]));
  const perOutput = ({ op, kernel, inputs }) => ({
    conv: kernel * kernel * channels.get(inputs[0]), dense: channels.get(inputs[0]), depthwise: kernel * kernel,
  }[op] ?? 0);
  return graph.map((node) => ({ ...node, macs: node.shape.reduce((a, b) => a * b, 1) * perOutput(node) }));
}

export function kindOf({ op, kernel }) {
  if (op === 'conv') return kernel === 1 ? 'pointwise' : 'stem';
  return ['depthwise', 'dense'].includes(op) ? op : 'the rest';
}

// yardstick: the folder that script/bench has prepared, with micro/out in it. Resolves to
// {nets: [{model, precision, layers: [{op, kernel, macs, ms, ...}], peakBytes}], peaks: {float32, dot8,
// dot16}} with peaks in GMAC/s, 0 where the machine lacks the instruction.
export async function profile(yardstick, seconds) {
  const server = await serve(yardstick);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
  const result = { nets: [], peaks: { float32: 0, dot8: 0, dot16: 0 } };
  const inPage = async (f, argument) => {
    const page = await browser.newPage();
    await page.goto(`${server.url}artifacts/info.json`);
    const found = await page.evaluate(f, argument);
    await page.close();
    return found;
  };
  try {
    for (const [model, precision, ending] of nets) {
      const file = `mobilenet_${model}${ending}`;
      const { layers, peakBytes } = await inPage(timeLayers, { file, precision, seconds });
      result.nets.push({ model, precision, layers: withMacs(layers), peakBytes });
      for (const [name, filter] of Object.entries(peakFiles)) {
        result.peaks[name] = Math.max(result.peaks[name], await inPage(timePeak, filter));
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return result;
}
