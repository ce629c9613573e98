// build/site/engine.mjs in Chromium: every build, in both precisions, against the golden answers.
import assert from 'node:assert/strict';
import { site as openSite } from '../page/support.mjs';
import { checkBytes, checkProbabilities, hasData, models, readModel, readPixels } from './golden.mjs';

const { test, open } = openSite();
const variants = ['simd', 'relaxed', 'relaxed-threads'];

const base64 = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

// Runs in the page: loads the engine, scales the pixels and returns the probabilities.
async function runInPage({ variant, threads, files, pixels }) {
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const { createEngine } = await import('/engine.mjs');
  const engine = await createEngine({ variant, threads });
  const { input } = engine.load(files.map(bytes));
  const probabilities = (precision) => {
    engine.setPrecision(precision);
    engine.run(Float32Array.from(bytes(pixels), (byte) => input.scale * (byte - input.zeroPoint)));
    return [...engine.activations('head.softmax').data];
  };
  return {
    variant: engine.variant,
    threads: engine.threads,
    float32: probabilities('float32'),
    int8: probabilities('int8'),
  };
}

const photo = 'chelsea.png';

// What a build says on a photo.
function answer(page, model, variant, threads = 1) {
  const files = readModel(model).map(base64);
  const pixels = base64(readPixels(photo, model.info.resolution));
  return page.evaluate(runInPage, { variant, threads, files, pixels });
}

test('engine.mjs: every build gives the golden probabilities in Chromium', async () => {
  assert.ok(hasData, 'the test data are there');
  const page = await open({ path: 'icon.svg', ready: false, allow: /favicon/ });
  for (const model of models.slice(1)) {
    const bytes = [];
    for (const variant of variants) {
      const found = await answer(page, model, variant);
      assert.equal(found.variant, variant);
      checkProbabilities(found.float32, model.golden, photo);
      checkBytes(found.int8, model, photo);
      bytes.push(found.int8);
    }
    // Integers: the same on any kind of product.
    assert.deepEqual(bytes[1], bytes[0]);
    assert.deepEqual(bytes[2], bytes[0]);
  }
});

test('engine.mjs: two threads give what one gives, in Chromium', async () => {
  const page = await open({ path: 'icon.svg', ready: false, allow: /favicon/ });
  for (const model of models.slice(2)) {
    const alone = await answer(page, model, 'relaxed-threads');
    const shared = await answer(page, model, 'relaxed-threads', 2);
    assert.equal(alone.threads, 1);
    assert.equal(shared.threads, 2);
    assert.deepEqual(shared.float32, alone.float32);
    assert.deepEqual(shared.int8, alone.int8);
  }
});

test('engine.mjs: without a wish it takes a build that this browser can run', async () => {
  const page = await open({ path: 'icon.svg', ready: false, allow: /favicon/ });
  const chosen = await page.evaluate(async () => {
    const { chooseVariant } = await import('/variant.js');
    return chooseVariant();
  });
  // Chromium has relaxed SIMD and threads, and script/serve.mjs isolates the page.
  assert.equal(chosen, 'relaxed-threads');
});
