// The measuring half of script/bench: prepares the yardstick, runs it, makes the table.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { timeAnswers } from './bench_answers.mjs';
import { profile } from './bench_profile.mjs';
import { timeStart } from './bench_start.mjs';
import {
  answersTable, bytesTable, fileNote, profileTable, replaceTable, speedTable, startTable,
} from './bench_table.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const site = path.join(root, 'build', 'site');

const run = (cwd, command, ...args) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });

// Copies the yardstick into the cache, with its packages and models. Resolves to the copy's path.
async function prepareYardstick() {
  const from = process.env.LENS_BENCH || path.join(root, '..', 'shared', 'bench');
  if (!existsSync(path.join(from, 'package-lock.json'))) {
    throw new Error(`${from} is no benchmark. Hint: LENS_BENCH names the folder.`);
  }
  const lock = await readFile(path.join(from, 'package-lock.json'));
  const key = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const copy = path.join(cache, 'mobilenet-lens', `bench-${key}`);
  if (!existsSync(copy)) {
    const fresh = `${copy}.${process.pid}`;
    await mkdir(fresh, { recursive: true });
    await cp(from, fresh, { recursive: true });
    run(fresh, 'chmod', '-R', 'u+w', '.');
    console.error('bench: npm packages, models and bundles, once');
    run(fresh, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
    run(fresh, 'node', 'build-models.mjs', '--int8');
    run(fresh, 'node', 'bench/bundle.mjs');
    await rename(fresh, copy);
  }
  if (!existsSync(path.join(copy, 'micro', 'out'))) run(copy, 'node', 'micro/build.mjs');
  // The page of the yardstick serves only what lies below its folder.
  await rm(path.join(copy, 'ours'), { force: true });
  await symlink(site, path.join(copy, 'ours'));
  return copy;
}

const precisions = {
  float32: { file: '.tflite', peers: ['litert', 'tfjs-wasm', 'ort-web'], ours: 'contender' },
  int8: { file: '.int8.tflite', peers: ['litert-int8', 'ort-web-int8'], ours: 'contender-int8' },
};

// One combination, every contender taking turns in one page. Resolves to a row of the table.
function measure(yardstick, model, precision, threads, seconds) {
  const { peers, ours } = precisions[precision];
  const names = [...peers, `ours/${ours}.mjs`].join(',');
  const args = ['bench/chromium-run.mjs', `mobilenet_${model}`, `${threads}`, names, `${1000 * seconds}`];
  const child = spawnSync('node', args, { cwd: yardstick, encoding: 'utf8', maxBuffer: 1 << 28 });
  const line = child.stdout.trim().split('\n').pop();
  if (!line.startsWith('{')) throw new Error(`${args.join(' ')} failed:\n${child.stderr.slice(-2000)}`);
  const { stats, info, foreign } = JSON.parse(line);
  const row = { model, precision, threads, foreign, ours: null, peers: {}, fastest: {}, wrong: [] };
  for (const [name, found] of Object.entries(stats)) {
    row.fastest[name.replace('-int8', '')] = (threads === 1 ? found.cpu : found.wall).p10Ms;
    const time = threads === 1
      ? found.cpu.medianMs
      : found.quiet.n >= 20 ? found.quiet.medianMs : found.wall.minMs;
    if (name === ours) row.ours = time;
    else row.peers[name.replace('-int8', '')] = time;
  }
  row.quiet = threads === 1 || Object.values(stats).every((found) => found.quiet.n >= 20);
  for (const [name, { ok, error, maxAbsErr, refMax }] of Object.entries(info)) {
    // Of 8-bit files the yardstick's float reference is 2 to 4 per cent away.
    const right = precision === 'float32' ? ok : maxAbsErr < 0.08 * refMax;
    if (error || !right) row.wrong.push(name);
  }
  return row;
}

const brotli = async (files) => {
  const sizes = await Promise.all(files.map(async (file) => brotliCompressSync(await readFile(file)).length));
  return sizes.reduce((a, b) => a + b, 0);
};

// Bytes in brotli of what a visit fetches beside fonts, models and photos: the page with its largest
// build, and the engine alone with its largest.
async function codeBytes() {
  const inSite = (names) => names.map((name) => path.join(site, name)).filter((file) => existsSync(file));
  const largest = async (name) => {
    const builds = ['simd', 'relaxed', 'relaxed-threads'].map((variant) => inSite(
      ['wasm', 'mjs', 'worker.js'].map((ending) => `${name}-${variant}.${ending}`)));
    return Math.max(...await Promise.all(builds.map(brotli)));
  };
  return {
    page: await brotli(inSite(['index.html', 'style.css', 'shell.js'])) + await largest('lens'),
    engine: await brotli(inSite(['engine.mjs'])) + await largest('engine'),
  };
}

const machine = () => `${os.cpus()[0].model.trim()}, ${os.cpus().length} cores, ${os.type()} ${os.arch()}`;
const text = (command, ...args) => execFileSync(command, args, { cwd: root, encoding: 'utf8' }).trim();

// README.md does not count as a change: the table goes there, and nothing that is measured.
function commit() {
  const changed = text('git', 'status', '--porcelain', '--', '.', ':!README.md') !== '';
  return text('git', 'rev-parse', '--short', 'HEAD') + (changed ? '-dirty' : '');
}

async function main() {
  const { values } = parseArgs({
    options: {
      models: { type: 'string', default: 'v1,v2,v3_large,v3_small' },
      threads: { type: 'string', default: '1,2' },
      seconds: { type: 'string', default: '20' },
      print: { type: 'boolean', default: false },
    },
  });
  const yardstick = await prepareYardstick();
  const rows = [];
  for (const threads of values.threads.split(',').map(Number)) {
    for (const model of values.models.split(',')) {
      for (const [precision, { file }] of Object.entries(precisions)) {
        // The yardstick makes 8-bit files of V1 and V2 only.
        if (!existsSync(path.join(yardstick, 'artifacts', `mobilenet_${model}${file}`))) continue;
        console.error(`bench: ${model} ${precision}, ${threads} thread${threads > 1 ? 's' : ''}`);
        rows.push(measure(yardstick, model, precision, threads, Number(values.seconds)));
      }
    }
  }
  const about = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    chromium: text('/usr/bin/chromium', '--version').replace(/ (built|running|snap).*/, ''),
    commit: commit(),
  };
  const table = [
    fileNote(about, rows),
    speedTable(rows),
    profileTable(await profile(yardstick, Number(values.seconds) / 3)),
    startTable(await timeStart(site)),
    answersTable(await timeAnswers(site)),
    bytesTable(await codeBytes()),
  ].join('\n\n');
  console.log(table);
  if (values.print) return;
  const readme = path.join(root, 'README.md');
  await writeFile(readme, replaceTable(await readFile(readme, 'utf8'), table));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
