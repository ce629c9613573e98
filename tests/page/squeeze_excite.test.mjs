// The squeeze-and-excite panel on the published V3-Small: gates, a pulled bar, several photos.
import assert from 'node:assert/strict';
import { site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const gates = (page) => page.evaluate(() => window.lens.table('gates'));

test('squeeze-excite: the table is the layer, a preset by key is a what-if', async () => {
  const page = await open({ hash: '#model=v3-small&view=squeeze_excite&node=bneck5.se.gate' });
  const floats = await page.evaluate(() => [...window.lens.activations('bneck5.se.gate').data]);
  assert.deepEqual((await gates(page)).map((row) => Math.fround(row.gate)), floats);
  const whatIf = page.evaluate(() => new Promise((resolve) => { window.lens.on('prediction', resolve); }));
  await page.keyboard.press('a');
  await whatIf;
  const rows = await gates(page);
  assert.ok(rows.every((row) => row['gate after override'] === 1));
  assert.deepEqual(rows.map((row) => Math.fround(row.gate)), floats);
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
