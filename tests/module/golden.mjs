// What the tests of engine.mjs share: published models, and the answers of another interpreter.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const shared = process.env.LENS_ASSETS || path.join(root, '..', 'shared');

export const site = path.join(root, 'build', 'site');
export const hasData = existsSync(path.join(shared, 'golden', 'float32.json'));

export const models = [
  {
    golden: 'v1-1.0',
    files: [
      'mobilenet_v1_1.0_224_quant_embedding_extractor.tflite',
      'mobilenet_quant_v1_224_head_layers.tflite',
    ],
    info: { model: 'v1', width: 1, resolution: 224, classes: 1001, kind: 'uint8 per tensor' },
    int8: 0.04,  // how far a class may be from LiteRT's, as in tests/golden/int8_test.cpp
  },
  {
    golden: 'v1-0.25-128',
    files: ['mobilenet_v1_0.25_128_quant.tflite'],
    info: { model: 'v1', width: 0.25, resolution: 128, classes: 1001, kind: 'uint8 per tensor' },
    int8: 0.04,
  },
  {
    golden: 'v2-1.0-per-channel',
    files: ['mobilenet_v2_1_0_quant.tflite'],
    info: { model: 'v2', width: 1, resolution: 224, classes: 1000, kind: 'int8 per channel' },
    int8: 0.13,
  },
  {
    golden: 'v3-small',
    files: ['v3-small_224_1.0_uint8.tflite'],
    info: { model: 'v3-small', width: 1, resolution: 224, classes: 1001, kind: 'uint8 per tensor' },
    int8: 0.13,
  },
];

export function readModel({ files }) {
  return files.map((name) => new Uint8Array(readFileSync(path.join(shared, 'models', name))));
}

// The bytes of a photo's square, as every golden answer has seen them.
export function readPixels(photo, size) {
  const stem = photo.slice(0, photo.indexOf('.'));
  return new Uint8Array(readFileSync(path.join(shared, 'golden', `${stem}.${size}.rgb`)));
}

export const scaled = (pixels, { scale, zeroPoint }) =>
  Float32Array.from(pixels, (byte) => scale * (byte - zeroPoint));

const answers = (file) => (hasData ? JSON.parse(readFileSync(path.join(shared, 'golden', file), 'utf8')) : {});
const golden = answers('float32.json');
const goldenBytes = answers('outputs.json');

function largestDifference(found, expected) {
  assert.equal(found.length, expected.length);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0);
}

// Of an int8 run, against LiteRT's bytes.
export function checkBytes(found, { golden: name, int8 }, photo) {
  const worst = largestDifference(found, goldenBytes[name].photos[photo].output.map((byte) => byte / 256));
  assert.ok(worst <= int8, `${name} in int8 on ${photo}: probabilities differ by ${worst}`);
}

// The tolerance of tests/golden/float32_test.cpp.
export function checkProbabilities(found, name, photo) {
  const worst = largestDifference(found, golden[name].photos[photo]);
  assert.ok(worst < 0.002, `${name} on ${photo}: probabilities differ by ${worst}`);
}
