// build/site/contender.mjs and contender-int8.mjs as the benchmark uses them: it names a model and hands
// out files by name; here they are published ones.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { hasData, models, readModel, readPixels, scaled, site } from './golden.mjs';

const isBuilt = existsSync(path.join(site, 'contender.mjs'));
const skip = (!isBuilt && 'no contender in build/site') || (!hasData && 'no models and golden answers');
const load = (name) => import(pathToFileURL(path.join(site, name)));

// Two published networks under the benchmark's names, and an input as it gives one.
function context(input) {
  const files = new Map([
    ['mobilenet_v3_small.tflite', () => readModel(models[3])[0]],
    ['mobilenet_v2.int8.tflite', () => readModel(models[2])[0]],
    ['input.nhwc.bin', () => new Uint8Array(input.buffer)],
  ]);
  return { bytes: async (name) => files.get(name)(), env: 'node', root: '' };
}

async function logitsOfEngine(model, input, precision) {
  const { createEngine } = await load('engine.mjs');
  const engine = await createEngine();
  engine.load(readModel(model));
  engine.setPrecision(precision);
  engine.run(input);
  return engine.activations('head.logits').data;
}

const input = hasData ? scaled(readPixels('chelsea.png', 224), { scale: 1 / 128, zeroPoint: 128 }) : null;

test('contender.mjs: gives the logits that the engine gives', { skip }, async () => {
  const contender = await load('contender.mjs');
  assert.equal(contender.name, 'lens');
  await contender.load('mobilenet_v3_small', 1, context(input));
  const logits = await contender.run();
  assert.deepEqual(logits, await logitsOfEngine(models[3], input, 'float32'));
  assert.deepEqual(await contender.run(), logits);
  assert.ok(contender.graph().some(({ ms }) => ms > 0));
});

test('contender-int8.mjs: runs on the integers', { skip }, async () => {
  const contender = await load('contender-int8.mjs');
  assert.equal(contender.name, 'lens-int8');
  await contender.load('mobilenet_v2', 1, context(input));
  const logits = await contender.run();
  assert.equal(logits.length, 1000);
  assert.deepEqual(logits, await logitsOfEngine(models[2], input, 'int8'));
  assert.notDeepEqual(logits, await logitsOfEngine(models[2], input, 'float32'));
});
