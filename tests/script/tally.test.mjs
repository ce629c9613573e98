// script/tally.py: what a run of tests is counted as, above all when it went wrong.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../script/tally.py', import.meta.url));
let folder;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lens-tally-'));
});

after(() => rm(folder, { recursive: true }));

async function tally(name, text, status) {
  const report = path.join(folder, name);
  await writeFile(report, text);
  return execFileSync(script, [report, String(status)], { encoding: 'utf8' }).trim();
}

const program = (status, output) =>
  `<testcase name="x" status="${status}"><system-out>${output}</system-out></testcase>`;

const junit = (...programs) => `<testsuite>${programs.join('')}</testsuite>`;

test('tally: the test cases of every Catch2 program are counted', async () => {
  const text = junit(
    program('run', 'All tests passed (1 assertion in 1 test case)'),
    program('run', '====\nAll tests passed (463 assertions in 22 test cases)\n'),
  );
  assert.equal(await tally('a.xml', text, 0), '23 0');
});

test('tally: failed test cases, with and without passed ones', async () => {
  const text = junit(
    program('fail', 'x\ntest cases: 12 | 10 passed | 2 failed\nassertions: 5'),
    program('fail', 'test cases: 1 | 1 failed'),
  );
  assert.equal(await tally('b.xml', text, 8), '10 3');
});

test('tally: a program that crashed or never started has failed', async () => {
  const text = junit(program('fail', 'Segmentation fault'), program('notrun', ''));
  assert.equal(await tally('c.xml', text, 8), '0 2');
});

test("tally: node's TAP, a timed-out test counts as failed", async () => {
  const text = 'ok 1 - a\n# tests 5\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n';
  assert.equal(await tally('d.log', text, 1), '3 2');
});

test('tally: an exit status that says failure is believed', async () => {
  assert.equal(await tally('e.log', '# pass 3\n# fail 0\n', 1), '3 1');
  assert.equal(await tally('f.xml', 'not XML', 0), '0 1');
});
