// script/bench_table.mjs: what stands in the README's table of measurements.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileNote, isNoisy, replaceTable, speedTable } from '../../script/bench_table.mjs';

const row = {
  model: 'v1', precision: 'float32', threads: 1, ours: 20, foreign: 0.02, quiet: true, wrong: [],
  peers: { litert: 40, 'tfjs-wasm': 45.126 },
};
const about = { date: '2026-11-25', machine: 'a CPU', chromium: 'Chromium 156', commit: 'abc1234' };

test('bench: a row has our time, the peers\' and the ratio; a missing peer is a dash', () => {
  const [, , line] = speedTable([row]).split('\n');
  assert.equal(line, '| V1 float32, 1 thread | **20.00** | 40.00 | 45.13 | – | 0.50 |');
});

test('bench: a contender with wrong results is named in its row', () => {
  assert.match(speedTable([{ ...row, wrong: ['ort-web'] }]), /V1 float32, 1 thread \(wrong: ort-web\)/);
});

test('bench: a noisy machine is said so, a quiet one is not', () => {
  assert.ok(!isNoisy([row]));
  assert.doesNotMatch(fileNote(about, [row]), /noisy/);
  assert.match(fileNote(about, [row, { ...row, foreign: 1.26 }]), /noisy.*up to 1\.3 cores/);
  assert.ok(isNoisy([{ ...row, threads: 2, quiet: false }]));
});

test('bench: the table goes between its markers and nothing else changes', () => {
  const readme = 'a\n<!-- script/bench writes from here -->\nold\n<!-- to here -->\nb\n';
  const once = replaceTable(readme, 'new');
  assert.equal(once, 'a\n<!-- script/bench writes from here -->\nnew\n<!-- to here -->\nb\n');
  assert.equal(replaceTable(once, 'new'), once);
  assert.throws(() => replaceTable('no markers', 'new'), /lacks/);
});
