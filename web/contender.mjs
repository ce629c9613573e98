// The engine as a contender of the benchmark (script/bench), which names the model and gives its
// files and the fixed input by ctx.bytes(file).
import {createEngine} from './engine.mjs';

// load and run for the benchmark's files with this ending.
export function contender(ending, precision = 'float32') {
  let engine;
  return {
    async load(model, threads, ctx) {
      engine = await createEngine({threads});
      engine.load(await ctx.bytes(`${model}${ending}`));
      engine.setPrecision(precision);
      const input = await ctx.bytes('input.nhwc.bin');
      engine.setInput(new Float32Array(input.buffer, input.byteOffset, input.byteLength / 4));
    },
    run() {
      engine.runAgain();
      return engine.activations('head.logits').data;
    },
    graph: () => engine.graph(),
  };
}

export const name = 'lens';
export const {load, run, graph} = contender('.tflite');
