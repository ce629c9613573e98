// "ReLU or linear" under a visitor's hands: the main road of each of its views.
import assert from 'node:assert/strict';
import { look, press, site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const state = (page) => page.evaluate(() => window.lens.state());
const table = (page, name) => page.evaluate((view) => window.lens.table(view), name);
const predictions = (page) => page.evaluate(() => window.lens.predictions(10));

// The table once all of its rows satisfy `done`: idle work comes in between frames.
async function complete(page, name, done) {
  for (let i = 0; i < 600; ++i) {
    const rows = await table(page, name);
    if (done(rows)) return rows;
    await page.waitForTimeout(100);
  }
  assert.fail(`${name} was never complete`);
}

test('demo: the embedding answers in numbers, the same for the same seed', async () => {
  const page = await open();
  const [once, again, own] = await page.evaluate(() => [
    window.lens.demo('relu-embedding', { n: 3, seed: 7, points: 50 }),
    window.lens.demo('relu-embedding', { n: 3, seed: 7, points: 50 }),
    window.lens.demo('relu-embedding', { n: 60, points: [[0.5, 0.25], [-1, 0]] }),
  ]);
  assert.deepEqual(once, again);
  assert.equal(once.points.length, 50);
  assert.equal(once.matrix.length, 3);
  assert.equal(once.expectedNotRecoverable, 0.5);
  const lost = once.points.filter((point) => !point.recoverable).length;
  assert.equal(once.notRecoverable, lost / 50);
  for (const { input, recoverable, activeRows } of own.points) {
    assert.ok(recoverable);
    input.forEach((value, i) => assert.ok(Math.abs(value - activeRows[i]) < 1e-9));
  }
  const error = await page.evaluate(() => {
    try { window.lens.demo('relu-embedding', { n: 1 }); } catch ({ message }) { return message; }
    return '';
  });
  assert.match(error, /n cannot be "1"/);
});

test('embedding: keys and a scribble with the mouse change the picture', async () => {
  const page = await open({ hash: '#view=embedding' });
  const before = await table(page, 'embedding');
  await press(page, 'n');
  const other = await table(page, 'embedding');
  assert.equal(other[0].seed, before[0].seed + 1);
  assert.notDeepEqual(other.map((row) => row['relative RMSE']), before.map((row) => row['relative RMSE']));
  await press(page, 'p');
  assert.deepEqual(await table(page, 'embedding'), before);
  await press(page, 'n');
  await press(page, ']');
  assert.equal((await table(page, 'embedding')).at(-1).n, before.at(-1).n + 1);
  await page.mouse.move(330, 560);
  await page.mouse.down();
  await page.mouse.move(420, 600, { steps: 8 });
  await page.waitForTimeout(200);
  await page.mouse.up();
  await page.waitForTimeout(200);
  const drawn = await table(page, 'embedding');
  assert.notDeepEqual(drawn.map((row) => row['relative RMSE']), other.map((row) => row['relative RMSE']));
  await press(page, 'Backspace');
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowUp']) await press(page, key);
  const byKey = await table(page, 'embedding');
  assert.notDeepEqual(byKey.map((row) => row['relative RMSE']), drawn.map((row) => row['relative RMSE']));
});

test('this net: every block is run with a ReLU, and a key puts it on the screen', async () => {
  const page = await open({ hash: '#model=v2&view=linear_bottleneck&node=bneck4.project' });
  const rows = await complete(page, 'linear_bottleneck', (all) => all.every((row) => row['probability after'] !== null));
  assert.equal(rows.length, 17);
  for (const row of rows) assert.ok(row['share of zeros'] > 0.1 && row['share of zeros'] < 0.9, row.layer);
  assert.deepEqual((await state(page)).interventions, []);
  await press(page, 'r');
  assert.deepEqual((await state(page)).interventions, [{ node: 'bneck4.project', activation: 'relu' }]);
  // The chart's number is that of the what-if on the screen.
  const { probability, label } = rows.find((row) => row.layer === 'bneck4.project');
  assert.ok(probability > 0.9, label);
  const after = await page.evaluate(() => window.lens.predictions(1000));
  const first = after.find((one) => /chickadee/.test(one.label));
  const alone = rows.find((row) => row.layer === 'bneck4.project')['probability after'];
  assert.ok(Math.abs(first.probability - alone) < 1e-6);
  await press(page, 'a');
  assert.equal((await state(page)).interventions.length, 17);
  await press(page, 'x');
  assert.deepEqual((await state(page)).interventions, []);
});

// Keeps a layer's values in the page, under a name.
const keep = (page, node, name) => page.evaluate(([layer, as]) => {
  (window.kept ??= {})[as] = window.lens.activations(layer).data.slice();
}, [node, name]);

// What an activation, as the papers have it, makes of values that were kept, beside others that were:
// {worst, mean} of the distances; lowest and highest of the first.
const compare = (page, { from, activation, to }) => page.evaluate(([before, name, after]) => {
  const relu6 = (x) => Math.min(Math.max(x, 0), 6);
  const activate = {
    'linear': (x) => x,
    'relu': (x) => Math.max(x, 0),
    'relu6': relu6,
    'h-swish': (x) => x * relu6(x + 3) / 6,
    'swish': (x) => x / (1 + Math.exp(-x)),
  }[name];
  const values = window.kept[before];
  const distances = window.kept[after].map((value, i) => Math.abs(value - activate(values[i])));
  return {
    worst: distances.reduce((most, one) => Math.max(most, one)),
    mean: distances.reduce((sum, one) => sum + one) / distances.length,
    lowest: values.reduce((least, one) => Math.min(least, one)),
    highest: values.reduce((most, one) => Math.max(most, one)),
  };
}, [from, activation, to]);

// The view "This net" on one network: its sweep, and what its keys R, A, X put on the screen.
async function checkSweep(page, { count, node, activation }) {
  const rows = await complete(page, 'linear_bottleneck', (all) => all.every((row) => row['probability after'] !== null));
  assert.equal(rows.length, count);
  const { label } = (await predictions(page))[0];
  await keep(page, node, 'trained');
  const plain = await predictions(page);
  await press(page, 'r');
  assert.deepEqual((await state(page)).interventions, [{ node, activation }]);
  const after = await page.evaluate(() => window.lens.predictions(1000));
  const row = rows.find(({ layer }) => layer === node);
  const first = after.find((one) => one.label === label);
  assert.ok(Math.abs(first.probability - row['probability after']) < 1e-6, 'the chart says what the run says');
  assert.ok(Math.abs(first.logit - row['logit after']) < 1e-4);
  assert.equal(after[0].label, row['first after']);
  await keep(page, node, 'changed');
  await press(page, 'a');
  const all = (await state(page)).interventions;
  assert.deepEqual(all.map((one) => one.node), rows.map(({ layer }) => layer));
  assert.ok(all.every((one) => one.activation === activation));
  assert.notDeepEqual(await predictions(page), after.slice(0, 10));
  await press(page, 'x');
  assert.deepEqual((await state(page)).interventions, []);
  assert.deepEqual(await predictions(page), plain);
}

test('this net: V1 has no projection, its keys take the ReLU6 out', async () => {
  const page = await open({ hash: '#model=v1&view=linear_bottleneck&node=block3.pointwise' });
  await press(page, ']');
  assert.equal((await state(page)).node, 'block4.pointwise');
  await checkSweep(page, { count: 13, node: 'block4.pointwise', activation: 'linear' });
  const { worst, lowest, highest } = await compare(page, { from: 'changed', activation: 'relu6', to: 'trained' });
  assert.ok(lowest < 0 && highest > 6, 'the ReLU6 is out');
  assert.equal(worst, 0);
  await press(page, '[');
  assert.equal((await state(page)).node, 'block3.pointwise');
});

test('this net: V3-Small adds behind its projections, or drops after its expansions', async () => {
  const page = await open({ hash: '#model=v3-small&view=linear_bottleneck&node=bneck4.project' });
  await press(page, ']');
  const node = 'bneck5.project';
  assert.equal((await state(page)).node, node);
  for (const [key, activation] of [[null, 'relu'], ['t', 'relu6'], ['t', 'h-swish'], ['t', 'relu']]) {
    if (key) await press(page, key);
    const [{ 'replaced by': name }] = await table(page, 'linear_bottleneck');
    assert.equal(name.toLowerCase(), activation);
  }
  await checkSweep(page, { count: 11, node, activation: 'relu' });
  assert.equal((await compare(page, { from: 'trained', activation: 'relu', to: 'changed' })).worst, 0);
  await press(page, 'e');
  await checkSweep(page, { count: 10, node: 'bneck5.expand', activation: 'linear' });
  const { worst } = await compare(page, { from: 'changed', activation: 'h-swish', to: 'trained' });
  assert.ok(worst < 1e-4, `off by ${worst}`);  // the order of operations differs
});

test('zeros: the other versions are measured without being shown', async () => {
  const page = await open({ hash: '#model=v2&view=zeros' });
  await complete(page, 'zeros', (all) => all.length > 0);
  await press(page, 'v');
  const models = ['v1', 'v2', 'v3-small'];
  const rows = await complete(page, 'zeros', (all) => models.every((id) => all.some((row) => row.model === id)));
  assert.equal((await state(page)).model, 'v2');
  const share = (row) => row['share of zeros'];
  const v2 = rows.filter((row) => row.model === 'v2');
  assert.ok(v2.filter((row) => row.role === 'project').every((row) => share(row) < 0.001));
  assert.ok(v2.filter((row) => row.role === 'depthwise').some((row) => share(row) > 0.3));
  assert.ok(rows.filter((row) => row.model === 'v1' && row.role === 'pointwise').every((row) => share(row) > 0.05));
});

for (const [model, node, own] of [['v1', 'block13.pointwise', 'relu6'], ['v2', 'bneck15.expand', 'relu6'],
  ['v3-small', 'bneck5.expand', 'h-swish']]) {
  test(`activations: another one is swapped in at a layer of ${model}, and the run is the one asked for`, async () => {
    const page = await open({ hash: `#model=${model}&view=activation_lab&node=${node}` });
    const rows = await table(page, 'activation_lab');
    const change = (name) => rows.find((row) => row.activation.toLowerCase() === name)['mean change'];
    assert.equal(change(own), 0);
    const plain = await predictions(page);
    await keep(page, node, 'trained');
    await page.evaluate((name) => window.lens.intervene([{ node: name, activation: 'linear' }]), node);
    await keep(page, node, 'sums');  // what the activations are applied to
    for (const [keys, activation] of [['', 'swish'], ['[', 'relu6'], ['[', 'relu'], [']]]', 'h-swish']]) {
      for (const key of `${keys}r`) await press(page, key);
      // The layer's own: the what-if ends.
      assert.deepEqual((await state(page)).interventions, activation === own ? [] : [{ node, activation }]);
      await keep(page, node, 'run');
      const { worst } = await compare(page, { from: 'sums', activation, to: 'run' });
      assert.ok(worst < 1e-4, `${activation}: off by ${worst}`);
      const { mean } = await compare(page, { from: 'run', activation: 'linear', to: 'trained' });
      assert.ok(Math.abs(mean - change(activation)) < 1e-4, `${activation}: ${mean}`);
      (activation === own ? assert.deepEqual : assert.notDeepEqual)(await predictions(page), plain);
    }
    await press(page, 'x');
    assert.deepEqual((await state(page)).interventions, []);
    assert.deepEqual(await predictions(page), plain);
  });
}

// A row of the table "blocks" against the layers of the graph.
function checkBlock(row, graph, model) {
  const channels = (name) => graph.find((node) => node.name === name).shape[2];
  const layers = graph.filter(({ block }) => block === row.block);
  const sum = layers.find(({ op }) => op === 'add');
  const wide = layers.filter(({ role }) => !['squeeze', 'reduce', 'gate'].includes(role));
  assert.deepEqual([row['reads channels'], row.widest, row['hands on channels'], row.shortcut],
                   [channels(layers[0].inputs[0]), Math.max(...wide.map(({ shape }) => shape[2])), layers.at(-1).shape[2],
                    sum ? 1 : 0], `block ${row.block}`);
  if (!sum) assert.match(row.why, model === 'v1' ? /V1 has none/ : /stride 2|→/);
  return layers[0].name;
}

test('blocks: keys walk all blocks of each version, the table is what its graph says', async () => {
  const page = await open({ hash: '#view=blocks' });
  const seen = new Set();
  for (const [model, count] of [['v1', 13], ['v2', 17], ['v3-small', 11], ['v3-large', 15]]) {
    await page.evaluate((id) => window.lens.select({ model: id, node: 'stem' }), model);
    const graph = await page.evaluate(() => window.lens.graph());
    const names = (await table(page, 'blocks')).map((row) => checkBlock(row, graph, model));
    assert.equal(names.length, count);
    for (const name of names.slice(1)) {
      await page.keyboard.press(']');
      await page.waitForFunction((node) => window.lens.state().node === node, name);
    }
    await press(page, ']');
    assert.equal((await state(page)).node, names.at(-1), 'there it ends');
    for (let back = 2; back < 4; ++back) {
      await press(page, '[');
      assert.equal((await state(page)).node, names.at(-back));
      seen.add((await look(page)).hash);
    }
  }
  assert.equal(seen.size, 4 * 2, 'each block has a picture of its own');
});
