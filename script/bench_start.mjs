// How long a visitor waits for the first prediction, from a local server.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags } from './chromium.mjs';
import { serve } from './serve.mjs';

const rounds = 5;
const patienceMs = 30_000;

// A browser that has just been launched is busy with itself.
const settleMs = 2_000;

// Runs in the page: milliseconds from navigation until the first prediction is known, and until it
// is on the screen.
async function firstPrediction() {
  while (!window.lens) await new Promise((resolve) => setTimeout(resolve, 1));
  const known = await new Promise((resolve) => {
    if (window.lens.predictions(1).length > 0) resolve(performance.now());
    window.lens.on('prediction', () => resolve(performance.now()));
  });
  await window.lens.ready;
  return { known, shown: performance.now() };
}

async function visit(context, url) {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  const tooLate = new Promise((resolve, reject) => {
    setTimeout(reject, patienceMs, new Error('the page makes no prediction')).unref();
  });
  const times = await Promise.race([page.evaluate(firstPrediction), tooLate]);
  await page.close();
  return times;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const medians = (visits) => ({
  known: median(visits.map(({ known }) => known)), shown: median(visits.map(({ shown }) => shown)),
});

// Resolves to {cold, warm}, each {known, shown} ms: medians over fresh profiles, and over second
// visits in them.
export async function timeStart(site) {
  const server = await serve(site);
  const cold = [];
  const warm = [];
  try {
    for (let round = 0; round < rounds; ++round) {
      const profile = await mkdtemp(path.join(os.tmpdir(), 'lens-bench-'));
      const context = await chromium.launchPersistentContext(
        profile, { executablePath: '/usr/bin/chromium', args: chromiumFlags });
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      cold.push(await visit(context, `${server.url}#model=v2`));
      warm.push(await visit(context, `${server.url}#model=v2`));
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    }
  } finally {
    await server.close();
  }
  return { cold: medians(cold), warm: medians(warm) };
}
