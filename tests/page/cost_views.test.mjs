// The cost panel's charts, what-if nets and published results by key, on every version.
import assert from 'node:assert/strict';
import { drawn, look, press, site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const table = (page, name) => page.evaluate((view) => window.lens.table(view), name);
const select = (page, changes) => page.evaluate((wish) => window.lens.select(wish), changes);
const models = ['v1', 'v2', 'v3-small', 'v3-large'];

// Below the tabs: what the view itself draws.
const below = { x: 252, y: 156, width: 728, height: 616 };
const foot = { x: 252, y: 686, width: 728, height: 86 };  // its takeaway
const picture = async (page) => (await look(page, below)).hash;

test('cost charts: C goes through three pictures and around, other ones on each version', async () => {
  const page = await open({ hash: '#model=v1&node=stem&view=cost_charts' });
  const seen = [await picture(page)];
  for (const model of models) {
    await select(page, { model, node: 'stem' });
    for (let i = 0; i < 3; ++i) {
      await press(page, 'c');
      seen.push(await picture(page));
    }
  }
  assert.equal(new Set(seen).size, 3 * models.length);
  assert.equal(seen[3], seen[0], 'around');
});

test('cost charts: the speed chart is drawn from what P measures', async () => {
  const page = await open({ hash: '#model=v3-small&view=cost_charts' });
  await press(page, 'c');
  const before = { ms: (await table(page, 'cost')).map(({ ms }) => ms), picture: await picture(page) };
  await press(page, 'p');
  await page.waitForFunction((old) => {
    const rows = window.lens.table('cost');
    return rows.filter(({ ms }, i) => ms !== old[i]).length > rows.length / 2;
  }, before.ms, { timeout: 60_000 });
  await drawn(page);
  const after = await picture(page);
  assert.notEqual(after, before.picture);
  await drawn(page, 30);
  assert.equal(await picture(page), after, 'it is at rest');
});

// Presses a key until the picture is the first one again: how many different ones there are.
async function around(page, key, most, picture) {
  const first = await picture(page);
  const seen = new Set([first]);
  for (let i = 0; i < most; ++i) {
    await press(page, key);
    const now = await picture(page);
    if (now === first) return seen.size;
    assert.ok(!seen.has(now), `press ${i + 1} of ${key} shows what was there before`);
    seen.add(now);
  }
  return assert.fail(`${key} does not come around`);
}

test('published: keys change axis and sources, and walk over what is printed on the axis', async () => {
  const page = await open({ hash: '#model=v2&view=published' });
  assert.equal(await around(page, 's', 3, picture), 3);
  assert.equal(await around(page, 'x', 3, picture), 3);
  const start = await picture(page);
  await press(page, 'x');
  await press(page, 'x');  // the latency: the shortest list
  const rows = await table(page, 'published');
  const printed = rows.filter((row) => row['Pixel 1 ms, printed'] !== '' && row.where !== 'tensorflow/models');
  const none = await picture(page);
  await press(page, 'ArrowRight');
  assert.notEqual(await picture(page), none);
  const words = async () => (await look(page, foot)).hash;
  assert.equal(await around(page, 'ArrowRight', printed.length, words), printed.length);
  const chosen = await picture(page);
  await press(page, 'ArrowRight');
  await press(page, 'ArrowLeft');
  assert.equal(await picture(page), chosen, 'there and back');
  await press(page, 'Escape');
  assert.equal(await picture(page), none);
  await press(page, 'x');
  assert.equal(await picture(page), start);
  await select(page, { model: 'v3-large' });
  await drawn(page);
  assert.notEqual(await picture(page), start, 'the version on the screen has a mark of its own');
});

// Goes down to a choice, so many rows below the one in focus, and presses the key that changes it; the
// second row of the table is then the what-if net.
async function chosen(page, { rows, key }) {
  for (let i = 0; i < rows; ++i) await page.keyboard.press('ArrowDown');
  await press(page, key);
  return (await table(page, 'what_if_nets'))[1];
}

const total = (graph, what) => graph.reduce((sum, node) => sum + node[what], 0);

test('what-if nets: V3 without squeeze-excite lacks just those layers', async () => {
  const page = await open({ hash: '#model=v3-small&view=what_if_nets' });
  for (const model of ['v3-small', 'v3-large']) {
    await select(page, { model });
    const graph = await page.evaluate(() => window.lens.graph());
    const before = await picture(page);
    const other = await chosen(page, { rows: 4, key: 'ArrowRight' });
    assert.equal(other['what-if'], 'Squeeze-excite: Without');
    const kept = graph.filter(({ name }) => !/\.se\./.test(name));
    assert.deepEqual([other.MACs, other.parameters], [total(kept, 'macs'), total(kept, 'parameters')]);
    assert.notEqual(await picture(page), before);
    await press(page, 'ArrowLeft');
    assert.equal((await table(page, 'what_if_nets'))[1]['what-if'], '');
  }
});

test('what-if nets: V2 with half of the stem, and at another resolution, costs what its layers add up to', async () => {
  const page = await open({ hash: '#model=v2&view=what_if_nets' });
  const graph = await page.evaluate(() => window.lens.graph());
  const half = await chosen(page, { rows: 4, key: 'ArrowLeft' });
  assert.equal(half['what-if'], 'Stem filters: 16');
  const touched = graph.filter(({ name }) => ['stem', 'bneck1.depthwise', 'bneck1.project'].includes(name));
  assert.equal(half.MACs, total(graph, 'macs') - total(touched, 'macs') / 2);
  await press(page, 'ArrowRight');
  for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowUp');
  const small = await chosen(page, { rows: 0, key: 'ArrowLeft' });
  assert.equal(small['what-if'], 'Resolution ρ: 192');
  const flat = graph.filter(({ op }) => op === 'dense');
  assert.equal(small.MACs, total(flat, 'macs') + (total(graph, 'macs') - total(flat, 'macs')) * 36 / 49);
  assert.equal(small.parameters, total(graph, 'parameters'));
});
