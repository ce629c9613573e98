// A small static server for the built site, for development and for the page tests.
// usage: node script/serve.mjs FOLDER [--port N]
//
// It sends what a static host should: right types, Range, revalidation, and the two headers
// (COOP, COEP) that let a page use threads. Only loopback is listened on.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const types = {
  '.bmp': 'image/bmp',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

const commonHeaders = {
  'Cache-Control': 'no-cache',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

// The file below root that a URL path names, or undefined when it lies outside.
function fileOf(root, urlPath) {
  let name;
  try {
    name = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (name.includes('\0')) return undefined;
  const file = path.join(root, name.endsWith('/') ? `${name}index.html` : name);
  return file.startsWith(root + path.sep) ? file : undefined;
}

// "bytes=A-B", "bytes=A-" or "bytes=-N" of a file of that size -> [first, last];
// 'unsatisfiable'; undefined for anything else, which is answered in full.
function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (!match[1] && !match[2])) return undefined;
  const first = match[1] ? Number(match[1]) : Math.max(0, size - Number(match[2]));
  const last = match[1] && match[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
  return first <= last ? [first, last] : 'unsatisfiable';
}

function refuse(response, status, text) {
  response.writeHead(status, { ...commonHeaders, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

async function answer(root, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuse(response, 405, 'only GET and HEAD');
  }
  const urlPath = request.url.split(/[?#]/)[0];
  const file = fileOf(root, urlPath);
  const info = file && (await stat(file).catch(() => undefined));
  if (!info?.isFile()) return refuse(response, 404, `not found: ${urlPath}`);

  const etag = `"${info.size.toString(16)}-${Math.trunc(info.mtimeMs).toString(16)}"`;
  const headers = {
    ...commonHeaders,
    'Accept-Ranges': 'bytes',
    'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
    ETag: etag,
  };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers);
    return response.end();
  }
  const range = parseRange(request.headers.range, info.size);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${info.size}` });
    return response.end();
  }
  const [first, last] = range ?? [0, info.size - 1];
  if (range) headers['Content-Range'] = `bytes ${first}-${last}/${info.size}`;
  response.writeHead(range ? 206 : 200, { ...headers, 'Content-Length': last - first + 1 });
  if (request.method === 'HEAD' || info.size === 0) return response.end();
  createReadStream(file, { start: first, end: last })
    .on('error', () => response.destroy())
    .pipe(response);
}

// Serves the folder root on 127.0.0.1; port 0 takes a free one. Resolves to {url, close()}.
export function serve(root, port = 0) {
  const folder = path.resolve(root);
  const server = http.createServer((request, response) => {
    answer(folder, request, response).catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${server.address().port}/`,
        close: () => {
          server.closeAllConnections();
          return new Promise((done) => server.close(done));
        },
      });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [root, flag, port = '8080'] = process.argv.slice(2);
  if (!root || (flag && flag !== '--port') || !/^\d{1,5}$/.test(port)) {
    console.error('usage: node script/serve.mjs FOLDER [--port N]');
    process.exit(2);
  }
  try {
    const { url } = await serve(root, Number(port));
    console.log(`serving ${root} at ${url} (stop with Ctrl+C)`);
  } catch (error) {
    const taken = error.code === 'EADDRINUSE';
    console.error(taken ? `port ${port} is in use. Hint: --port N chooses another.` : error.message);
    process.exit(1);
  }
}
