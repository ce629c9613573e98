// "ReLU or linear" under a visitor's hands: the main road of each of its views.
import assert from 'node:assert/strict';
import { press, site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const state = (page) => page.evaluate(() => window.lens.state());
const table = (page, name) => page.evaluate((view) => window.lens.table(view), name);

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

test('activations: another one is swapped in at the selected layer', async () => {
  const page = await open({ hash: '#model=v3-small&view=activation_lab&node=bneck5.expand' });
  const rows = await table(page, 'activation_lab');
  assert.equal(rows.find((row) => row.activation === 'h-swish')['mean change'], 0);
  await press(page, 'r');
  assert.deepEqual((await state(page)).interventions, [{ node: 'bneck5.expand', activation: 'swish' }]);
  await press(page, 'x');
  assert.deepEqual((await state(page)).interventions, []);
});

test('blocks: keys walk the blocks of the network on the screen', async () => {
  const page = await open({ hash: '#model=v2&view=blocks&node=bneck3.project' });
  await press(page, ']');
  assert.equal((await state(page)).node, 'bneck4.expand');
  await press(page, '[');
  assert.equal((await state(page)).node, 'bneck3.expand');
});
