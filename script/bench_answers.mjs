// How soon the page answers, from a local server: a what-if of a whole network, beside a plain run of
// it, and a step in the panels of maths. Each until its frame is drawn.
import { chromium } from 'playwright-core';
import { chromiumFlags } from './chromium.mjs';
import { serve } from './serve.mjs';

const rounds = 15;
const models = ['v1', 'v2', 'v3-small'];
// A panel, and the key that has it compute everything anew.
const steps = [['embedding', 'n'], ['calculator', 'ArrowRight'], ['what_if_nets', 'ArrowRight']];

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

// Runs in the page: ms of plain runs, and from the wish for a what-if to its frame. A channel of the
// first layer is silenced, so that every layer is computed anew.
async function timeWhatIfs(rounds) {
  const { lens } = window;
  const rest = () => new Promise((resolve) => setTimeout(resolve, 300));
  const photo = await (await fetch('assets/photos/bird.bmp')).blob();
  const runs = [];
  const shown = [];
  for (let round = 0; round < rounds; ++round) {
    await lens.load(photo, 'bird.bmp');
    runs.push(lens.state().ms);
    await rest();
    const start = performance.now();
    await lens.intervene([{ node: 'stem', channel: 3, silence: true }]);
    shown.push(performance.now() - start);
    await rest();
  }
  return { runs, shown };
}

// Runs in the page: ms from a key to its frame.
async function timeSteps({ rounds, key }) {
  const times = [];
  for (let round = 0; round < rounds; ++round) {
    const start = performance.now();
    dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await window.lens.select({});
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return times;
}

// Resolves to {whatIfs: [{model, run, shown}], steps: [{view, shown}]}, medians in ms.
export async function timeAnswers(site) {
  const server = await serve(site);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
  const opened = async (hash) => {
    const page = await browser.newPage();
    await page.goto(`${server.url}#${hash}`);
    await page.waitForFunction(() => window.lens);
    await page.evaluate(() => window.lens.ready);
    return page;
  };
  const answers = { whatIfs: [], steps: [] };
  try {
    for (const model of models) {
      const page = await opened(`model=${model}`);
      const { runs, shown } = await page.evaluate(timeWhatIfs, rounds);
      answers.whatIfs.push({ model, run: median(runs), shown: median(shown) });
      await page.close();
    }
    for (const [view, key] of steps) {
      const page = await opened(`view=${view}`);
      answers.steps.push({ view, shown: median(await page.evaluate(timeSteps, { rounds, key })) });
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return answers;
}
