// `lens cost` and `lens inspect`: numbers and formats.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { asset, lens, lensJson } from './lens.mjs';

const promised = {
  v1: { macs: 568740352, weights: 4209088, parameters: 4231976 },
  v2: { macs: 300774272, weights: 3469760, parameters: 3504872 },
  'v3-large': { macs: 216589760, weights: 5451272, parameters: 5483032 },
  'v3-small': { macs: 56510400, weights: 2525832, parameters: 2542856 },
};

const sum = (layers, member) => layers.reduce((total, layer) => total + layer[member], 0);

for (const [model, expected] of Object.entries(promised)) {
  test(`${model} costs what the papers say, and its layers add up to it`, async () => {
    const cost = await lensJson(['cost', '--model', model, '--format', 'json']);
    assert.deepEqual(Object.keys(cost), ['model', 'width', 'resolution', 'total', 'layers']);
    assert.equal(cost.model, model);
    const { activation_bytes: bytes, ...total } = cost.total;
    assert.deepEqual(total, expected);
    for (const member of Object.keys(expected)) assert.equal(sum(cost.layers, member), total[member]);
    assert.equal(sum(cost.layers, 'activation_bytes'), bytes);
    for (const { shape: [h, w, c], activation_bytes: each } of cost.layers) {
      assert.equal(each, 4 * h * w * c);
    }
  });
}

test("V1's width and resolution change its cost as its paper says", async () => {
  const macs = async (...args) => (await lensJson(
    ['cost', '--model', 'v1', ...args, '--format=json'])).total.macs;
  assert.equal(Math.round(await macs('--width', '0.75') / 1e5), 3254);
  assert.equal(Math.round(await macs('--width', '0.5') / 1e5), 1495);
  assert.equal(Math.round(await macs('--width', '0.25') / 1e5), 410);
  assert.equal(Math.round(await macs('--resolution', '192') / 1e6), 418);
  assert.equal(Math.round(await macs('--width=1', '--resolution=128') / 1e6), 186);
});

test('CSV has a header and one line per layer, with the numbers of the JSON', async () => {
  const { layers } = await lensJson(['cost', '--model', 'v3-small', '--format', 'json']);
  const { status, out } = await lens(['cost', '--model', 'v3-small', '--format', 'csv']);
  assert.equal(status, 0);
  const [header, ...lines] = out.trimEnd().split('\n').map((line) => line.split(','));
  assert.equal(lines.length, layers.length);
  lines.forEach((cells, i) => {
    assert.equal(cells.length, header.length);
    const row = Object.fromEntries(header.map((name, column) => [name, cells[column]]));
    assert.equal(row.name, layers[i].name);
    assert.equal(row.role, layers[i].role);
    assert.equal(Number(row.macs), layers[i].macs);
    assert.equal(Number(row.parameters), layers[i].parameters);
    assert.equal(Number(row.output_c), layers[i].shape[2]);
  });
});

test('the table lines up and ends in the total', async () => {
  const { status, out } = await lens(['cost', '--model', 'v2']);
  assert.equal(status, 0);
  const lines = out.trimEnd().split('\n');
  assert.equal(lines[0], 'MobileNet V2 1.00 at 224');
  assert.match(lines.at(-1), /^total +300\.77 M +100\.00 +3\.50 M +26\.31 MiB$/);
  assert.equal(new Set(lines.slice(1).map((line) => line.length)).size, 1);
});

test('inspect tells what a file holds and which model it fits', async () => {
  const fits = async (...files) => {
    const { status, out } = await lens(
      ['inspect', files.map((file) => asset(`models/${file}`)).join(',')]);
    assert.equal(status, 0);
    return out;
  };
  const v2 = await fits('mobilenet_v2_1.0_224_quant.tflite');
  assert.match(v2, /3610798 bytes, 66 operators, 174 tensors/);
  assert.match(v2, /DEPTHWISE_CONV_2D/);
  assert.match(v2, /^ *0 +1x224x224x3 +uint8 .*scale 0\.0078125, zero point 128/m);
  assert.match(v2, /\nfits MobileNet V2 1\.00 at 224, 1001 classes, uint8 per tensor, /);
  assert.match(await fits('mobilenet_v2_1_0_quant.tflite'),
    /\nfits MobileNet V2 1\.00 at 224, 1000 classes, int8 per channel, /);
  assert.match(await fits('v3-small_224_1.0_uint8.tflite'), /\nfits MobileNet V3-Small 1\.00 at 224, /);
  assert.match(await fits('mobilenet_v1_0.25_128_quant.tflite'), /\nfits MobileNet V1 0\.25 at 128, /);
  assert.match(await fits('mobilenet_v1_1.0_224_quant_embedding_extractor.tflite',
    'mobilenet_quant_v1_224_head_layers.tflite'), /\nfits MobileNet V1 1\.00 at 224, 1001 classes, /);
  assert.match(await fits('mobilenet_quant_v1_224_head_layers.tflite'),
    /\nfits no model\n +not MobileNet V1 1\.00 at 224: input: expected 224x224x3, found 1x1x1024/);
});
