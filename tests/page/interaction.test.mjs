// Mouse, keyboard, idle, sizes: the page under a visitor's hands.
import assert from 'node:assert/strict';
import { drawn, look, press, site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const state = (page) => page.evaluate(() => window.lens.state());
const pause = (page, ms = 250) => page.waitForTimeout(ms);

test('keys: arrows walk the layers, M the models, numbers the panels', async () => {
  const page = await open({ hash: '#node=stem' });
  await page.keyboard.press('ArrowDown');
  assert.equal((await state(page)).node, 'bneck1.depthwise');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.equal((await state(page)).node, 'input');
  await page.keyboard.press('2');
  assert.equal((await state(page)).view, 'squeeze_excite');
  await page.keyboard.press('1');
  assert.equal((await state(page)).view, 'feature_maps');
  const switched = page.evaluate(() => new Promise((resolve) => { window.lens.on('prediction', resolve); }));
  await page.keyboard.press('m');
  assert.equal((await switched).model, 'v3-small');
});

test('keys: the browser keeps its own', async () => {
  const page = await open();
  const prevented = await page.evaluate(() => ['r', 'l', 'F5', 'Tab', '+'].map((key) => {
    const event = new KeyboardEvent('keydown', { key, ctrlKey: key.length === 1, bubbles: true, cancelable: true });
    document.getElementById('canvas').dispatchEvent(event);
    return event.defaultPrevented;
  }));
  assert.deepEqual(prevented, [false, false, false, false, false]);
});

test('mouse: a click in the network selects a layer, one on a map enlarges it', async () => {
  const page = await open();
  const before = (await state(page)).node;
  let node = before;
  for (let y = 150; y < 600 && node === before; y += 40) {
    await page.mouse.click(150, y);
    await drawn(page);
    node = (await state(page)).node;
  }
  assert.notEqual(node, before);
  assert.equal((await state(page)).channel, -1);
  await page.evaluate(() => window.lens.select({ node: 'bneck2.expand' }));
  // The grid begins below the controls of the panel: the first click that meets a map counts.
  for (let y = 330; y < 640 && (await state(page)).channel < 0; y += 30) {
    await page.mouse.click(300, y);
    await drawn(page);
  }
  assert.ok((await state(page)).channel >= 0);
  await page.keyboard.press('Escape');
  assert.equal((await state(page)).channel, -1);
});

test('mouse: a click on the toggle switches the model', async () => {
  const page = await open();
  const switched = page.evaluate(() => new Promise((resolve) => { window.lens.on('prediction', resolve); }));
  let done = false;
  switched.then(() => { done = true; });
  for (let x = 600; x < 720 && !done && !(await state(page)).busy; x += 24) {
    await page.mouse.click(x, 28);
    await drawn(page);
  }
  assert.notEqual((await switched).model, 'v2');
});

test('idle: nothing moves, so no frame is drawn', async () => {
  const page = await open();
  await pause(page, 500);
  const before = await page.evaluate(() => window.lens.frames());
  await pause(page, 1500);
  assert.equal(await page.evaluate(() => window.lens.frames()), before);
  await page.mouse.move(600, 400);
  await pause(page);
  assert.ok((await page.evaluate(() => window.lens.frames())) > before);
});

test('sizes: the canvas follows the window and the pixel ratio', async () => {
  for (const dpr of [1, 2]) {
    const page = await open({ dpr, viewport: { width: 1280, height: 800 } });
    for (const [width, height] of [[1280, 800], [1920, 1080], [1000, 700]]) {
      await page.setViewportSize({ width, height });
      await page.waitForFunction((w) => document.getElementById('canvas').width === w, width * dpr);
      const canvas = await page.evaluate(() => {
        const { width: w, height: h, clientWidth, clientHeight } = document.getElementById('canvas');
        return [w, h, clientWidth, clientHeight];
      });
      assert.deepEqual(canvas, [width * dpr, height * dpr, width, height]);
    }
  }
});

test('frames: each part of the page is drawn, in the light and in the dark', async () => {
  const page = await open();
  const parts = { top: [0, 0, 1280, 56], network: [0, 56, 252, 716], panel: [252, 56, 728, 716], inspector: [980, 56, 300, 716] };
  const looks = async () => {
    const all = {};
    for (const [name, [x, y, width, height]] of Object.entries(parts)) {
      all[name] = await look(page, { x, y, width, height });
      assert.ok(all[name].colours > 20, `${name}: ${all[name].colours} colours`);
      assert.ok(all[name].drawn > 0.03, `${name}: ${all[name].drawn} of it is drawn`);
    }
    return all;
  };
  const light = await looks();
  await press(page, 'd');
  assert.equal((await state(page)).dark, true);
  const dark = await looks();
  for (const name of Object.keys(parts)) assert.notEqual(dark[name].hash, light[name].hash, name);
});

test('text version: carries model, layers, prediction and costs for screen readers', async () => {
  const page = await open();
  assert.equal(await page.locator('#twin-predictions li').count(), 5);
  assert.match(await page.textContent('#twin-live'), /bird\.bmp: chickadee/);
  await page.selectOption('#twin-layer', 'bneck5.project');
  assert.equal((await state(page)).node, 'bneck5.project');
  // It follows with the frame that the selection is drawn in.
  await page.waitForFunction(() => /bneck5\.project: project, output 28 × 28 × 32/.test(
    document.getElementById('twin-layer-text').textContent));
  await page.evaluate(() => { document.getElementById('twin-cost').open = true; });
  await page.waitForSelector('#twin-cost table');
  assert.equal(await page.locator('#twin-cost tr').count(), 1 + 66);
  const switched = page.evaluate(() => new Promise((resolve) => { window.lens.on('prediction', resolve); }));
  await page.focus('#twin-models input[value="v1"]');  // the text version comes into sight
  assert.ok((await page.locator('#twin').boundingBox()).x >= 0);
  await page.keyboard.press('Space');
  assert.equal((await switched).model, 'v1');
});

test('context: after a lost WebGL context the page comes back where it was', async () => {
  const page = await open({ hash: '#model=v2&node=bneck4.project&view=cost' });
  const link = await page.evaluate(() => window.lens.permalink());
  const loaded = page.waitForEvent('load');
  await page.evaluate(() => {
    const loss = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    loss.loseContext();
    setTimeout(() => loss.restoreContext(), 200);
  });
  await loaded;
  await page.waitForFunction(() => window.lens);
  await page.evaluate(() => window.lens.ready);
  assert.equal(await page.evaluate(() => window.lens.permalink()), link);
});

test('sizes: a window of another size, drawn with other letters, is never blank', async () => {
  const page = await open({ hash: '#model=v3-small&view=squeeze_excite&node=bneck4.se.gate' });
  const warnings = [];
  page.on('console', (message) => warnings.push(message.text()));
  for (const [view, width, height] of [['zeros', 1920, 1080], ['squeeze_excite', 1280, 800], ['zeros', 1280, 800]]) {
    await page.setViewportSize({ width, height });
    await page.evaluate((name) => window.lens.select({ view: name }), view);
    await drawn(page);
    const { drawn: share } = await look(page);
    assert.ok(share > 0.05, `${view} at ${width} x ${height}: ${share}`);
  }
  assert.deepEqual(warnings.filter((text) => /WebGL.*INVALID/.test(text)), []);
});
