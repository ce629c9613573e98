// float32 and int8 in the page: the switch, the link, the text version, and the same answers as the
// command line and LiteRT.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { lensJson, photo } from '../cli/lens.mjs';
import { shared, site } from './support.mjs';

const { test, open } = site({ timeout: 300_000 });

const golden = JSON.parse(readFileSync(shared('golden/outputs.json'), 'utf8'));

function loadPhoto(page, name) {
  const text = readFileSync(photo(name)).toString('base64');
  return page.evaluate(async ([fileName, data]) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    await window.lens.load(new File([bytes], fileName));
  }, [name, text]);
}

const select = (page, changes) => page.evaluate((to) => window.lens.select(to), changes);
const predictions = (page) => page.evaluate(() => window.lens.predictions(1000));

test('precision: int8 on V2 says what the command line and LiteRT say', async () => {
  const page = await open();
  await loadPhoto(page, 'cat.bmp');
  const float32 = await predictions(page);
  const state = await select(page, { precision: 'int8' });
  assert.equal(state.precision, 'int8');
  assert.match(page.url(), /precision=int8/);
  const found = await predictions(page);
  const { top } = await lensJson(
    ['classify', photo('cat.bmp'), '--model', 'v2', '--precision', 'int8', '--top', '1000', '--json']);
  const expected = new Map(top.map(({ class: id, probability }) => [id, probability]));
  for (const { class: id, probability } of found) {
    assert.ok(Math.abs(probability - expected.get(id)) <= 1e-6, `class ${id}: ${probability}`);
  }
  const bytes = golden['v2-1.0'].photos['cat.bmp'].output;
  assert.equal(found[0].class, bytes.indexOf(Math.max(...bytes)) - 1);  // the background is first
  assert.notDeepEqual(found, float32);

  const back = await select(page, { precision: 'float32' });
  assert.equal(back.precision, 'float32');
  assert.doesNotMatch(page.url(), /precision/);
  assert.deepEqual(await predictions(page), float32);
});

test('precision: a link opens in int8, times and bytes are those of the int8 run', async () => {
  const page = await open({ hash: '#model=v1&precision=int8' });
  const state = await page.evaluate(() => window.lens.state());
  assert.equal(state.precision, 'int8');
  assert.deepEqual(state.precisions, ['float32', 'int8']);
  const graph = await page.evaluate(() => window.lens.graph());
  const stem = graph.find(({ name }) => name === 'stem');
  assert.equal(stem.bytes, 112 * 112 * 32);
  assert.ok(Math.abs(graph.reduce((sum, { ms }) => sum + ms, 0) - state.ms) < 1e-6);
  const float32 = await select(page, { precision: 'float32' });
  assert.ok(state.peakBytes < float32.peakBytes / 2);
});

test('precision: what int8 cannot do is refused with the reason', async () => {
  const page = await open({ hash: '#precision=int8&view=cell&node=bneck3.expand' });
  const refused = await page.evaluate(async () => {
    const message = async (attempt) => {
      try { await attempt(); return null; } catch (error) { return error.message; }
    };
    return {
      explain: await message(() => window.lens.explain({ node: 'stem', y: 0, x: 0, channel: 0 })),
      activation: await message(() => window.lens.intervene([{ node: 'stem', activation: 'linear' }])),
      unknown: await message(() => window.lens.select({ precision: 'int4' })),
    };
  });
  assert.match(refused.explain, /int8/);
  assert.match(refused.activation, /int8/);
  assert.match(refused.unknown, /precision/);
  // The way out that the panel offers.
  await page.keyboard.press('q');
  await page.waitForFunction(() => window.lens.state().precision === 'float32' && !window.lens.state().busy);
  const value = await page.evaluate(() => window.lens.explain({ node: 'stem', y: 0, x: 0, channel: 0 }).terms.length);
  assert.ok(value > 0);
});

test('precision: a model without int8 says why, in the page and in the text version', async () => {
  const page = await open({ hash: '#model=v3-large' });
  const before = await page.evaluate(() => window.lens.permalink());
  const message = await page.evaluate(() => window.lens.select({ precision: 'int8' }).catch((error) => error.message));
  assert.match(message, /untrained/);
  assert.equal(await page.evaluate(() => window.lens.permalink()), before);
  assert.ok(await page.locator('#twin-precisions input[value=int8]').isDisabled());
  assert.equal(await page.locator('#twin-no-int8').textContent(), message);
});

test('precision: int8 asked for with a model that has none is refused, before and after it is known', async () => {
  const page = await open({ hash: '#model=v2&node=bneck3.expand&view=cost' });
  const predicted = await predictions(page);
  // Without the threads, which join in when they have started.
  const state = () => page.evaluate(() => ({ ...window.lens.state(), threads: undefined }));
  const before = await state();
  for (let i = 0; i < 2; ++i) {
    const message = await page.evaluate(() => window.lens.select(
      { model: 'v3-large', precision: 'int8', view: 'weights' }).catch((error) => error.message));
    assert.match(String(message), /untrained/);
    assert.deepEqual(await state(), before);
    assert.deepEqual(await predictions(page), predicted);
  }
  assert.equal((await select(page, { model: 'v3-large' })).precision, 'float32');
});

test('precision: in int8 a class without a byte is below one step, and the logits give it its place', async () => {
  const page = await open({ hash: '#model=v2&precision=int8' });
  await page.waitForFunction(() => window.lens.predictions(1)[0].label.includes('chickadee'));
  const { probabilityStep } = await page.evaluate(() => window.lens.state());
  assert.equal(probabilityStep, 1 / 256);
  const top = await page.evaluate(() => window.lens.predictions(5));
  assert.deepEqual(top.slice(1).map(({ probability }) => probability), [0, 0, 0, 0]);  // as the bytes are
  const logits = top.map(({ logit }) => logit);
  assert.deepEqual(logits, [...logits].sort((a, b) => b - a));
  assert.notDeepEqual(top.slice(1).map(({ class: id }) => id), [0, 1, 2, 3]);
  const lines = () => page.locator('#twin-predictions li').allTextContents();
  assert.deepEqual((await lines()).map((line) => line.split(': ').at(-1)), ['99.6 %', ...Array(4).fill('< 0.4 %')]);
  await select(page, { precision: 'float32' });
  assert.equal((await page.evaluate(() => window.lens.state())).probabilityStep, null);
  assert.ok((await lines()).every((line) => !line.includes('<')));
});

test('precision: the text version switches and tells which one it is', async () => {
  const page = await open();
  assert.match(await page.locator('#twin-live').textContent(), /in float32/);
  await page.locator('#twin-precisions input[value=int8]').evaluate((radio) => radio.click());
  await page.waitForFunction(() => window.lens.state().precision === 'int8');
  await page.waitForFunction(() => document.getElementById('twin-live').textContent.includes('in int8'));
});
