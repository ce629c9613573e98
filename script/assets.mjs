// Models, labels and photos: finds each file of assets/manifest.json and lays it out for the site.
// usage: node script/assets.mjs SITE_FOLDER
//
// A file is looked for in the user's cache, then in a folder that has models/ and photos/ (the
// environment variable LENS_ASSETS, default ../shared beside the repository), then at its URL, where a
// broken download is taken up again. Whatever its origin, its bytes must have the manifest's sha256.
// What cannot be had is a warning: the page then runs with untrained weights and says so.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

// A connection that sends nothing for this long is given up.
const idleMs = 20_000;
const attempts = 5;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const sizeOf = (file) => stat(file).then((info) => info.size, () => 0);

// Resolves to what is wrong with the file, or to undefined when it is the wanted one.
async function problemOf(file, { bytes, sha256: wanted }) {
  const content = await readFile(file).catch(() => undefined);
  if (!content) return 'not there';
  if (content.length !== bytes) return `has ${content.length} bytes, expected ${bytes}`;
  const found = sha256(content);
  return found === wanted ? undefined : `has sha256 ${found}, expected ${wanted}`;
}

// Copies through a temporary name, so that nobody ever reads half a file.
async function place(from, to) {
  await mkdir(path.dirname(to), { recursive: true });
  const temporary = `${to}.${process.pid}`;
  await copyFile(from, temporary);
  await rename(temporary, to);
}

// Appends the rest of the URL to the partial file, or starts over when the server sends all of it.
async function downloadRest(file, partial, report) {
  const have = await sizeOf(partial);
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error('the connection stalled')), idleMs);
  try {
    const headers = have > 0 ? { Range: `bytes=${have}-` } : {};
    const response = await fetch(file.url, { headers, signal: stalled.signal });
    if (!response.ok) {
      // 416 above all: what there is cannot be continued.
      await rm(partial, { force: true });
      throw Object.assign(new Error(`HTTP ${response.status}`), { answered: true });
    }
    const resumed = response.status === 206;
    let received = resumed ? have : 0;
    const out = createWriteStream(partial, { flags: resumed ? 'a' : 'w' });
    try {
      for await (const chunk of response.body) {
        timer.refresh();
        received += chunk.length;
        if (received > file.bytes) throw new Error(`more than ${file.bytes} bytes came`);
        if (!out.write(chunk)) await once(out, 'drain');
        report(received);
      }
    } finally {
      out.end();
      await once(out, 'close');
    }
    if (received < file.bytes) throw new Error(`ended after ${received} of ${file.bytes} bytes`);
  } finally {
    clearTimeout(timer);
  }
}

// Downloads into the cache. Resolves to a problem, or to undefined when the file is there.
async function download(file, cached, report) {
  const partial = `${cached}.partial`;
  await mkdir(path.dirname(cached), { recursive: true });
  let problem;
  for (let attempt = 0; attempt < attempts; ++attempt) {
    const before = await sizeOf(partial);
    try {
      await downloadRest(file, partial, report);
      const wrong = await problemOf(partial, file);
      if (!wrong) return await rename(partial, cached);
      problem = { text: `the download ${wrong}` };
      await rm(partial, { force: true });
    } catch (error) {
      problem = { text: error.cause?.code ?? error.message, unreachable: !error.answered };
    }
    const kept = await sizeOf(partial);
    if (kept > file.bytes) await rm(partial, { force: true });
    // Worth another try only if there is something to take up, or what was taken up was wrong.
    if (kept === 0 && before === 0) return problem;
  }
  return problem;
}

// Finds one file and puts it into the cache.
// options: cache (folder), folder (with models/ and photos/), unreachable (a Set of origins given up,
// shared between calls), report(received bytes).
// Resolves to {path, from: 'cache' | 'folder' | 'download'} or {problems: [text]}.
export async function resolveFile(file, kind, options) {
  const cached = path.join(options.cache, file.sha256);
  if (!(await problemOf(cached, file))) return { path: cached, from: 'cache' };

  const local = path.join(options.folder, folderOf(kind), file.name);
  const wrong = await problemOf(local, file);
  if (!wrong) {
    await place(local, cached);
    return { path: cached, from: 'folder' };
  }
  const { origin } = new URL(file.url);
  if (options.unreachable.has(origin)) {
    return { problems: [`${local}: ${wrong}`, `${origin}: not reachable`] };
  }
  const problem = await download(file, cached, options.report ?? (() => {}));
  if (!problem) return { path: cached, from: 'download' };
  if (problem.unreachable) options.unreachable.add(origin);
  return { problems: [`${local}: ${wrong}`, `${file.url}: ${problem.text}`] };
}

// Where a file lies below the folder and below the site's assets/.
function folderOf(kind) {
  return kind === 'photo' ? 'photos' : 'models';
}

// Lays the manifest's files out in SITE/assets and writes SITE/assets/manifest.json, in which every
// file has a path (relative to the manifest) and every asset says whether all of it is present.
// Resolves to {present: [id], missing: [{id, problems}]}.
export async function layOut(manifest, site, options) {
  const assets = [];
  const present = [];
  const missing = [];
  const unreachable = new Set();
  for (const asset of manifest.assets) {
    const problems = [];
    const files = [];
    for (const file of asset.files) {
      const report = (received) => options.progress?.(file, received);
      const found = await resolveFile(file, asset.kind, { ...options, unreachable, report });
      const relative = `${folderOf(asset.kind)}/${file.name}`;
      const target = path.join(site, 'assets', relative);
      if (!found.path) problems.push(...found.problems);
      else if (await problemOf(target, file)) await place(found.path, target);
      options.found?.(file, found);
      files.push({ ...file, path: relative });
    }
    assets.push({ ...asset, files, present: problems.length === 0 });
    if (problems.length === 0) present.push(asset.id);
    else missing.push({ id: asset.id, problems });
  }
  await mkdir(path.join(site, 'assets'), { recursive: true });
  const text = `${JSON.stringify({ ...manifest, assets }, null, 2)}\n`;
  await writeFile(path.join(site, 'assets', 'manifest.json'), text);
  return { present, missing };
}

// One line that is rewritten on a terminal, and nothing elsewhere.
function showProgress(file, received) {
  if (!process.stdout.isTTY) return;
  process.stdout.write(`\r${file.name}: ${received} of ${file.bytes} bytes\x1b[K`);
  if (received === file.bytes) process.stdout.write('\r\x1b[K');
}

async function main(site) {
  const manifest = JSON.parse(await readFile(path.join(root, 'assets', 'manifest.json'), 'utf8'));
  const userCache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const { present, missing } = await layOut(manifest, site, {
    cache: path.join(userCache, 'mobilenet-lens', 'assets'),
    folder: process.env.LENS_ASSETS || path.join(root, '..', 'shared'),
    progress: showProgress,
    found: (file, { from }) => {
      if (from && from !== 'cache') console.log(`${file.name}: ${file.bytes} bytes, from ${from}`);
    },
  });
  for (const { id, problems } of missing) {
    console.log(`warning: ${id} is missing:\n  ${problems.join('\n  ')}`);
  }
  console.log(`assets: ${present.length} of ${manifest.assets.length} present in ${site}/assets`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.length !== 3 || process.argv[2].startsWith('-')) {
    console.error('usage: node script/assets.mjs SITE_FOLDER');
    process.exit(2);
  }
  await main(process.argv[2]);
}
