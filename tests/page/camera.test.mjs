// The live camera, with the pictures that Chromium makes up for tests.
import assert from 'node:assert/strict';
import { site } from './support.mjs';

const { test, open } = site({
  timeout: 400_000,
  flags: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});

const state = (page) => page.evaluate(() => window.lens.state());
const toggle = (page) => page.evaluate(() => document.getElementById('twin-camera').click());
const results = (page, count) => page.evaluate((wanted) => new Promise((resolve) => {
  let seen = 0;
  const stop = window.lens.on('prediction', (now) => {
    if (now.image.name !== 'camera' || ++seen < wanted) return;
    stop();
    resolve(now);
  });
}), count);

async function openWithCamera() {
  const page = await open({ hash: '#model=v3-small' });
  const coming = results(page, 4);
  await toggle(page);
  return { page, live: await coming };
}

const tracksOf = (page) => page.evaluate(() => document.getElementById('camera').srcObject?.getTracks().length ?? 0);

test('camera: nothing is asked before the click, then every picture runs', async () => {
  const asked = (page) => page.evaluate(() => window.asked);
  const page = await open({
    hash: '#model=v3-small',
    before: (p) => p.addInitScript(() => {
      window.asked = 0;
      const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (wanted) => { ++window.asked; return original(wanted); };
    }),
  });
  assert.equal(await asked(page), 0);
  const coming = results(page, 4);
  await toggle(page);
  const live = await coming;
  assert.equal(await asked(page), 1);
  assert.equal(live.camera, true);
  assert.ok(live.cameraFrameMs > 0 && live.ms > 0);
  assert.deepEqual([live.image.width, live.image.height], [640, 480]);
});

test('camera: stopped, it keeps the last picture and draws nothing more', async () => {
  const { page } = await openWithCamera();
  await toggle(page);
  await page.waitForFunction(() => !window.lens.state().camera && !window.lens.state().busy);
  assert.equal(await tracksOf(page), 0);
  assert.equal((await state(page)).image.name, 'camera');
  await page.waitForTimeout(500);
  const before = await page.evaluate(() => window.lens.frames());
  await page.waitForTimeout(1000);
  assert.equal(await page.evaluate(() => window.lens.frames()), before);
  // The picture is a photo like any other now, for models of any resolution.
  const small = await page.evaluate(() => window.lens.select({ model: 'v1', width: 0.25, resolution: 128 }));
  assert.deepEqual([small.image.name, small.resolution], ['camera', 128]);
});

test('camera: the Escape key, a photo and a hidden tab stop it', async () => {
  const { page } = await openWithCamera();
  await page.locator('#canvas').press('Escape');
  await page.waitForFunction(() => !window.lens.state().camera);

  const again = results(page, 1);
  await toggle(page);
  await again;
  const photo = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(32, 32);
    canvas.getContext('2d').fillRect(0, 0, 16, 16);
    return window.lens.load(await canvas.convertToBlob(), 'drawn.png');
  });
  assert.deepEqual([photo.camera, photo.image.name], [false, 'drawn.png']);
  assert.equal(await tracksOf(page), 0);

  const third = results(page, 1);
  await toggle(page);
  await third;
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.waitForFunction(() => !window.lens.state().camera);
});

test('camera: denied or absent, one plain sentence and the result stays', async () => {
  for (const [name, sentence] of [['NotAllowedError', /not allowed/], ['NotFoundError', /no camera/]]) {
    const page = await open({
      hash: '#model=v3-small',
      before: (p) => p.addInitScript((error) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('x', error));
      }, name),
    });
    await toggle(page);
    await page.waitForFunction(() => window.lens.state().error);
    const now = await state(page);
    assert.match(now.error, sentence);
    assert.deepEqual([now.camera, now.image.name], [false, 'bird.bmp']);
  }
});

test('camera: the page goes on drawing while pictures run', async () => {
  const { page } = await openWithCamera();
  const worst = await page.evaluate(() => new Promise((resolve) => {
    const gaps = [];
    let last = performance.now();
    const tick = (now) => {
      gaps.push(now - last);
      last = now;
      if (gaps.length < 60) requestAnimationFrame(tick);
      else resolve(gaps.sort((a, b) => a - b)[30]);
    };
    requestAnimationFrame(tick);
  }));
  // Work comes in slices of 8 ms, whatever a whole run takes; the rest is this machine's drawing.
  assert.ok(worst < 250, `half of the frames came after more than ${worst} ms`);
});
