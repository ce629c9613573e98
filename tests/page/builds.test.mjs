// Three builds of one source: the page takes the best that its browser can run, and says which.
import assert from 'node:assert/strict';
import { site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });

const state = (page) => page.evaluate(() => window.lens.state());

// Serves the page's document without the headers that isolate it, as a plain static host does.
const withoutIsolation = (page) => page.route(/\/(\?.*)?$/, async (route) => {
  const response = await route.fetch();
  const headers = { ...response.headers() };
  delete headers['cross-origin-opener-policy'];
  delete headers['cross-origin-embedder-policy'];
  await route.fulfill({ response, headers });
});

test('builds: an isolated page runs the one with threads', async () => {
  const page = await open();
  const { build, threads } = await state(page);
  assert.equal(build, 'relaxed-threads');
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  assert.ok(threads >= 1 && threads <= Math.min(cores, 4), `${threads} threads`);
});

test('builds: a page that is not isolated runs relaxed SIMD on one thread', async () => {
  const page = await open({ before: withoutIsolation });
  const { build, threads } = await state(page);
  assert.deepEqual([build, threads], ['relaxed', 1]);
  assert.equal(await page.evaluate(() => globalThis.crossOriginIsolated), false);
});

test('builds: no other build is fetched than the one that runs', async () => {
  for (const name of ['simd', 'relaxed', 'relaxed-threads']) {
    const fetched = new Set();
    const page = await open({
      path: `?build=${name}`,
      before: (p) => p.on('request', (request) => {
        const file = /\/lens-([a-z-]+)\.(mjs|wasm)$/.exec(request.url());
        if (file) fetched.add(file[1]);
      }),
    });
    assert.equal((await state(page)).build, name);
    assert.deepEqual([...fetched], [name]);
  }
});

test('builds: one that does not load gives way to the next', async () => {
  const fail = (pattern) => ({
    allow: /Failed to load resource/,
    before: (page) => page.route(pattern, (route) => route.fulfill({ status: 404 })),
  });
  assert.equal((await state(await open(fail(/lens-relaxed-threads\.wasm$/)))).build, 'relaxed');
  assert.equal((await state(await open(fail(/lens-relaxed.*\.mjs$/)))).build, 'simd');
  const damaged = await open({
    before: (page) => page.route(/lens-relaxed-threads\.wasm$/, (route) => route.fulfill({
      status: 200, contentType: 'application/wasm', body: Buffer.from('not a module'),
    })),
  });
  assert.equal((await state(damaged)).build, 'relaxed');
});

test('builds: without SIMD the page says what to do', async () => {
  const page = await open({
    ready: false,
    allow: /./,
    before: (p) => p.addInitScript(() => { WebAssembly.validate = () => false; }),
  });
  await page.waitForSelector('#failure:not([hidden])', { timeout: 60_000 });
  assert.match(await page.textContent('#failure-message'), /SIMD/);
});
