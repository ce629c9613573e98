// Every view of every panel on every version, in the browser: by window.lens, by key, by mouse.
import assert from 'node:assert/strict';
import { drawn, look, panel, site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });
const state = (page) => page.evaluate(() => window.lens.state());

const panels = [
  ['feature_maps', 'cell', 'weights'],
  ['squeeze_excite', 'gate_photos'],
  ['embedding', 'linear_bottleneck', 'zeros', 'activation_lab', 'blocks'],
  ['cost', 'calculator', 'cost_charts', 'what_if_nets', 'published'],
];
const cost = panels[3];

// Opens the page and listens for errors from then on.
async function openListening(hash) {
  const page = await open({ hash });
  await page.evaluate(() => {
    window.errors = [];
    window.lens.on('error', ({ message }) => window.errors.push(message));
  });
  return page;
}

const frames = (page) => page.evaluate(() => window.lens.frames());

// The view is on the screen, drawn, and nothing complained. before: frames() before it was asked for.
async function check(page, view, before) {
  await page.waitForFunction(([id, count]) => window.lens.state().view === id && !window.lens.state().busy &&
                             window.lens.frames() > count, [view, before]);
  const { colours, drawn, hash } = await look(page, { ...panel, y: panel.y + 70, height: panel.height - 70 });
  assert.ok(colours > 20, `${view}: ${colours} colours`);
  assert.ok(drawn > 0.01, `${view}: ${drawn} of the panel is drawn`);
  assert.deepEqual(await page.evaluate(() => window.errors), [], view);
  return hash;
}

// By select(), one after another; each looks different from all others.
async function checkAll(page, views) {
  const seen = new Map();
  for (const view of views) {
    const before = await frames(page);
    assert.equal((await page.evaluate((id) => window.lens.select({ view: id }), view)).view, view);
    const hash = await check(page, view, before);
    assert.ok(!seen.has(hash), `${view} looks like ${seen.get(hash)}`);
    seen.set(hash, view);
  }
}

test('views: these are all that there are', async () => {
  const page = await open();
  const hint = await page.evaluate(() => {
    try { window.lens.table('nowhere'); } catch (error) { return error.hint; }
    return '';
  });
  assert.equal(hint, `Tables: ${panels.flat().join(', ')}.`);
});

// A layer that is at home in every panel.
const places = { 'v1': 'block4.pointwise', 'v2': 'bneck4.project', 'v3-small': 'bneck4.se.gate', 'v3-large': 'bneck4.expand' };

for (const [model, views] of [['v1', panels.flat()], ['v2', panels.flat()], ['v3-small', panels.flat()],
  ['v3-large', ['blocks', ...cost]]]) {
  test(`views: each opens and draws on ${model}, asked for by select()`, async () => {
    const page = await openListening(`#model=${model}&node=${places[model]}`);
    await checkAll(page, views);
    assert.equal((await state(page)).model, model);
  });

  test(`views: the keys 1 to 4 go through all of them on ${model}`, async () => {
    const page = await openListening(`#model=${model}&node=${places[model]}`);
    for (const [number, pages] of [...panels.entries()].reverse()) {
      for (const view of [...pages, pages[0]]) {  // and around
        const before = await frames(page);
        await page.keyboard.press(`${number + 1}`);
        await check(page, view, before);
      }
    }
  });
}

for (const model of Object.keys(places)) {
  test(`views: the tabs and their pages open by mouse on ${model}`, async () => {
    const page = await openListening(`#model=${model}&node=${places[model]}`);
    const view = async () => (await state(page)).view;
    // Along a row, left to right: the views on the screen, as they came.
    const clickAlong = async (y, right) => {
      const opened = [await view()];
      for (let x = panel.x + 24; x < right; x += 36) {
        await page.mouse.click(x, y);
        await drawn(page);
        const now = await view();
        if (opened.at(-1) !== now) opened.push(now);
      }
      return opened;
    };
    await page.evaluate(() => window.lens.select({ view: 'cost' }));
    assert.deepEqual(await clickAlong(86, 760), ['cost', ...panels.map(([first]) => first)]);
    for (const [number, pages] of panels.entries()) {
      await page.evaluate((id) => window.lens.select({ view: id }), pages[0]);
      const before = await frames(page);
      assert.deepEqual(await clickAlong(126, 760), pages, `panel ${number + 1}`);
      await check(page, pages.at(-1), before);
    }
  });
}
