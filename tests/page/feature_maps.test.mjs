// The feature-map panel and its two companions under a visitor's hands, on published weights: channels
// switched off and on again, one value taken apart, the weights, and what window.lens tells of them.
import assert from 'node:assert/strict';
import { drawn, press, site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const state = (page) => page.evaluate(() => window.lens.state());
const table = (page, name) => page.evaluate((view) => window.lens.table(view), name);
const predictions = (page) => page.evaluate(() => window.lens.predictions());

async function shiftClickFirstMap(page) {
  await page.keyboard.down('Shift');
  for (let y = 330; (await state(page)).interventions.length === 0; y += 30) {
    assert.ok(y < 640, 'no map under the pointer');
    await page.mouse.click(300, y);  // the grid begins somewhere below the controls
    await page.waitForTimeout(250);
  }
  await page.keyboard.up('Shift');
}

for (const [model, node] of [['v1', 'block2.pointwise'], ['v2', 'bneck2.expand'], ['v3-small', 'bneck4.depthwise']]) {
  test(`maps: a shift-click switches a channel of ${model} off, undo gives every bit back`, async () => {
    const page = await open({ hash: `#model=${model}&node=${node}` });
    const before = await predictions(page);
    await shiftClickFirstMap(page);
    const { interventions: [silenced, ...others], channel } = await state(page);
    assert.deepEqual(others, []);
    assert.equal(channel, -1, 'no map was enlarged');
    assert.deepEqual({ ...silenced, channel: 0 }, { node, channel: 0, silence: true });
    const largest = await page.evaluate(({ node: name, channel: off }) => {
      const { shape: [, , channels], data } = window.lens.activations(name);
      return data.reduce((most, value, i) => (i % channels === off ? Math.max(most, Math.abs(value)) : most), 0);
    }, silenced);
    assert.equal(largest, 0);
    const after = await predictions(page);
    assert.notDeepEqual(after, before);
    await page.keyboard.press('Control+z');
    await page.waitForFunction(() => window.lens.state().interventions.length === 0);
    assert.deepEqual(await predictions(page), before);
    await page.keyboard.press('Control+y');
    await page.waitForFunction(() => window.lens.state().interventions.length === 1);
    assert.deepEqual(await predictions(page), after);
    await page.evaluate((off) => window.lens.select({ channel: off }), silenced.channel);
    await press(page, 'x');
    assert.deepEqual((await state(page)).interventions, [], 'on again');
    assert.deepEqual(await predictions(page), before);
  });
}

test('maps: keys order, filter and find channels', async () => {
  const page = await open({ hash: '#model=v2&node=bneck2.expand' });
  await press(page, 'g');
  await page.keyboard.type('42');
  await press(page, 'Enter');
  assert.equal((await state(page)).channel, 42);
  await press(page, 's');  // largest mean first
  const byMean = (await table(page, 'feature_maps')).sort((a, b) => b.mean - a.mean || a.channel - b.channel);
  const at = byMean.findIndex(({ channel }) => channel === 42);
  await press(page, 'ArrowRight');
  assert.equal((await state(page)).channel, byMean[(at + 1) % byMean.length].channel);
});

// The channels that the arrows walk over: those that are shown.
async function shownChannels(page) {
  const channels = [];
  await page.evaluate(() => window.lens.select({ channel: 0 }));
  for (let first = null; ;) {
    await page.keyboard.press('ArrowRight');
    const { channel } = await state(page);
    if (channel === first) return channels.sort((a, b) => a - b);
    first ??= channel;
    channels.push(channel);
  }
}

// Chooses from the menu "Show: ...": 0 all, 1 not dead, 2 dead, 3 strong.
async function chooseFilter(page, entry) {
  await page.mouse.click(440, 226);
  await drawn(page);
  await page.mouse.move(470, 247 + 24 * entry);
  await drawn(page);
  await page.mouse.down();
  await drawn(page);
  await page.mouse.up();
  await drawn(page);
}

for (const [model, node] of [['v1', 'stem'], ['v2', 'bneck1.depthwise'], ['v3-small', 'bneck8.se.scale']]) {
  test(`maps: the filter of ${model} shows the living, the dead and the strong, by key and by mouse`, async () => {
    const page = await open({ hash: `#model=${model}&node=${node}` });
    const rows = await table(page, 'feature_maps');
    const highest = ({ lowest, highest: most }) => Math.max(Math.abs(lowest), Math.abs(most));
    const most = Math.max(...rows.map(highest));
    const channels = [
      () => true, (row) => highest(row) > 0, (row) => highest(row) === 0, (row) => highest(row) >= most / 2,
    ].map((passes) => rows.filter(passes).map(({ channel }) => channel));
    assert.ok(new Set(channels.map(({ length }) => length)).size === 4 && channels[2].length > 0, 'four different lists');
    for (const entry of [1, 2, 3, 0]) {
      await press(page, 'f');
      assert.deepEqual(await shownChannels(page), channels[entry], `F pressed ${entry || 4} times`);
    }
    for (const entry of [2, 3, 0, 1]) {
      await press(page, 'Escape');
      await chooseFilter(page, entry);
      assert.deepEqual(await shownChannels(page), channels[entry], `entry ${entry}`);
    }
  });
}

test('one value: a link opens it, arrows move it, the table adds up to the value', async () => {
  for (const [model, node, build] of [['v1', 'block1.depthwise', 'simd'], ['v2', 'bneck3.project', 'simd'], ['v3-small', 'stem', 'simd']]) {
    const page = await open({ path: `?build=${build}`, hash: `#model=${model}&node=${node}&channel=5&cell=12,7&view=cell` });
    const value = async (y, x) => page.evaluate((place) => window.lens.explain(place), { node, y, x, channel: 5 });
    const check = async (y, x) => {
      const { sum, bias, terms } = await value(y, x);
      const rows = await table(page, 'cell');
      assert.deepEqual(rows.map(({ product }) => Math.fround(product)), terms.map(({ product }) => Math.fround(product)));
      const total = rows.reduce((all, { product }) => Math.fround(all + Math.fround(product)), Math.fround(bias));
      assert.ok(Math.abs(total - sum) <= 1e-4 * Math.max(1, Math.abs(sum)), `${model}: ${total} is not ${sum}`);
      const { data, shape: [, width, channels] } = await page.evaluate((name) => {
        const { shape, data: values } = window.lens.activations(name);
        return { shape, data: [...values] };
      }, node);
      assert.equal(data[(y * width + x) * channels + 5], Math.fround((await value(y, x)).value));
    };
    await check(12, 7);
    await press(page, 'ArrowDown');
    await press(page, 'ArrowRight');
    assert.match(await page.evaluate(() => location.hash), /cell=13,8/);
    await check(13, 8);
    await press(page, 'Escape');
    assert.equal((await state(page)).view, 'feature_maps');
  }
});

test('one value: select() pins a cell and unpins it, state() and the address say which', async () => {
  const page = await open({ hash: '#model=v2&node=bneck3.depthwise&channel=5' });
  const select = (changes) => page.evaluate(
    (to) => window.lens.select(to).catch(({ message }) => message), changes);
  const told = async () => {
    await page.waitForTimeout(100);
    return [(await state(page)).cell, (await page.evaluate(() => location.hash)).match(/cell=[^&]*/)?.[0] ?? null];
  };
  assert.deepEqual(await told(), [null, null]);
  assert.deepEqual((await select({ cell: [12, 7], view: 'cell' })).cell, [12, 7]);
  assert.deepEqual(await told(), [[12, 7], 'cell=12,7']);
  for (const cell of [[12, 56], [-1, 0], [1], [1.5, 2], 'here', [1, 2, 3]]) {
    assert.match(await select({ cell, channel: 9 }), /cell/, String(cell));
    assert.equal((await state(page)).channel, 5);
  }
  assert.deepEqual(await told(), [[12, 7], 'cell=12,7']);
  const { model, node, channel, cell, view } = await state(page);
  await select({ model: 'v1', node: 'block4.depthwise', channel: 2, cell: [0, 3] });
  assert.deepEqual(await told(), [[0, 3], 'cell=0,3']);
  await select({ model, node, channel, cell, view });  // what state() says can be given back
  assert.deepEqual(await told(), [[12, 7], 'cell=12,7']);
  await select({ cell: null });
  assert.deepEqual(await told(), [null, null]);
});

test('one value: a click on the right map moves it', async () => {
  const page = await open({ hash: '#model=v2&node=bneck3.depthwise&channel=5&cell=12,7&view=cell' });
  for (let x = 480; x < 760 && /cell=12,7/.test(await page.evaluate(() => location.hash)); x += 20) {
    await page.mouse.click(x, 300);
    await page.waitForTimeout(200);
  }
  assert.match(await page.evaluate(() => location.hash), /node=bneck3\.depthwise&channel=5&cell=\d+,\d+&view=cell/);
  assert.doesNotMatch(await page.evaluate(() => location.hash), /cell=12,7/);
});

test('weights: window.lens gives the file\'s, in the layout that it says', async () => {
  const page = await open({ hash: '#model=v2' });
  const layers = { 'stem': [3, 3, 3, 32], 'bneck2.depthwise': [3, 3, 96], 'bneck2.project': [1, 1, 96, 24], 'head.logits': [1, 1, 1280, 1001] };
  for (const [node, shape] of Object.entries(layers)) {
    const found = await page.evaluate((name) => {
      const { filter, bias } = window.lens.weights(name);
      const at = { node: name, y: 0, x: 0, channel: 7 };
      const { terms, bias: explained } = window.lens.explain(at);
      return { filter: filter.shape, count: filter.data.length, bias: bias.shape, biases: bias.data.length,
        kind: filter.data.constructor.name, own: bias.data[7], explained, terms, data: [...filter.data] };
    }, node);
    assert.deepEqual(found.filter, shape, node);
    assert.equal(found.count, shape.reduce((product, extent) => product * extent));
    assert.deepEqual(found.bias, [shape.at(-1)]);
    assert.equal(found.biases, shape.at(-1));
    assert.equal(found.kind, 'Float32Array');
    assert.equal(Math.fround(found.explained), found.own);
    const ofChannel = new Set(found.data.filter((_, i) => i % shape.at(-1) === 7));
    assert.ok(found.terms.every(({ weight }) => ofChannel.has(Math.fround(weight))), `${node}: explain's weights are these`);
  }
});

test('weights: what has none is said in a sentence', async () => {
  const page = await open({ hash: '#model=v2' });
  for (const node of ['input', 'nowhere', 'bneck3.add', 'head.softmax']) {
    const message = await page.evaluate((name) => {
      try { window.lens.weights(name); } catch (error) { return error.message; }
      return '';
    }, node);
    assert.match(message, /^There is no layer ".*" with weights\.$/);
  }
});

for (const [model, node] of [['v1', 'block3.pointwise'], ['v2', 'bneck3.depthwise'], ['v3-small', 'bneck5.project']]) {
  test(`weights: the view of ${model} has a row per output, keys zoom and go on to one value`, async () => {
    const page = await open({ hash: `#model=${model}&node=${node}&view=weights` });
    const rows = await table(page, 'weights');
    const bias = await page.evaluate((name) => [...window.lens.weights(name).bias.data], node);
    assert.deepEqual(rows.map((row) => Math.fround(row.bias)), bias);
    for (const key of ['+', '-', '0']) await press(page, key);
    await page.evaluate(() => window.lens.select({ channel: 9 }));
    await press(page, 'Enter');
    assert.deepEqual([(await state(page)).view, (await state(page)).channel], ['cell', 9]);
  });
}
