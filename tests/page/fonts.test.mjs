// The fonts that the build cut down, in a real browser.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root, site } from './support.mjs';

const { test, open } = site();

// Any page of the site's origin; a text file names no icon, so the browser asks for the default one.
const plainText = { path: 'fonts/inter-licence.txt', ready: false, allow: /favicon/ };

// Every character that assets/fonts/characters.txt promises but white space.
async function promisedCharacters() {
  const text = await readFile(path.join(root, 'assets', 'fonts', 'characters.txt'), 'utf8');
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('#')) return [];
    const range = /^U\+([0-9A-F]+)-([0-9A-F]+)$/.exec(line);
    if (!range) return [...line].filter((character) => character.trim());
    const [first, last] = [parseInt(range[1], 16), parseInt(range[2], 16)];
    return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
  });
}

for (const name of ['inter-regular', 'inter-semibold']) {
  test(`fonts: ${name} loads, its figures are of one width`, async () => {
    const page = await open(plainText);
    const widths = await page.evaluate(async (url) => {
      const font = await new FontFace('candidate', `url(${url})`).load();
      document.fonts.add(font);
      const canvas = document.createElement('canvas').getContext('2d');
      canvas.font = '100px candidate';
      return [...'0123456789'].map((digit) => canvas.measureText(digit).width);
    }, `/fonts/${name}.ttf`);
    assert.equal(new Set(widths).size, 1, String(widths));
    assert.ok(widths[0] > 40 && widths[0] < 80, String(widths));
  });

  test(`fonts: ${name} draws every promised character`, async () => {
    const page = await open(plainText);
    const characters = (await promisedCharacters()).filter((c) => !/[\s\u00a0\u00ad]/.test(c));
    assert.ok(characters.length > 200);
    const empty = await page.evaluate(async ([url, list]) => {
      document.fonts.add(await new FontFace('candidate', `url(${url})`).load());
      const canvas = new OffscreenCanvas(48, 48).getContext('2d', { willReadFrequently: true });
      const image = (text, font) => {
        canvas.clearRect(0, 0, 48, 48);
        canvas.font = font;
        canvas.fillText(text, 8, 34);
        return canvas.getImageData(0, 0, 48, 48).data.join();
      };
      const blank = image('', '24px candidate');
      const missing = image('\u{10FFFF}', '24px candidate');
      return list.filter((c) => [blank, missing].includes(image(c, '24px candidate')));
    }, [`/fonts/${name}.ttf`, characters]);
    assert.deepEqual(empty, []);
  });
}
