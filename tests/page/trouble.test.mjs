// Bad input: one plain sentence, the result before it stays, nothing crashes.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { shared, site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });

function load(page, name, bytes) {
  return page.evaluate(async ([fileName, text]) => {
    const data = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return window.lens.load(new File([data], fileName)).then(() => null, (error) => ({ message: error.message, hint: error.hint }));
  }, [name, Buffer.from(bytes).toString('base64')]);
}

const snapshot = (page) => page.evaluate(() => JSON.stringify([window.lens.predictions(5), window.lens.permalink()]));

// The error is one plain sentence with a way out; what was on the screen is still there.
async function expectRefusal(page, name, bytes) {
  const before = await snapshot(page);
  const error = await load(page, name, bytes);
  assert.ok(error, `${name} is refused`);
  assert.match(error.message, /^[^\n]{15,300}$/, name);
  assert.doesNotMatch(error.message, /undefined|NaN|\[object|TypeError|RangeError/, name);
  assert.equal(await snapshot(page), before, `${name} leaves the result`);
  const state = await page.evaluate(() => window.lens.state());
  assert.equal(state.error, error.message, `${name} is told in the page`);
  assert.ok((await page.textContent('#twin-error')).includes(error.message));
}

// A PNG that claims to be huge: a right header, almost no data.
function hugePng(width, height) {
  const crcTable = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; ++k) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const crc = (bytes) => (bytes.reduce((c, b) => crcTable[(c ^ b) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([size, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(3 * 1000))), chunk('IEND', Buffer.alloc(0))]);
}

test('trouble: broken photos', async () => {
  const page = await open();
  const png = await readFile(shared('photos/coffee.png'));
  await expectRefusal(page, 'empty.png', Buffer.alloc(0));
  await expectRefusal(page, 'notes.jpg', Buffer.from('Just a text that somebody has renamed.'));
  await expectRefusal(page, 'huge.png', hugePng(20_000, 20_000));
  await expectRefusal(page, 'truncated.png', png.subarray(0, 60));
  const state = await page.evaluate(() => window.lens.select({ model: 'v3-small' }));
  assert.equal(state.model, 'v3-small', 'the page goes on working');
});

test('trouble: broken and foreign model files', async () => {
  const page = await open();
  const model = await readFile(shared('models/mobilenet_v2_1.0_224_quant.tflite'));
  const foreign = await readFile(shared('models/mobilenet_quant_v1_224_head_layers.tflite'));
  await expectRefusal(page, 'truncated.tflite', model.subarray(0, 100_000));
  await expectRefusal(page, 'empty.tflite', Buffer.alloc(0));
  await expectRefusal(page, 'head.tflite', foreign);
  const flipped = Buffer.from(model);
  for (let i = 0; i < 4000; ++i) flipped[(i * 7919) % 4096] ^= 0x55;
  await expectRefusal(page, 'flipped.tflite', flipped);
});

test('trouble: a model that is nowhere is shown untrained, with the reason', async () => {
  const page = await open({
    allow: /404|Failed to load resource/,
    before: async (p) => {
      await p.route(/mobilenet_v1_0\.25/, (route) => route.fulfill({ status: 404 }));
    },
  });
  const state = await page.evaluate(() => window.lens.select({ model: 'v1', width: 0.25, resolution: 128 }));
  assert.equal(state.weights, 'untrained');
  assert.match(state.error, /could not be fetched/);
  const back = await page.evaluate(() => window.lens.select({ model: 'v2' }));
  assert.equal(back.weights, 'published');
});

test('trouble: a damaged download is not used', async () => {
  const page = await open({
    allow: /404|Failed to load resource/,
    before: async (p) => {
      await p.route(/v3-small_224/, (route) => route.fulfill({ status: 200, body: Buffer.alloc(2_621_808, 1) }));
    },
  });
  const state = await page.evaluate(() => window.lens.select({ model: 'v3-small' }));
  assert.equal(state.weights, 'untrained');
  assert.match(state.error, /checksum/);
});

test('trouble: without WebGL2 the page says what to do', async () => {
  const page = await open({
    ready: false,
    allow: /./,
    before: (p) => p.addInitScript(() => {
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function getContext(type, ...rest) {
        return /webgl/.test(type) ? null : original.call(this, type, ...rest);
      };
    }),
  });
  await page.waitForSelector('#failure:not([hidden])', { timeout: 60_000 });
  assert.match(await page.textContent('#failure-message'), /WebGL2/);
});

test('trouble: without the list of models the page says what to do', async () => {
  const page = await open({
    ready: false,
    allow: /./,
    before: (p) => p.route(/manifest\.json/, (route) => route.fulfill({ status: 404 })),
  });
  await page.waitForSelector('#failure:not([hidden])', { timeout: 60_000 });
  assert.match(await page.textContent('#failure-message'), /missing/);
});
