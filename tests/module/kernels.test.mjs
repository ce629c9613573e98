// The engine's own C++ tests, every build of them, in Chromium: SIMD kernels against the reference, int8
// on what this browser's dot product does, whole networks, threads.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { chromiumFlags } from '../../script/chromium.mjs';
import { serve } from '../../script/serve.mjs';
import { root } from '../page/support.mjs';

const binaries = (preset) => path.join(root, 'build', preset, 'bin');
const isBuilt = existsSync(path.join(binaries('web'), 'test_engine_page.js'));

let browser;
before(async () => {
  if (isBuilt) browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
});
after(() => browser?.close());

// Runs in the page: the program's exit status and what it prints.
function runTests(options) {
  return new Promise((resolve) => {
    const lines = [];
    const print = (line) => lines.push(line);
    window.Module = { arguments: options, print, printErr: print, onExit: (status) => resolve({ status, lines }) };
    const script = document.createElement('script');
    script.src = '/test_engine_page.js';
    script.onerror = () => resolve({ status: -1, lines: ['no test_engine_page.js'] });
    document.documentElement.append(script);
  });
}

for (const preset of ['web', 'web-relaxed', 'web-relaxed-threads']) {
  test(`kernels: the engine's tests pass in Chromium, ${preset}`,
    { skip: !isBuilt && 'no WebAssembly tests in build/web/bin', timeout: 600_000 }, async () => {
      const server = await serve(binaries(preset));
      const page = await browser.newPage();
      try {
        await page.goto(`${server.url}test_engine_page.js`);
        assert.ok(await page.evaluate(() => crossOriginIsolated));
        const { status, lines } = await page.evaluate(runTests, ['--order', 'rand', '--warn', 'NoAssertions', '--use-colour', 'no']);
        assert.equal(status, 0, lines.slice(-60).join('\n'));
        assert.match(lines.join('\n'), /All tests passed \(\d{5,} assertions in \d{2,} test cases\)/);
      } finally {
        await page.close();
        await server.close();
      }
    });
}
