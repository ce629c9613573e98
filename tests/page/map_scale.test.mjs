// The maps' colours and their order by key, on published weights: what is on the screen, in pixels.
import assert from 'node:assert/strict';
import { look, press, site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const state = (page) => page.evaluate(() => window.lens.state());

// The maps alone: no control that names the choice is in it.
const maps = { x: 268, y: 250, width: 676, height: 400 };

// The pictures that a key goes through, until after `count` presses the first one is back.
async function pictures(page, key, count) {
  const seen = [(await look(page, maps)).hash];
  for (let i = 0; i < count; ++i) {
    await press(page, key);
    seen.push((await look(page, maps)).hash);
  }
  assert.equal(seen.pop(), seen[0], `${key} comes around`);
  return seen;
}

for (const [model, signed, unsigned] of [['v1', null, 'block4.pointwise'], ['v2', 'bneck4.project', 'bneck4.expand'],
  ['v3-small', 'bneck4.project', 'bneck2.expand']]) {
  test(`map scale: C and V change the maps of ${model}, automatic is what suits the values`, async () => {
    const page = await open({ hash: `#model=${model}&node=${unsigned}` });
    const [automatic, sequential, diverging] = await pictures(page, 'v', 3);
    assert.equal(automatic, sequential, 'no value below zero');
    assert.notEqual(diverging, sequential);
    if (signed) {
      await page.evaluate((node) => window.lens.select({ node }), signed);
      const [own, one, two] = await pictures(page, 'v', 3);
      assert.equal(own, two, 'values on both sides of zero');
      assert.notEqual(one, two);
    }
    assert.equal(new Set(await pictures(page, 'c', 4)).size, 4);
  });
}

test('map scale: a layer of V3-Small by its gates, widest first', async () => {
  const page = await open({ hash: '#model=v3-small&node=bneck4.depthwise' });
  const gates = await page.evaluate(() => [...window.lens.activations('bneck4.se.gate').data]);
  const byGate = gates.map((_, channel) => channel).sort((a, b) => gates[b] - gates[a] || a - b);
  const byIndex = (await look(page, maps)).hash;
  for (let i = 0; i < 4; ++i) await press(page, 's');  // mean, highest, zeros, gate
  assert.notEqual((await look(page, maps)).hash, byIndex);
  await page.evaluate((channel) => window.lens.select({ channel }), byGate[0]);
  for (const channel of byGate.slice(1, 20)) {
    await page.keyboard.press('ArrowRight');
    assert.equal((await state(page)).channel, channel);
  }
});
