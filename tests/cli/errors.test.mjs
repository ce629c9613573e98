// Broken files and slips of the user: one plain sentence on standard error, the right exit status,
// no finding of the sanitizers.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

import { asset, lens, photo, sanitized } from './lens.mjs';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'lens-errors-'));
after(() => rmSync(scratch, { recursive: true }));

function scratchFile(name, content) {
  const file = path.join(scratch, name);
  writeFileSync(file, content);
  return file;
}

const firstHalf = (file) => {
  const bytes = readFileSync(file);
  return bytes.subarray(0, bytes.length / 2);
};

function hugePng() {
  const header = Buffer.from(readFileSync(photo('chelsea.png')).subarray(0, 45));
  header.writeUInt32BE(20000, 16);
  header.writeUInt32BE(20000, 20);
  return header;
}

// The seeded generator of the C++ tests.
function flipBits(bytes, seed, flips) {
  const copy = Buffer.from(bytes);
  let state = seed;
  for (let i = 0; i < flips; ++i) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    copy[(state >>> 8) % copy.length] ^= 1 << (state >>> 29);
  }
  return copy;
}

async function fails(args, status, pattern) {
  const result = await lens(args, { binary: sanitized });
  assert.equal(result.status, status, result.err);
  assert.equal(result.out, '');
  assert.match(result.err, /^lens: [^\n]*\.\n$/);
  assert.doesNotMatch(result.err, /\.\.|Sanitizer|runtime error/);
  assert.match(result.err, pattern);
}

const v2 = ['--model', 'v2'];
const v2File = asset('models/mobilenet_v2_1.0_224_quant.tflite');

const images = {
  'a truncated PNG': ['cut.png', firstHalf(photo('chelsea.png')), /PNG image is damaged or cut short/],
  'a truncated JPEG': ['cut.jpg', firstHalf(photo('rocket.jpg')), /JPEG image is damaged or cut short/],
  'a truncated BMP': ['cut.bmp', firstHalf(photo('cat.bmp')), /BMP image is damaged or cut short/],
  'an empty file': ['empty.png', '', /The file is empty/],
  'a text file named .jpg': ['text.jpg', 'I am not a photo.\n', /not an image that can be read/],
  'an image of 20000 x 20000': ['huge.png', hugePng(), /too large: 20000 x 20000 pixels/],
};
for (const [name, [file, content, pattern]] of Object.entries(images)) {
  test(`classify refuses ${name}`, () =>
    fails(['classify', scratchFile(file, content), ...v2], 1, pattern));
}

test('classify names an image that is not there, and a folder', async () => {
  await fails(['classify', path.join(scratch, 'none.png'), ...v2], 1, /none\.png: .*No such file/);
  await fails(['classify', scratch, ...v2], 1, /Is a directory/);
});

const modelFiles = {
  'a truncated TFLite': [firstHalf(v2File), /damaged/],
  'a TFLite whose tables are bit-flipped': [flipBits(readFileSync(v2File), 7, 3000), /damaged/],
  'a photo': [readFileSync(photo('cat.bmp')), /not a TFLite file/],
  'an empty file': ['', /empty/],
};
for (const [name, [content, pattern]] of Object.entries(modelFiles)) {
  test(`classify and inspect refuse ${name} as a model`, async () => {
    const file = scratchFile('model.tflite', content);
    await fails(['classify', photo('cat.bmp'), ...v2, '--file', file], 1, pattern);
    await fails(['inspect', file], 1, pattern);
  });
}

test('classify names the layer in which a TFLite of another architecture differs', async () => {
  const foreign = (file) => ['classify', photo('cat.bmp'), ...v2, '--file', asset(`models/${file}`)];
  await fails(foreign('v3-small_224_1.0_uint8.tflite'), 1, /stem: expected .*32 channels, found .*16 channels/);
  await fails(foreign('mobilenet_v1_0.75_224_quant.tflite'), 1, /stem: expected .*found .*24 channels/);
  await fails(foreign('mobilenet_v1_1.0_224_quant_embedding_extractor.tflite'), 1, /bneck1\.project: expected/);
});

test('whatever bits are flipped in a model, the answer is a result or a sentence', async () => {
  const bytes = readFileSync(asset('models/mobilenet_v1_0.25_128_quant.tflite'));
  const v1 = ['--model', 'v1', '--width', '0.25', '--resolution', '128'];
  for (let seed = 1; seed <= 12; ++seed) {
    const file = scratchFile('flipped.tflite', flipBits(bytes, seed, seed));
    const { status, out, err } = await lens(
      ['classify', photo('cat.bmp'), ...v1, '--file', file, '--json'], { binary: sanitized });
    if (status === 0) {
      assert.equal(JSON.parse(out).weights, 'own file');
    } else {
      assert.equal(status, 1, `seed ${seed}: ${err}`);
      assert.match(err, /^lens: [^\n]*\.\n$/);
    }
  }
});

const slips = {
  'no command': [[], /A command is missing/],
  'an unknown command': [['draw'], /no command draw/],
  'classify without image': [['classify', ...v2], /one image, not 0/],
  'classify with two images': [['classify', 'a', 'b', ...v2], /one image, not 2/],
  'no model': [['classify', 'a.png'], /--model is missing: one of v1, v2, v3-small, v3-large/],
  'an unknown model': [['classify', 'a.png', '--model', 'v9'], /no model v9/],
  'an unknown option': [['classify', 'a.png', ...v2, '--fast'], /no option --fast/],
  'an option without its value': [['cost', '--model'], /--model needs a value/],
  'an option given twice': [['cost', ...v2, ...v2], /--model is given twice/],
  "a width that V1 does not have": [['cost', '--model', 'v1', '--width', '0.3'], /V1 has no width 0\.3/],
  'a width of V2': [['cost', ...v2, '--width', '0.5'], /V2 has no width 0\.5, only 1\b/],
  'a width that is no number': [['cost', ...v2, '--width', '1x'], /no width 1x/],
  'a resolution that does not halve five times': [['cost', ...v2, '--resolution', '200'], /--resolution 200/],
  'no classes': [['classify', 'a.png', ...v2, '--top', '0'], /--top 0/],
  'half a class': [['classify', 'a.png', ...v2, '--top', '1.5'], /--top 1\.5/],
  'an unknown precision': [['classify', 'a.png', ...v2, '--precision', 'int4'], /use float32 or int8/],
  'an unknown format': [['cost', ...v2, '--format', 'xml'], /no format xml/],
  'three model files': [['classify', 'a.png', ...v2, '--file', 'a,b,c'], /BACKBONE,HEAD/],
  'inspect without a file': [['inspect'], /one file, not 0/],
};
for (const [name, [args, pattern]] of Object.entries(slips)) {
  test(`${name} is a usage error with a hint`, async () => {
    await fails(args, 2, pattern);
    await fails(args, 2, /See lens --help\./);
  });
}

test('help is printed on request, wherever it is asked for', async () => {
  const { status, out, err } = await lens(['--help'], { binary: sanitized });
  assert.equal(status, 0);
  assert.equal(err, '');
  for (const word of ['classify', 'cost', 'inspect', '--resolution', '--file', 'exit status']) {
    assert.ok(out.includes(word), word);
  }
  assert.equal((await lens(['classify', '-h'], { binary: sanitized })).out, out);
});

test('output that cannot be written is an error', async (t) => {
  if (process.platform !== 'linux') return t.skip('needs /dev/full');
  const { status, err } = await lens(
    ['-c', '"$0" cost --model v1 > /dev/full', sanitized], { binary: '/bin/sh' });
  assert.equal(status, 1);
  assert.match(err, /could not be written/);
});
