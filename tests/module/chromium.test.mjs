// build/site/engine.mjs in Chromium: every build that is there, against the golden answers.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { site as openSite } from '../page/support.mjs';
import { checkProbabilities, hasData, models, readModel, readPixels, site } from './golden.mjs';

const { test, open } = openSite();
const variants = ['simd', 'relaxed', 'relaxed-threads'].filter((variant) =>
  existsSync(path.join(site, `engine-${variant}.wasm`)));

const base64 = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

// Runs in the page: loads the engine, scales the pixels and returns the probabilities.
async function runInPage({ variant, files, pixels }) {
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const { createEngine } = await import('/engine.mjs');
  const engine = await createEngine({ variant });
  const { input } = engine.load(files.map(bytes));
  engine.run(Float32Array.from(bytes(pixels), (byte) => input.scale * (byte - input.zeroPoint)));
  return {
    variant: engine.variant,
    probabilities: [...engine.activations('head.softmax').data],
  };
}

test('engine.mjs: every build gives the golden probabilities in Chromium', async () => {
  assert.ok(variants.length > 0 && hasData, 'an engine is built and its test data are there');
  const page = await open({ path: 'icon.svg', ready: false, allow: /favicon/ });
  for (const model of [models[1], models[3]]) {
    const files = readModel(model).map(base64);
    const pixels = base64(readPixels('chelsea.png', model.info.resolution));
    for (const variant of variants) {
      const found = await page.evaluate(runInPage, { variant, files, pixels });
      assert.equal(found.variant, variant);
      checkProbabilities(found.probabilities, model.golden, 'chelsea.png');
    }
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
