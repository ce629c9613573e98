// window.lens.intervene and demo: what-ifs by script, before and after, and their way back.
import assert from 'node:assert/strict';
import { site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const intervene = (page, list) => page.evaluate((items) => window.lens.intervene(items), list);
const interventions = (page) => page.evaluate(() => window.lens.state().interventions);
const values = (page, node) => page.evaluate((name) => [...window.lens.activations(name).data], node);

test('intervene: tells the predictions before and after, and an empty list ends it', async () => {
  const page = await open({ hash: '#model=v2' });
  const plain = await page.evaluate(() => window.lens.predictions());
  const list = [{ node: 'bneck3.project', activation: 'relu' }, { node: 'stem', channel: 4, silence: true }];
  const { before, after } = await intervene(page, list);
  assert.deepEqual(before, plain);
  assert.notDeepEqual(after, plain);
  assert.deepEqual(after, await page.evaluate(() => window.lens.predictions()));
  assert.deepEqual(await interventions(page), list);
  assert.ok((await values(page, 'bneck3.project')).every((value) => value >= 0));
  const ended = await intervene(page, []);
  assert.deepEqual(ended.before, after);
  assert.deepEqual(ended.after, plain);
  assert.deepEqual(await interventions(page), []);
});

test('intervene: what changes nothing gives the same bits, in every build', async () => {
  for (const build of ['simd', 'relaxed', 'relaxed-threads']) {
    const page = await open({ path: `?build=${build}`, hash: '#model=v3-small' });
    const nodes = (await page.evaluate(() => window.lens.graph())).map(({ name }) => name);
    const last = nodes.at(-1);
    const plain = { logits: await values(page, 'head.logits'), last: await values(page, last) };
    const own = [];
    for (const node of nodes.filter((name) => name.endsWith('.se.gate'))) own.push({ node, gates: await values(page, node) });
    assert.equal(own.length, 9);
    const same = (await page.evaluate(() => window.lens.graph())).filter(({ activation }) => activation === 'relu')
      .map(({ name }) => ({ node: name, activation: 'relu' }));
    assert.ok(same.length > 9);
    for (const list of [own, same]) {
      await intervene(page, list);
      assert.equal((await interventions(page)).length, list.length);
      assert.deepEqual({ logits: await values(page, 'head.logits'), last: await values(page, last) }, plain, build);
    }
  }
});

test('intervene: gate presets are what they are called, a shuffle the same each time', async () => {
  const page = await open({ hash: '#model=v3-small' });
  const node = 'bneck5.se.gate';
  const own = await values(page, node);
  const gates = async (preset) => {
    await intervene(page, [{ node, gates: preset }]);
    return values(page, node);
  };
  assert.ok((await gates('ones')).every((gate) => gate === 1));
  assert.ok((await gates('off')).every((gate) => gate === 0));
  assert.deepEqual(await gates('invert'), own.map((gate) => Math.fround(1 - gate)));
  const mean = own.reduce((sum, gate) => sum + gate, 0) / own.length;
  assert.ok((await gates('mean')).every((gate) => Math.abs(gate - mean) < 1e-6));
  const shuffled = await gates('shuffle');
  assert.notDeepEqual(shuffled, own);
  assert.deepEqual([...shuffled].sort(), [...own].sort());
  assert.deepEqual(await gates('shuffle'), shuffled);
});

test('intervene: a change is recomputed as a straightforward program would', async () => {
  const page = await open({ path: '?build=simd', hash: '#model=v3-small' });
  // The classifier alone: a matrix and a bias, in plain JavaScript with doubles.
  const { logits, expected, silenced } = await page.evaluate(async () => {
    await window.lens.intervene([{ node: 'head.hidden', channel: 3, silence: true }, { node: 'bneck9.se.gate', gates: 'ones' }]);
    const input = window.lens.activations('head.hidden').data;
    const { filter: { data }, bias } = window.lens.weights('head.logits');
    const outputs = bias.data.length;
    const sums = Array.from(bias.data, (start, out) => input.reduce((sum, value, i) => sum + value * data[i * outputs + out], start));
    return { logits: [...window.lens.activations('head.logits').data], expected: sums, silenced: input[3] };
  });
  assert.equal(silenced, 0);
  logits.forEach((logit, i) => assert.ok(Math.abs(logit - expected[i]) < 1e-3, `${i}: ${logit} is not ${expected[i]}`));
});

test('intervene: what does not fit is refused, and nothing changes', async () => {
  const page = await open({ hash: '#model=v2' });
  const kept = [{ node: 'stem', channel: 4, silence: true }];
  await intervene(page, kept);
  const after = await page.evaluate(() => window.lens.predictions());
  for (const item of [{ node: 'nowhere', channel: 0, silence: true }, { node: 'stem', channel: 99, silence: true }, { node: 'stem' },
    { node: 'stem', gates: 'ones' }, { node: 'stem', activation: 'tanh' }, { node: 'a b', activation: 'relu' }]) {
    const message = await page.evaluate((one) => window.lens.intervene([one]).then(() => '', (error) => error.message), item);
    assert.ok(message.length > 10, JSON.stringify(item));
    assert.deepEqual(await interventions(page), kept);
  }
  assert.deepEqual(await page.evaluate(() => window.lens.predictions()), after);
});

test('demo: convolution-cost is the paper\'s example, and any other layer', async () => {
  const page = await open();
  const [paper, other] = await page.evaluate(() => [window.lens.demo('convolution-cost'),
    window.lens.demo('convolution-cost', { dk: 5, m: 16, n: 24, df: 7 })]);
  assert.equal(paper.standard.macs, 462_422_016);
  assert.equal(other.standard.macs, 25 * 16 * 24 * 49);
  assert.equal(other.separable.macs, 25 * 16 * 49 + 16 * 24 * 49);
});
