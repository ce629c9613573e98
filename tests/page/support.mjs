// What every page test needs: the built site on a free port, a Chromium, pages that fail the test when
// the browser's console shows an error.
//
//   import { site } from './support.mjs';
//   const { test, open } = site();
//   test('page: the title tells the product', async () => {
//     const page = await open({ hash: '#model=v2', viewport: { width: 1280, height: 800 }, dpr: 2 });
//     ...
//   });
//
// One site() per file: its server and browser live as long as the file's tests. Without a built page
// (build/site/index.html) the tests are skipped.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test as nodeTest } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumFlags } from '../../script/chromium.mjs';
import { serve } from '../../script/serve.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const siteFolder = path.join(root, 'build', 'site');

// A file of the test data (../shared or LENS_ASSETS): shared('photos/cat.bmp').
export function shared(name) {
  return path.join(process.env.LENS_ASSETS || path.join(root, '..', 'shared'), name);
}

// Everything the page complains about, as lines of text.
function collectErrors(page) {
  const errors = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
  return errors;
}

// Resolves when the page has had time for so many frames, however slow they are: a click is pressed in
// one and let go in the next, what it opens finds its size in two more.
export function drawn(page, frames = 6) {
  return page.evaluate(async (count) => {
    for (let i = 0; i < count; ++i) await new Promise(requestAnimationFrame);
  }, frames);
}

// What a key has asked for, once it has been run and drawn.
export async function press(page, key) {
  await page.keyboard.press(key);
  await drawn(page);
  await page.waitForFunction(() => !window.lens.state().busy);
}

// The panel of a page of 1280 x 800, in CSS pixels (src/app/layout.cpp).
export const panel = { x: 252, y: 56, width: 728, height: 716 };

// What a part of the page looks like: {colours: how many different ones, drawn: the share of pixels that
// are not of the most frequent one, hash: the same for equal pictures}.
export async function look(page, clip = panel) {
  const png = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
    const counts = new Map();
    let hash = 0;
    for (const pixel of pixels) {
      counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      hash = (Math.imul(hash, 31) + pixel) | 0;
    }
    return { colours: counts.size, drawn: 1 - Math.max(...counts.values()) / pixels.length, hash };
  }, png);
}

// flags: more of Chromium's command line.
// Returns {test, open, url}: test() is node's, with a time limit; open() gives a Playwright page that is
// closed, and its console checked, when the test ends.
// open options: hash, path, viewport, dpr, ready (wait for window.lens.ready, default true), context
// (more options of Playwright's newContext), before(page) (run before the page is loaded), allow (a
// RegExp of console errors that the test provokes on purpose).
export function site({ folder = siteFolder, timeout = 120_000, flags = [] } = {}) {
  const built = existsSync(path.join(folder, 'index.html'));
  let server;
  let browser;
  let opened = [];

  before(async () => {
    if (!built) return;
    server = await serve(folder);
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...chromiumFlags, ...flags] });
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  afterEach(async () => {
    const pages = opened;
    opened = [];
    for (const { context } of pages) await context.close();
    const errors = pages.flatMap(({ errors, allow }) => errors.filter((text) => !allow?.test(text)));
    assert.deepEqual(errors, [], 'the console shows no error');
  });

  async function open(options = {}) {
    const { viewport = { width: 1280, height: 800 }, dpr = 1, ready = true, allow } = options;
    const context = await browser.newContext({
      viewport,
      deviceScaleFactor: dpr,
      ...options.context,
    });
    const page = await context.newPage();
    opened.push({ context, allow, errors: collectErrors(page) });
    await options.before?.(page);
    await page.goto(new URL((options.path ?? '') + (options.hash ?? ''), server.url).href);
    if (ready) {
      await page.waitForFunction(() => window.lens);
      await page.evaluate(() => window.lens.ready);
      // The text version follows the first picture.
      await page.waitForFunction(() => document.querySelector('#twin-live').textContent);
    }
    return page;
  }

  return {
    test: (name, body) => nodeTest(name, { timeout, skip: !built && 'no page in build/site' }, body),
    open,
    url: () => server.url,
  };
}
