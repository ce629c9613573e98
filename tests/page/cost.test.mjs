// The cost panel under a visitor's hands: measuring, its views' keys, and what can be taken along.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import { drawn, site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const table = (page, name) => page.evaluate((view) => window.lens.table(view), name);
const select = (page, changes) => page.evaluate((wish) => window.lens.select(wish), changes);
const views = ['feature_maps', 'cell', 'weights', 'squeeze_excite', 'gate_photos', 'embedding', 'linear_bottleneck', 'zeros',
  'activation_lab', 'blocks', 'cost', 'calculator', 'cost_charts', 'what_if_nets', 'published'];
const sum = (rows, column) => rows.reduce((total, row) => total + row[column], 0);

// Opens the Save menu and takes its entry: 0 PNG, 1 CSV, 2 JSON. Returns {name, bytes}.
async function save(page, entry) {
  await page.mouse.click(937, 86);
  await drawn(page);
  const download = page.waitForEvent('download');
  await page.mouse.move(937 + 24, 86 + 21 + 24 * entry);
  await drawn(page);
  await page.mouse.down();
  await drawn(page);
  await page.mouse.up();
  const file = await download;
  await page.mouse.move(600, 780);
  await drawn(page);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

// Width, height and how many different bytes the rows of an 8-bit PNG hold.
function readPng(bytes) {
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  const parts = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.subarray(at + 4, at + 8).toString() === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(parts));
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), different: new Set(rows).size };
}

test('cost: the layers add up to the papers\' totals', async () => {
  const page = await open({ hash: '#model=v2&view=cost' });
  const rows = await table(page, 'cost');
  assert.equal(sum(rows, 'MACs'), 300774272);
  assert.equal(sum(rows, 'parameters'), 3504872);
  const expand = rows.find(({ layer }) => layer === 'bneck2.expand');
  assert.equal(expand['activation bytes'], 112 * 112 * 96 * 4);
  assert.equal(expand['bottleneck-only bytes'], 0);
});

test('cost: Measure takes medians without stopping the page', async () => {
  const page = await open({ hash: '#model=v3-small&view=cost' });
  const before = (await table(page, 'cost')).map(({ ms }) => ms);
  await page.keyboard.press('p');
  await page.waitForTimeout(200);
  assert.equal((await page.evaluate(() => window.lens.state())).busy, false);
  for (const key of ['g', 'g']) await page.keyboard.press(key);  // blocks and back, while it measures
  await page.waitForFunction((old) => {
    const rows = window.lens.table('cost');
    return rows.filter(({ ms }, i) => ms !== old[i]).length > rows.length / 2;
  }, before, { timeout: 120_000, polling: 500 });
  const frames = await page.evaluate(async () => {
    await new Promise((resolve) => { setTimeout(resolve, 600); });
    const first = window.lens.frames();
    await new Promise((resolve) => { setTimeout(resolve, 800); });
    return window.lens.frames() - first;
  });
  assert.equal(frames, 0, 'at rest again');
});

test('cost: the calculator answers to keys, and its picture moves only while it plays', async () => {
  const page = await open({ hash: '#view=calculator' });
  assert.equal((await table(page, 'calculator'))[0].MACs, 462422016);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(200);
  assert.equal((await table(page, 'calculator'))[0].M, 576);
  const framesIn = (ms) => page.evaluate(async (wait) => {
    const first = window.lens.frames();
    await new Promise((resolve) => { setTimeout(resolve, wait); });
    return window.lens.frames() - first;
  }, ms);
  await page.waitForTimeout(500);
  assert.equal(await framesIn(500), 0);
  await page.keyboard.press(' ');
  await page.waitForTimeout(200);
  assert.ok((await framesIn(500)) > 2);
  await page.keyboard.press(' ');
  await page.waitForTimeout(500);
  assert.equal(await framesIn(500), 0);
});

test('cost: whoever asks for less motion gets none', async () => {
  const page = await open({ hash: '#view=calculator', context: { reducedMotion: 'reduce' } });
  await page.keyboard.press(' ');
  await page.waitForTimeout(500);
  const first = await page.evaluate(() => window.lens.frames());
  await page.waitForTimeout(600);
  assert.equal(await page.evaluate(() => window.lens.frames()), first);
});

test('cost: what-if nets are counted at once', async () => {
  const page = await open({ hash: '#model=v1&view=what_if_nets' });
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
  await page.waitForTimeout(200);
  const [own, other] = await table(page, 'what_if_nets');
  assert.equal(own.MACs, 568740352);
  assert.ok(Math.abs(other.MACs / 1e6 - 4867.3) < 0.05);
});

test('cost: a table as CSV and JSON, any panel as a picture', async () => {
  const page = await open({ hash: '#model=v2&view=cost', dpr: 2, context: { acceptDownloads: true } });
  await page.mouse.move(600, 780);
  const csv = await save(page, 1);
  assert.equal(csv.name, 'cost.csv');
  const lines = csv.bytes.toString().trim().split('\r\n');
  assert.equal(lines.length, 1 + (await table(page, 'cost')).length);
  assert.match(lines[0], /^layer,operation,block/);
  const json = await save(page, 2);
  assert.equal(json.name, 'cost.json');
  assert.equal(sum(JSON.parse(json.bytes), 'MACs'), 300774272);
  for (const [key, same] of [['Shift+K', csv], ['j', json]]) {
    const download = page.waitForEvent('download');
    await page.keyboard.press(key);
    const file = await download;
    assert.equal(file.suggestedFilename(), same.name);
    assert.deepEqual(await readFile(await file.path()), same.bytes, `${key} is the menu's file`);
  }
  await select(page, { model: 'v3-small', node: 'bneck5.se.gate' });  // has what every panel shows
  for (const view of views) {
    await select(page, { view });
    const png = await save(page, 0);
    assert.equal(png.name, `${view}.png`);
    const picture = readPng(png.bytes);
    assert.deepEqual([picture.width, picture.height], [728 * 2, 716 * 2], 'the panel, in device pixels');
    assert.ok(picture.different > 100, 'not an empty picture');
  }
});
