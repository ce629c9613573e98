// `lens classify` on real photos: the golden answers, the shape of what it prints, where its
// weights come from.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

import { asset, lens, lensJson, photo, readJson } from './lens.mjs';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'lens-classify-'));
after(() => rmSync(scratch, { recursive: true }));

const golden = readJson('golden/float32.json');

// The golden answers' names of the models, as arguments.
const models = {
  'v1-1.0': ['--model', 'v1'],
  'v1-0.75-224': ['--model', 'v1', '--width', '0.75'],
  'v1-0.75-192': ['--model', 'v1', '--width', '0.75', '--resolution', '192'],
  'v1-0.25-128': ['--model', 'v1', '--width', '0.25', '--resolution', '128'],
  'v2-1.0': ['--model', 'v2', '--width', '1.0', '--resolution', '224'],
  'v2-1.0-per-channel': ['--model', 'v2', '--file', asset('models/mobilenet_v2_1_0_quant.tflite')],
  'v3-small': ['--model', 'v3-small', '--precision', 'float32'],
};

test('every golden model is tried', () => {
  assert.deepEqual(Object.keys(golden).sort(), Object.keys(models).sort());
});

for (const [name, args] of Object.entries(models)) {
  for (const [file, probabilities] of Object.entries(golden[name].photos)) {
    test(`${name} on ${file}: all probabilities are the golden ones`, async () => {
      const answer = await lensJson(['classify', photo(file), ...args, '--top', '1000', '--json']);
      // 1001 classes have the background first.
      const expected = probabilities.slice(probabilities.length - 1000);
      // JPEG decoders differ in the last bit.
      const tolerance = file.endsWith('.jpg') ? 0.02 : 0.002;
      assert.equal(new Set(answer.top.map((each) => each.class)).size, 1000);
      for (const { class: id, probability } of answer.top) {
        const difference = Math.abs(probability - expected[id]);
        assert.ok(difference <= tolerance, `class ${id}: ${probability}, expected ${expected[id]}`);
      }
      assert.equal(answer.top[0].class, expected.indexOf(Math.max(...expected)));
    });
  }
}

test('int8: the integers of the published file say what LiteRT says', async () => {
  const bytes = readJson('golden/outputs.json')['v2-1.0'].photos['cat.bmp'].output;
  const answer = await lensJson(
    ['classify', photo('cat.bmp'), '--model', 'v2', '--precision', 'int8', '--top', '1000', '--json']);
  assert.equal(answer.precision, 'int8');
  for (const { class: id, probability } of answer.top) {
    assert.ok(Math.abs(probability - bytes[id + 1] / 256) <= 0.04, `class ${id}: ${probability}`);
  }
});

test('peak bytes: int8 takes less than half of float32, and inspect says the same', async () => {
  const peak = {};
  for (const precision of ['float32', 'int8']) {
    const answer = await lensJson(
      ['classify', photo('cat.bmp'), '--model', 'v2', '--precision', precision, '--json']);
    peak[precision] = answer.peak_bytes;
  }
  // 3.5 M parameters and 6.7 M outputs.
  assert.ok(peak.float32 > 4 * 10.1e6 && peak.float32 < 4 * 11.5e6, `${peak.float32}`);
  assert.ok(peak.int8 > 10.1e6 && peak.int8 < peak.float32 / 2, `${peak.int8}`);
  const { out } = await lens(['inspect', asset('models/mobilenet_v2_1.0_224_quant.tflite')]);
  assert.match(out, new RegExp(`a run in float32 takes ${peak.float32} bytes`));
  assert.match(out, new RegExp(`a run in int8 takes ${peak.int8} bytes`));
});

test('int8: a class without a byte is said to be below one step, in the order of the logits', async () => {
  const { out } = await lens(['classify', photo('bird.bmp'), '--model', 'v2', '--precision', 'int8']);
  const [, first, ...others] = out.trim().split('\n');
  assert.match(first, /99\.61 %\s+19\s/);
  assert.equal(others.length, 4);
  for (const line of others) assert.match(line, /^< 0\.39 %/);
  assert.doesNotMatch(out, /tench/);  // class 0
});

test('int8 of an untrained model is refused with the reason', async () => {
  const { status, err } = await lens(
    ['classify', photo('cat.bmp'), '--model', 'v3-large', '--precision', 'int8']);
  assert.equal(status, 1);
  assert.match(err, /has no int8/);
});

test('the JSON has the promised members and no other', async () => {
  const answer = await lensJson(['classify', photo('cat.bmp'), '--model', 'v1', '--json']);
  assert.deepEqual(Object.keys(answer),
    ['model', 'width', 'resolution', 'precision', 'weights', 'ms', 'peak_bytes', 'top']);
  assert.equal(answer.model, 'v1');
  assert.equal(answer.width, 1);
  assert.equal(answer.resolution, 224);
  assert.equal(answer.precision, 'float32');
  assert.equal(answer.weights, 'published');
  assert.ok(answer.ms > 0);
  assert.equal(answer.top.length, 5);
  for (const each of answer.top) {
    assert.deepEqual(Object.keys(each), ['class', 'label', 'probability']);
  }
});

test('classes are named as the label file has them, likeliest first', async () => {
  const lines = readFileSync(asset('models/imagenet_labels.txt'), 'utf8').split('\n');
  const { top } = await lensJson(
    ['classify', photo('coffee.png'), '--model', 'v2', '--top', '20', '--json']);
  assert.equal(top.length, 20);
  assert.equal(top[0].label, 'espresso');
  top.forEach((each, i) => {
    assert.equal(each.label, lines[each.class + 1]);
    assert.ok(i === 0 || each.probability <= top[i - 1].probability);
  });
});

test('without --json people get a line of what ran and a table', async () => {
  const { status, out, err } = await lens(
    ['classify', photo('cat.bmp'), '--model', 'v2', '--top', '2']);
  assert.equal(status, 0);
  assert.equal(err, '');
  const lines = out.split('\n');
  assert.match(lines[0], /cat\.bmp: MobileNet V2 1\.00 at 224, float32, published weights, [\d.]+ ms$/);
  assert.match(lines[1], /^ *\d+\.\d\d %  285  Egyptian cat$/);
  assert.equal(lines.length, 4);
});

test("the user's own backbone and head run as a pair, in either order", async () => {
  const pair = [asset('models/mobilenet_v1_1.0_224_quant_embedding_extractor.tflite'),
    asset('models/mobilenet_quant_v1_224_head_layers.tflite')];
  const run = (files) => lensJson(
    ['classify', photo('bird.bmp'), '--model', 'v1', '--file', files.join(','), '--json']);
  const answer = await run(pair);
  assert.equal(answer.weights, 'own file');
  assert.equal(answer.top[0].class, 19);
  assert.deepEqual((await run(pair.reverse())).top, answer.top);
});

test('V3-Large runs untrained and says so', async () => {
  const { status, out, err } = await lens(
    ['classify', photo('cat.bmp'), '--model', 'v3-large', '--json']);
  assert.equal(status, 0);
  assert.equal(JSON.parse(out).weights, 'untrained');
  assert.match(err, /^lens: MobileNet V3-Large 1\.00 at 224 runs untrained .*--file\.\n$/);
});

test('with nothing published at hand a model runs untrained, by numbers, the same each time', async () => {
  const env = { LENS_ASSETS: scratch, XDG_CACHE_HOME: scratch };
  const args = ['classify', photo('cat.bmp'), '--model', 'v2', '--json'];
  const { status, out, err } = await lens(args, { env });
  assert.equal(status, 0);
  const answer = JSON.parse(out);
  assert.equal(answer.weights, 'untrained');
  assert.equal(answer.top[0].label, `class ${answer.top[0].class}`);
  assert.match(err, /runs untrained .* script\/server --build-only/);
  assert.deepEqual((await lensJson(args, { env })).top, answer.top);
});

test('the cache comes before the folder, and a file of another length is not taken', async () => {
  const cache = path.join(scratch, 'full/mobilenet-lens/assets');
  mkdirSync(cache, { recursive: true });
  const env = { LENS_ASSETS: scratch, XDG_CACHE_HOME: path.join(scratch, 'full') };
  const cached = path.join(cache, '7aad0c74c5e3c06e5eb3c827e13304fdd68a83da6087d92ee169c24ff9fd4776');
  const args = ['classify', photo('cat.bmp'), '--model', 'v2', '--json'];

  copyFileSync(asset('models/mobilenet_v2_1.0_224_quant.tflite'), cached);
  assert.equal((await lensJson(args, { env })).weights, 'published');

  copyFileSync(asset('models/v3-small_224_1.0_uint8.tflite'), cached);
  const { out, err } = await lens(args, { env });
  assert.equal(JSON.parse(out).weights, 'untrained');
  assert.match(err, /The file has 2621808 bytes, expected 3610798\./);
});
