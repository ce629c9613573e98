// The squeeze-and-excite panel on the published V3-Small: gates, a pulled bar, several photos.
import assert from 'node:assert/strict';
import { drawn, press, site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const gates = (page) => page.evaluate(() => window.lens.table('gates'));
// The gates of the run on the screen.
const run = (page) => page.evaluate(() => [...window.lens.activations('bneck5.se.gate').data]);

test('squeeze-excite: the table is the layer, a preset by key is a what-if', async () => {
  const page = await open({ hash: '#model=v3-small&view=squeeze_excite&node=bneck5.se.gate' });
  const floats = await page.evaluate(() => [...window.lens.activations('bneck5.se.gate').data]);
  assert.deepEqual((await gates(page)).map((row) => Math.fround(row.gate)), floats);
  await press(page, 'a');
  const rows = await gates(page);
  assert.ok(rows.every((row) => row['gate after override'] === 1));
  assert.deepEqual(rows.map((row) => Math.fround(row.gate)), floats);
  assert.deepEqual(await run(page), floats.map(() => 1), 'the run has them');
});

test('squeeze-excite: the presets by mouse are those by key, in the run', async () => {
  const page = await open({ hash: '#model=v3-small&view=squeeze_excite&node=bneck5.se.gate' });
  const own = await run(page);
  const byKey = [own];
  for (const key of ['a', 'v', 'i', 's', 'x', 'r']) {
    await press(page, key);
    byKey.push(await run(page));
  }
  const [, ones, means, inverted, shuffled, off, back] = byKey;
  assert.deepEqual([ones, off, back], [own.map(() => 1), own.map(() => 0), own]);
  const mean = own.reduce((sum, gate) => sum + gate) / own.length;
  assert.ok(means.every((gate) => Math.abs(gate - mean) < 1e-5));
  assert.deepEqual(inverted, own.map((gate) => Math.fround(1 - gate)));
  assert.notDeepEqual(shuffled, own);
  assert.deepEqual([...shuffled].sort(), [...own].sort());
  // The buttons from left to right, in the order of the keys; a what-if makes room for more lines below,
  // and the shuffle tells its seed.
  const byMouse = [own];
  for (const [x, y] of [[521, 568], [589, 551], [658, 551], [729, 551], [843, 551], [885, 551]]) {
    await page.mouse.click(x, y);
    await drawn(page);
    await page.waitForFunction(() => !window.lens.state().busy);
    byMouse.push(await run(page));
  }
  // A second shuffle is another one.
  [0, 1, 2, 3, 5, 6].forEach((i) => assert.deepEqual(byMouse[i], byKey[i], `button ${i}`));
  assert.notDeepEqual(byMouse[4], own);
  assert.deepEqual([...byMouse[4]].sort(), [...own].sort());
});

test('squeeze-excite: a bar follows the mouse, one undo takes it back', async () => {
  const page = await open({ hash: '#model=v3-small&view=squeeze_excite&node=bneck5.se.gate' });
  const changed = async () => (await gates(page)).filter((row) => row['gate after override'] !== row.gate);
  const settled = () => page.waitForFunction(() => !window.lens.state().busy);
  await page.mouse.move(600, 480);
  await page.mouse.down();
  for (const y of [470, 440, 400, 200]) await page.mouse.move(600, y);
  await page.waitForFunction(() => window.lens.state().interventions.length === 1);
  await page.mouse.up();
  await settled();
  const pulled = await changed();
  assert.equal(pulled.length, 1);
  assert.equal(pulled[0]['gate after override'], 1);
  await page.keyboard.press('u');
  await page.waitForFunction(() => window.lens.state().interventions.length === 0);
  assert.deepEqual(await changed(), []);
});

test('squeeze-excite: the samples come into the tray, the photo on the screen stays', async () => {
  const page = await open({ hash: '#model=v3-small&view=gate_photos' });
  const name = await page.evaluate(() => window.lens.state().image.name);
  await page.keyboard.press('a');
  await page.waitForFunction(() => Object.keys(window.lens.table('gate_photos')[0] ?? {}).length === 3 + 5,
                             null, { timeout: 60_000 });
  assert.equal(await page.evaluate(() => window.lens.state().image.name), name);
  const rows = await page.evaluate(() => window.lens.table('gate_photos'));
  assert.equal(rows.length, 16 + 96 + 240 + 240 + 120 + 144 + 288 + 576 + 576);
  const own = await page.evaluate(() => [...window.lens.activations('bneck9.se.gate').data]);
  assert.deepEqual(rows.filter((row) => row.block === 'bneck9').map((row) => Math.fround(row[name])), own);
});
