// script/assets.mjs against a local HTTP server that breaks off, lies and refuses.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { layOut, resolveFile } from '../../script/assets.mjs';

const content = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) >> 3));
const hash = createHash('sha256').update(content).digest('hex');

let server;
let base;
let requests; // of the current test: [{url, range}]
let serveFile; // (request, response, first byte asked for): how the current test answers
let folder;

before(async () => {
  server = http.createServer((request, response) => {
    const { range } = request.headers;
    requests.push({ url: request.url, range });
    serveFile(request, response, Number(/bytes=(\d+)-/.exec(range ?? 'bytes=0-')[1]));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(async () => {
  requests = [];
  serveFile = sendAll;
  folder = await mkdtemp(path.join(os.tmpdir(), 'lens-assets-'));
});

afterEach(() => rm(folder, { recursive: true }));

function sendAll(_, response, first) {
  response.writeHead(first > 0 ? 206 : 200);
  response.end(content.subarray(first));
}

// Sends at most that many bytes, then drops the connection.
function sendAtMost(bytes) {
  return (_, response, first) => {
    const part = content.subarray(first, first + bytes);
    response.writeHead(first > 0 ? 206 : 200, { 'Content-Length': content.length - first });
    response.write(part, () => {
      if (first + part.length < content.length) response.destroy();
      else response.end();
    });
  };
}

const wanted = () => ({
  name: 'model.tflite',
  url: `${base}/model.tflite`,
  bytes: content.length,
  sha256: hash,
});

const options = (more = {}) => ({
  cache: path.join(folder, 'cache'),
  folder: path.join(folder, 'local'),
  unreachable: new Set(),
  ...more,
});

const cachedBytes = () => readFile(path.join(folder, 'cache', hash));

async function putLocal(bytes) {
  await mkdir(path.join(folder, 'local', 'models'), { recursive: true });
  await writeFile(path.join(folder, 'local', 'models', 'model.tflite'), bytes);
}

test('assets: a download is verified and cached, the next look-up asks nobody', async () => {
  const received = [];
  const first = await resolveFile(wanted(), 'model', options({ report: (n) => received.push(n) }));
  assert.equal(first.from, 'download');
  assert.deepEqual(await cachedBytes(), content);
  assert.equal(received.at(-1), content.length);
  assert.deepEqual(received, received.toSorted?.((a, b) => a - b) ?? received);

  assert.equal((await resolveFile(wanted(), 'model', options())).from, 'cache');
  assert.equal(requests.length, 1);
});

test('assets: a local folder goes before the network', async () => {
  await putLocal(content);
  assert.equal((await resolveFile(wanted(), 'model', options())).from, 'folder');
  assert.deepEqual(await cachedBytes(), content);
  assert.equal(requests.length, 0);
});

test('assets: a damaged local file is passed over', async () => {
  await putLocal(Buffer.concat([content.subarray(1), Buffer.of(0)]));
  assert.equal((await resolveFile(wanted(), 'model', options())).from, 'download');
});

test('assets: a damaged cached file is replaced', async () => {
  await mkdir(path.join(folder, 'cache'));
  await writeFile(path.join(folder, 'cache', hash), content.subarray(0, 500));
  assert.equal((await resolveFile(wanted(), 'model', options())).from, 'download');
  assert.deepEqual(await cachedBytes(), content);
});

test('assets: a broken download is taken up where it ended', async () => {
  serveFile = sendAtMost(60_000);
  const found = await resolveFile(wanted(), 'model', options());
  assert.equal(found.from, 'download', JSON.stringify(found));
  assert.deepEqual(await cachedBytes(), content);
  assert.equal(requests[0].range, undefined);
  assert.match(requests[1].range, /^bytes=[1-9]\d*-$/);
});

test('assets: what an earlier run left is taken up', async () => {
  await mkdir(path.join(folder, 'cache'));
  await writeFile(path.join(folder, 'cache', `${hash}.partial`), content.subarray(0, 40_000));
  assert.equal((await resolveFile(wanted(), 'model', options())).from, 'download');
  assert.deepEqual(requests.map(({ range }) => range), ['bytes=40000-']);
});

test('assets: a server without Range sends all and is understood', async () => {
  await mkdir(path.join(folder, 'cache'));
  await writeFile(path.join(folder, 'cache', `${hash}.partial`), content.subarray(0, 40_000));
  serveFile = (_, response) => response.end(content);
  assert.equal((await resolveFile(wanted(), 'model', options())).from, 'download');
  assert.deepEqual(await cachedBytes(), content);
});

test('assets: a left-over of another file does not survive the checksum', async () => {
  await mkdir(path.join(folder, 'cache'));
  await writeFile(path.join(folder, 'cache', `${hash}.partial`), Buffer.alloc(40_000, 1));
  assert.equal((await resolveFile(wanted(), 'model', options())).from, 'download');
  assert.deepEqual(await cachedBytes(), content);
  assert.equal(requests.length, 2);
});

test('assets: a wrong checksum is refused with both sums, and nothing is kept', async () => {
  const damaged = Buffer.from(content);
  damaged[5] ^= 1;
  serveFile = (_, response) => response.end(damaged);
  const { problems } = await resolveFile(wanted(), 'model', options());
  assert.match(problems.at(-1), new RegExp(`sha256 [0-9a-f]{64}, expected ${hash}`));
  assert.deepEqual(await readdir(path.join(folder, 'cache')), []);
});

test('assets: more bytes than expected are cut off', async () => {
  serveFile = (_, response) => response.end(Buffer.concat([content, content]));
  const { problems } = await resolveFile(wanted(), 'model', options());
  assert.match(problems.at(-1), /more than 100000 bytes/);
});

test('assets: 404 is reported once, with where was looked', async () => {
  serveFile = (_, response) => response.writeHead(404).end();
  const { problems } = await resolveFile(wanted(), 'model', options());
  assert.match(problems[0], /local\/models\/model\.tflite: not there/);
  assert.match(problems[1], /model\.tflite: HTTP 404/);
  assert.equal(requests.length, 1);
});

test('assets: a host that does not answer is asked once', async () => {
  const closed = http.createServer();
  await new Promise((listening) => closed.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${closed.address().port}/model.tflite`;
  await new Promise((done) => closed.close(done));

  const shared = options();
  const first = await resolveFile({ ...wanted(), url }, 'model', shared);
  assert.match(first.problems.at(-1), /ECONNREFUSED/);
  const second = await resolveFile({ ...wanted(), url }, 'model', shared);
  assert.match(second.problems.at(-1), /not reachable/);
});

test('assets: the site gets what is there and is told what is not', async () => {
  serveFile = (request, response, first) => {
    if (request.url === '/model.tflite') return sendAll(request, response, first);
    return response.writeHead(404).end();
  };
  const gone = { ...wanted(), name: 'gone.png', url: `${base}/gone.png`, sha256: '0'.repeat(64) };
  const manifest = {
    assets: [
      { id: 'v2', kind: 'model', files: [wanted()] },
      { id: 'photo', kind: 'photo', files: [gone] },
    ],
  };
  const site = path.join(folder, 'site');
  const { present, missing } = await layOut(manifest, site, options());
  assert.deepEqual(present, ['v2']);
  assert.deepEqual(missing.map(({ id }) => id), ['photo']);

  const written = JSON.parse(await readFile(path.join(site, 'assets', 'manifest.json'), 'utf8'));
  assert.deepEqual(written.assets.map((asset) => asset.present), [true, false]);
  const [file] = written.assets[0].files;
  assert.deepEqual(await readFile(path.join(site, 'assets', file.path)), content);
});

test('assets: the manifest pins every file', async () => {
  const text = await readFile(new URL('../../assets/manifest.json', import.meta.url), 'utf8');
  const { assets } = JSON.parse(text);
  assert.equal(new Set(assets.map(({ id }) => id)).size, assets.length, 'ids are unique');
  for (const { id, kind, licence, attribution, files } of assets) {
    assert.ok(['model', 'labels', 'photo'].includes(kind) && licence && attribution, id);
    for (const { name, url, bytes, sha256 } of files) {
      assert.match(url, /\/[0-9a-f]{40}\//, `${id}: the URL names a commit`);
      assert.ok(url.endsWith(`/${name}`) && bytes > 0 && /^[0-9a-f]{64}$/.test(sha256), id);
    }
  }
});
