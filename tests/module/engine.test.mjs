// build/site/engine.mjs in node, against the golden answers of another interpreter.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test as nodeTest } from 'node:test';
import { pathToFileURL } from 'node:url';
import { checkProbabilities, hasData, models, readModel, readPixels, scaled, site } from './golden.mjs';

const module = path.join(site, 'engine.mjs');
const built = existsSync(module) && existsSync(path.join(site, 'engine-simd.wasm'));
const skip = (!built && 'no engine in build/site') || (!hasData && 'no models and golden answers');
const test = (name, body) => nodeTest(name, { skip, timeout: 120_000 }, body);

const { createEngine, EngineError } = built ? await import(pathToFileURL(module)) : {};

// An engine with the smallest published model.
async function smallEngine() {
  const engine = await createEngine();
  engine.load(readModel(models[1]));
  return engine;
}

test('engine.mjs: probabilities are those of another interpreter within 0.002', async () => {
  const engine = await createEngine();
  for (const model of models) {
    const { title, input, precisions, peakBytes, ...info } = engine.load(readModel(model));
    assert.deepEqual(info, model.info);
    assert.deepEqual(precisions, ['float32', 'int8']);  // the published files are all 8-bit
    assert.ok(peakBytes.int8 > 1e6 && peakBytes.int8 < peakBytes.float32 / 2);
    for (const photo of ['chelsea.png', 'rocket.jpg']) {
      engine.run(scaled(readPixels(photo, info.resolution), input));
      checkProbabilities(engine.activations('head.softmax').data, model.golden, photo);
    }
  }
});

test('engine.mjs: node runs the plain build, one file needs no list', async () => {
  const engine = await createEngine({ threads: 2 });
  assert.equal(engine.variant, 'simd');
  assert.equal(engine.threads, 1);
  assert.equal(engine.load(readModel(models[3])[0]).model, 'v3-small');
});

test('engine.mjs: a photo is scaled as the model wants it', async () => {
  const engine = await smallEngine();
  const { scale, zeroPoint } = engine.load(readModel(models[1])).input;
  const photo = { width: 150, height: 140, data: new Uint8ClampedArray(150 * 140 * 4).fill(255) };
  for (let at = 0; at < photo.data.length; at += 4) photo.data[at] = 40;
  engine.run(photo);
  const { shape, data } = engine.activations('input');
  assert.deepEqual(shape, [128, 128, 3]);
  for (const [channel, byte] of [40, 255, 255].entries()) {
    assert.equal(data[channel], Math.fround(Math.fround(scale) * (byte - zeroPoint)));
  }
  const fromPhoto = engine.activations('head.logits').data;
  engine.run(data);
  assert.deepEqual(engine.activations('head.logits').data, fromPhoto);
});

test('engine.mjs: every node of the graph has its activations, and a time once run', async () => {
  const engine = await smallEngine();
  assert.equal(engine.activations('input'), null);
  assert.ok(engine.graph().every((node) => node.ms === null));
  engine.run(new Float32Array(128 * 128 * 3));
  const graph = engine.graph();
  for (const { name, shape } of graph) {
    const found = engine.activations(name);
    assert.deepEqual(found.shape, shape);
    assert.equal(found.data.length, shape[0] * shape[1] * shape[2]);
  }
  assert.ok(graph.some((node) => node.ms > 0));
  const seen = new Set();
  for (const { name, inputs } of graph) {
    assert.ok(inputs.every((from) => seen.has(from)), `${name} reads only nodes before it`);
    seen.add(name);
  }
});

test('engine.mjs: a sum is computed with its projection, and has no time of its own', async () => {
  const engine = await createEngine();
  const { resolution } = engine.load(readModel(models[2]));
  const pixels = new Float32Array(resolution * resolution * 3).fill(0.5);
  engine.run(pixels);
  const sums = engine.graph().filter(({ op }) => op === 'add');
  assert.equal(sums.length, 10);
  for (const { name, inputs, ms } of sums) {
    assert.equal(ms, null);
    const [projection, shortcut] = inputs.map((from) => engine.activations(from).data);
    const sum = engine.activations(name).data;
    assert.ok(sum.every((value, i) => value === Math.fround(projection[i] + shortcut[i])), name);
  }
  engine.setPrecision('int8');
  engine.run(pixels);
  assert.ok(engine.graph().every(({ ms }) => ms !== null));
});

test('engine.mjs: what the caller got wrong is said, and the model stays', async () => {
  const engine = await createEngine();
  const fails = (f, message) =>
    assert.throws(f, (error) => error instanceof EngineError && message.test(error.message));
  fails(() => engine.graph(), /No model/);
  fails(() => engine.load(new Uint8Array([1, 2, 3])), /TFLite/);
  engine.load(readModel(models[1]));
  fails(() => engine.load(new Uint8Array(100)), /TFLite/);
  fails(() => engine.run(new Float32Array(7)), /7 values, expected 49152/);
  fails(() => engine.run({ width: 2, height: 2, data: new Uint8Array(3) }), /width/);
  fails(() => engine.activations('nowhere'), /nowhere/);
  engine.run(new Float32Array(128 * 128 * 3));
  assert.equal(engine.activations('head.logits').data.length, 1001);
});
