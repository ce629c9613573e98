// script/serve.mjs over real connections on loopback.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '../../script/serve.mjs';

let folder;
let site;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lens-serve-'));
  await mkdir(path.join(folder, 'site'));
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(path.join(folder, 'site', 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(path.join(folder, 'site', 'engine.wasm'), '0123456789');
  await writeFile(path.join(folder, 'site', 'empty.js'), '');
  site = await serve(path.join(folder, 'site'));
});

after(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

const get = (name, headers = {}, method = 'GET') =>
  fetch(new URL(name, site.url), { headers, method });

// fetch() tidies a path like /../x before it is sent; this does not.
const getRaw = (rawPath) =>
  new Promise((resolve, reject) => {
    const { port } = new URL(site.url);
    http.get({ host: '127.0.0.1', port, path: rawPath }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    }).on('error', reject);
  });

test('serve: the page is isolated, so that it may use threads', async () => {
  const response = await get('/');
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin');
  assert.equal(response.headers.get('cross-origin-embedder-policy'), 'require-corp');
  assert.match(await response.text(), /<title>page/);
});

test('serve: WebAssembly has its type, which streaming compilation demands', async () => {
  const response = await get('/engine.wasm?v=1');
  assert.equal(response.headers.get('content-type'), 'application/wasm');
  assert.equal(response.headers.get('cache-control'), 'no-cache');
  assert.equal(await response.text(), '0123456789');
});

test('serve: ranges', async () => {
  for (const [range, status, body] of [
    ['bytes=2-4', 206, '234'],
    ['bytes=7-', 206, '789'],
    ['bytes=7-99', 206, '789'],
    ['bytes=-2', 206, '89'],
    ['bytes=10-', 416, ''],
    ['lines=1-2', 200, '0123456789'],
  ]) {
    const response = await get('/engine.wasm', { Range: range });
    assert.deepEqual([response.status, await response.text()], [status, body], range);
  }
});

test('serve: an unchanged file is not sent again', async () => {
  const etag = (await get('/engine.wasm')).headers.get('etag');
  const response = await get('/engine.wasm', { 'If-None-Match': etag });
  assert.equal(response.status, 304);
  assert.equal((await get('/engine.wasm', { 'If-None-Match': '"other"' })).status, 200);
});

test('serve: HEAD tells the length, an empty file is served', async () => {
  const head = await get('/engine.wasm', {}, 'HEAD');
  assert.deepEqual([head.headers.get('content-length'), await head.text()], ['10', '']);
  assert.deepEqual([(await get('/empty.js')).status, await (await get('/empty.js')).text()], [200, '']);
});

test('serve: nothing outside the folder, and nothing that is not there', async () => {
  for (const name of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%00', '/%zz']) {
    assert.equal(await getRaw(name), 404, name);
  }
  assert.equal((await get('/absent.png')).status, 404);
  assert.equal((await get('/', {}, 'POST')).status, 405);
});
