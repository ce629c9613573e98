// Models, labels and photos by the manifest: from this browser's cache, else from beside the page,
// else from the publisher's URL; with progress, resume and checksum.

const kCacheName = 'mobilenet-lens-assets';
const kAttempts = 3;

// An error that a person can read, with a way out.
export class PlainError extends Error {
  constructor(message, hint = '') {
    super(message);
    this.hint = hint;
  }
}

// {models, photos, labels} of assets/manifest.json.
export async function loadManifest() {
  const response = await fetch('assets/manifest.json');
  if (!response.ok) throw new PlainError('The list of models is missing from this site.', 'Reload the page.');
  const {assets} = await response.json();
  const ofKind = (kind) => assets.filter((asset) => asset.kind === kind);
  return {
    models: ofKind('model'),
    photos: ofKind('photo').map(({title, files: [file]}) => ({title, ...file})),
    labels: ofKind('labels')[0]?.files[0],
  };
}

const toHex = (buffer) => Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, '0')).join('');

// Only secure contexts (https, localhost) can check; elsewhere the size has to do.
async function matches(bytes, file) {
  if (file.bytes && bytes.length !== file.bytes) return false;
  if (!globalThis.crypto?.subtle || !file.sha256) return true;
  return toHex(await crypto.subtle.digest('SHA-256', bytes)) === file.sha256;
}

// Asked for at once: in a browser that has just started it takes as long as the program itself.
const opened = globalThis.caches?.open(kCacheName).catch(() => null);

const cacheKey = (file) => new URL(`assets/by-checksum/${file.sha256}`, location.href).href;

async function fromCache(file) {
  const cache = file.sha256 && await opened;
  if (!cache) return null;
  const hit = await cache.match(cacheKey(file)).catch(() => null);
  const bytes = hit && new Uint8Array(await hit.arrayBuffer());
  return bytes && (await matches(bytes, file)) ? bytes : null;
}

async function intoCache(file, bytes) {
  const cache = file.sha256 && await opened;
  if (cache) await cache.put(cacheKey(file), new Response(bytes)).catch(() => {});
}

// Appends to `parts` what the response brings; throws when the connection breaks.
async function receive(response, parts, onBytes) {
  for (const reader = response.body.getReader();;) {
    const {done, value} = await reader.read();
    if (done) return;
    parts.push(value);
    onBytes(value.length);
  }
}

function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

// One URL to its end; a broken connection is taken up again where it broke. Null when not there.
async function fromUrl(url, onProgress) {
  const parts = [];
  let received = 0;
  for (let attempt = 0; attempt < kAttempts; ++attempt) {
    try {
      const response = await fetch(url, received ? {headers: {Range: `bytes=${received}-`}} : {});
      if (!response.ok) return null;
      if (received && response.status !== 206) {
        parts.length = 0;
        received = 0;
      }
      await receive(response, parts, (count) => onProgress(received += count));
      return joined(parts);
    } catch {
      if (!received) return null;
    }
  }
  return null;
}

// Bytes of a manifest file. folder: 'models' | 'photos'. onProgress(bytes so far).
export async function loadFile(file, folder, onProgress = () => {}) {
  const cached = await fromCache(file);
  if (cached) return cached;
  let damaged = false;
  for (const url of [`assets/${folder}/${file.name}`, file.url]) {
    const bytes = url ? await fromUrl(url, onProgress) : null;
    if (!bytes) continue;
    if (await matches(bytes, file)) {
      intoCache(file, bytes);
      return bytes;
    }
    damaged = true;
  }
  throw damaged
    ? new PlainError(`${file.name} arrived damaged: its checksum is wrong.`, 'Reload the page to fetch it again.')
    : new PlainError(`${file.name} could not be fetched.`, 'Check the connection and reload, or drop a .tflite file of your own.');
}

// All files of a model, in order, with progress over their sum.
export async function loadModelFiles(model, onProgress) {
  const total = model.files.reduce((sum, file) => sum + file.bytes, 0);
  const received = model.files.map(() => 0);
  return Promise.all(model.files.map((file, i) => loadFile(file, 'models', (count) => {
    received[i] = count;
    onProgress(received.reduce((a, b) => a + b, 0), total);
  })));
}
