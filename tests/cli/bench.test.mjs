// `lens bench`: every kernel and network is measured.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { lens } from './lens.mjs';

test('bench lists kernels and all four networks with their part of the peak', async () => {
  const { status, out } = await lens(['bench', '--ms', '5']);
  assert.equal(status, 0);
  assert.ok(Number(/^peak of one thread, four lanes: ([\d.]+) GMAC\/s/.exec(out)[1]) > 0);
  const lines = out.trim().split('\n').filter((line) => line.endsWith('%'));
  const first = lines.map((line) => line.split(/ {2,}/)[0]);
  for (const title of ['stem', 'pointwise', 'depthwise', 'dense', 'V1', 'V2', 'V3-Small', 'V3-Large']) {
    assert.ok(first.includes(title), title);
  }
  const v2 = lines.find((line) => line.startsWith('V2'));
  assert.match(v2, /300\.77 M/);
});

test('bench refuses a time that is none', async () => {
  const { status, err } = await lens(['bench', '--ms', 'soon']);
  assert.equal(status, 2);
  assert.match(err, /--ms soon is not a number/);
});
