// script/bench_table.mjs: what stands in the README's table of measurements.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withMacs } from '../../script/bench_profile.mjs';
import { answersTable, fileNote, isNoisy, profileTable, replaceTable, speedTable } from '../../script/bench_table.mjs';

const row = {
  model: 'v1', precision: 'float32', threads: 1, ours: 20, foreign: 0.02, quiet: true, wrong: [],
  peers: { litert: 40, 'tfjs-wasm': 45.126 }, fastest: { contender: 18, litert: 30 },
};
const about = { date: '2026-11-25', machine: 'a CPU', chromium: 'Chromium 156', commit: 'abc1234' };

test('bench: a row has our time, the peers\' and the ratios; a missing peer is a dash', () => {
  const [, , line] = speedTable([row]).split('\n');
  assert.equal(line, '| V1 float32, 1 thread | **20.00** | 40.00 | 45.13 | – | 0.50 | 0.72 | 0.60 |');
});

test('bench: with one and two threads on V1 the table says how much faster two are', () => {
  assert.doesNotMatch(speedTable([row]), /times as fast/);
  const both = speedTable([row, { ...row, threads: 2, ours: 12.5 }]);
  assert.match(both, /V1 in float32 is 1\.60 times as fast on two threads as on one \(goal 1\.6\)/);
  assert.match(both, /\| V1 float32, 2 threads \|.* \| 1\.00 \| 0\.60 \|/);
});

test('bench: a contender with wrong results is named in its row', () => {
  assert.match(speedTable([{ ...row, wrong: ['ort-web'] }]), /V1 float32, 1 thread \(wrong: ort-web\)/);
});

test('bench: a noisy machine is said so, a quiet one is not', () => {
  assert.ok(!isNoisy([row]));
  assert.doesNotMatch(fileNote(about, [row]), /noisy/);
  assert.match(fileNote(about, [row, { ...row, foreign: 1.26 }]), /noisy.*up to 1\.3 cores/);
  assert.ok(isNoisy([{ ...row, threads: 2, quiet: false }]));
  assert.match(fileNote(about, [{ ...row, ours: 27 }]), /a median was up to 1\.5 times its fastest tenth/);
});

test('bench: a what-if is set beside its run and two frames, a step beside 100 ms', () => {
  const lines = answersTable({
    whatIfs: [{ model: 'v3-small', run: 10, shown: 31.4 }], steps: [{ view: 'embedding', shown: 40 }],
  }).split('\n');
  assert.equal(lines[2], '| a what-if of all of V3-Small, which runs in 10 | 31 | 43 |');
  assert.equal(lines[3], '| a step in the panel embedding | 40 | 100 |');
});

test('bench: the table goes between its markers and nothing else changes', () => {
  const readme = 'a\n<!-- script/bench writes from here -->\nold\n<!-- to here -->\nb\n';
  const once = replaceTable(readme, 'new');
  assert.equal(once, 'a\n<!-- script/bench writes from here -->\nnew\n<!-- to here -->\nb\n');
  assert.equal(replaceTable(once, 'new'), once);
  assert.throws(() => replaceTable('no markers', 'new'), /lacks/);
});

test('bench: a profile has the time and speed of each kind of layer, and what the machine could do', () => {
  const layers = [
    { op: 'conv', kernel: 3, macs: 1e8, ms: 4 }, { op: 'depthwise', kernel: 3, macs: 5e7, ms: 5 },
    { op: 'conv', kernel: 1, macs: 2e8, ms: 8 }, { op: 'conv', kernel: 1, macs: 2e8, ms: 2 },
    { op: 'add', macs: 0, ms: 1 }, { op: 'dense', macs: 1e7, ms: 0.5 },
  ];
  const nets = [
    { model: 'v2', precision: 'float32', layers, peakBytes: 41_200_000 },
    { model: 'v1', precision: 'int8', layers, peakBytes: 9_960_000 },
  ];
  const table = profileTable({ nets, peaks: { float32: 56, dot8: 0, dot16: 112 } });
  const row = (name) => table.split('\n').find((text) => text.startsWith(`| ${name} `));
  assert.equal(row('pointwise'), '| pointwise | 10.00 (40, 71 %) | 10.00 (40, 36 %) |');
  assert.equal(row('depthwise'), '| depthwise | 5.00 (10, 18 %) | 5.00 (10, 9 %) |');
  assert.equal(row('the rest'), '| the rest | 1.00 | 1.00 |');
  assert.equal(row('all'), '| all | **20.50 (27, 49 %)** | **20.50 (27, 24 %)** |');
  assert.equal(row('its MACs at the best'), '| its MACs at the best | 10.00 | 5.00 |');
  assert.equal(row('peak of a run, MB'), '| peak of a run, MB | 41.2 | 10.0 |');
});

test('bench: multiply-accumulates of a layer follow from its shape and its input', () => {
  const graph = [
    { name: 'input', op: 'input', kernel: 1, inputs: [], shape: [8, 8, 3] },
    { name: 'stem', op: 'conv', kernel: 3, inputs: ['input'], shape: [4, 4, 16] },
    { name: 'depthwise', op: 'depthwise', kernel: 3, inputs: ['stem'], shape: [4, 4, 16] },
    { name: 'add', op: 'add', kernel: 1, inputs: ['stem', 'depthwise'], shape: [4, 4, 16] },
    { name: 'logits', op: 'dense', kernel: 1, inputs: ['add'], shape: [1, 1, 10] },
  ];
  assert.deepEqual(withMacs(graph).map(({ macs }) => macs), [0, 256 * 27, 256 * 9, 0, 160]);
});
