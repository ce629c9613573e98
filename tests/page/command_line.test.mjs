// The page and the command line are two roads over one engine: they must agree.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { lensJson, photo } from '../cli/lens.mjs';
import { site } from './support.mjs';

const { test, open } = site({ timeout: 400_000 });

const lossless = ['bird.bmp', 'cat.bmp', 'chelsea.png', 'coffee.png'];
const variants = [['v1', 1, 224], ['v1', 0.75, 224], ['v1', 0.75, 192], ['v1', 0.25, 128], ['v2', 1, 224], ['v3-small', 1, 224]];

// The probability of every class, by class.
function ofThePage(page, [model, width, resolution]) {
  return page.evaluate(async (changes) => {
    await window.lens.select(changes);
    return window.lens.predictions(1000).map(({ class: id, probability }) => [id, probability]);
  }, { model, width, resolution });
}

async function ofTheCommandLine(name, [model, width, resolution]) {
  const answer = await lensJson(['classify', photo(name), '--model', model, '--width', `${width}`,
    '--resolution', `${resolution}`, '--top', '1000', '--json']);
  return answer.top.map(({ class: id, probability }) => [id, probability]);
}

test('page: agrees with the command line within 0.001 on every lossless photo', async () => {
  const page = await open();
  for (const name of lossless) {
    await page.evaluate(async ([fileName, text]) => {
      const data = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      await window.lens.load(new File([data], fileName));
    }, [name, (await readFile(photo(name))).toString('base64')]);
    for (const variant of variants) {
      const expected = new Map(await ofTheCommandLine(name, variant));
      const found = await ofThePage(page, variant);
      assert.equal(found.length, 1000);
      for (const [id, probability] of found) {
        const difference = Math.abs(probability - expected.get(id));
        assert.ok(difference <= 0.001, `${name}, ${variant}: class ${id} off by ${difference}`);
      }
    }
  }
});
