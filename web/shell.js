// Start-up, and the page's half of the contract with the C++ side (src/platform/shell.h).
import {Ahead} from './ahead.js';
import {LensApi} from './api.js';
import {PlainError, loadFile} from './assets.js';
import {Camera} from './camera.js';
import {Bridge} from './engine_bridge.js';
import {Frames} from './frames.js';
import {listen} from './input.js';
import {decodePhoto, isModelFile} from './photos.js';
import {cutOut, download} from './save.js';
import {Twin} from './twin.js';
import {loadVariant, supportedVariants, threadsOf} from './variant.js';

const kCameraPhoto = 'camera';
const kTwinPauseMs = 2000;  // between the camera's results in the text version, which is read aloud
// How long a visitor looks at an empty page for the sake of the first prediction: until all that it
// needs is here, and then until it is made.
const kSoonMs = 300;
const kRunMs = 1000;
const find = (id) => document.getElementById(id);

function fail(message, hint = '') {
  find('starting').hidden = true;
  find('failure-message').textContent = message;
  find('failure-hint').textContent = hint;
  find('failure').hidden = false;
}

async function bytesAt(url) {
  const response = await fetch(url);
  if (!response.ok) throw new PlainError(`${url} is missing from this site.`, 'Reload the page.');
  return new Uint8Array(await response.arrayBuffer());
}

class Shell {
  constructor() {
    this.latestPhoto = 0;
    this.latestModel = 0;
    this.toldAt = 0;
    this.untold = new Map();  // what the text version is going to be told, by event; null: it is told at once
  }

  // Before anything is asked of it.
  connect(ahead, bridge, frames, api, twin) {
    const {models, photos} = ahead.manifest;
    Object.assign(this, {ahead, models, photos, bridge, frames, api, twin});
    this.camera = new Camera(find('camera'), {
      take: (pixels, live) => this.showPhoto(kCameraPhoto, pixels, live),
      busy: () => bridge.module._lens_busy() !== 0,
      changed: (on) => {
        bridge.camera(on);
        twin.showCamera(on);
        frames.wake();
      },
    });
    find('twin-camera').addEventListener('click', () => this.toggleCamera());
  }

  // --- what the C++ side asks for

  async requestModel(id, width, resolution) {
    const order = ++this.latestModel;
    const entry = this.models.find(
        (model) => model.model === id && model.width === width && model.resolution === resolution);
    let outcome;
    try {
      if (!entry) throw new PlainError('', '');  // none is published: the banner says it all
      const files = await this.ahead.modelFiles(entry, (received, total) => {
        if (order !== this.latestModel) return;
        this.bridge.module._lens_model_progress(received, total);
        this.api.emit('progress', {received, total});
        this.frames.wake(1);
      });
      outcome = () => this.bridge.modelFiles(files);
    } catch (error) {
      outcome = () => this.bridge.modelFailed(error.message, error.hint ?? '');
    }
    if (order !== this.latestModel) return;  // another model has been chosen meanwhile
    outcome();
    this.frames.wake();
  }

  requestSample(index) {
    this.takeSample(this.photos[index]).catch((error) => this.report(error));
  }

  // The photo on the screen stays: this one goes to the tray of compared photos.
  async requestTraySample(index, id) {
    const photo = this.photos[index];
    try {
      const bytes = await loadFile(photo, 'photos');
      this.bridge.trayPhoto(id, photo.name, await decodePhoto(new Blob([bytes]), photo.name));
    } catch (error) {
      this.bridge.trayPhotoFailed(id, error.message, error.hint ?? '');
    }
    this.frames.wake();
  }

  openPicker() {
    find('picker').click();
  }

  event(name, detail) {
    this.api.emit(name, name === 'error' ? detail.error : detail);
    if (this.untold) this.untold.set(name, detail);
    else this.tellTwin(name, detail);
  }

  tellTwin(name, detail) {
    if (name === 'prediction') this.showInTwin(detail);
    if (name === 'selection') this.twin.showSelection(detail);
    if (name === 'error') this.twin.showError(detail.error);
  }

  // From here on the text version follows at once. Before the first picture it would hold that up: it
  // asks for all layers, and lays out a page of text.
  beginTelling() {
    const untold = this.untold ?? [];
    this.untold = null;
    for (const [name, detail] of untold) this.tellTwin(name, detail);
  }

  showInTwin(state) {
    // Not in here: the C++ side is in the middle of showing this result.
    queueMicrotask(() => this.camera.offer());
    if (this.camera.on && performance.now() - this.toldAt < kTwinPauseMs) return;
    this.toldAt = performance.now();
    this.twin.showPrediction(state);
  }

  toggleCamera() {
    queueMicrotask(() => {
      if (this.camera.on) this.camera.stop();
      else this.camera.start().catch((error) => this.report(error));
    });
  }

  setHash(text) {
    history.replaceState(null, '', `#${text}`);
  }

  saveText(name, type, text) {
    download(new Blob([text], {type}), name);
  }

  savePicture(name, box) {
    this.frames.capture(box).then((blob) => download(blob, name));
  }

  rememberTheme(dark) {
    try {
      localStorage.setItem('theme', dark ? 'dark' : 'light');
    } catch {
      // private mode: not remembered
    }
  }

  // --- what the visitor brings

  report(error) {
    this.bridge.error(error.message, error.hint ?? '');
    this.frames.wake();
  }

  async takeSample(photo) {
    const bytes = await loadFile(photo, 'photos');
    await this.takePhoto(photo.name, decodePhoto(new Blob([bytes]), photo.name));
  }

  // decoding: the pixels, promised.
  async takePhoto(name, decoding) {
    const order = ++this.latestPhoto;
    const pixels = await decoding;
    if (order !== this.latestPhoto) return;  // a newer one has overtaken it
    this.camera.stop({keep: false});
    this.showPhoto(name, pixels);
  }

  showPhoto(name, pixels, live = false) {
    const answer = this.bridge.photo(name, pixels, live);
    if (answer.error) throw new PlainError(answer.error.message, answer.error.hint);
    this.frames.wake(live ? 0 : undefined);
  }

  // A photo, or a model's one or two files.
  async takeFiles(files) {
    const models = [];
    for (const file of files) {
      if (await isModelFile(file.blob, file.name)) models.push(file);
    }
    if (!models.length) {
      const [{blob, name}] = files;
      return this.takePhoto(name, decodePhoto(blob, name));
    }
    const bytes = await Promise.all(models.slice(0, 2).map(
        async ({blob}) => new Uint8Array(await blob.arrayBuffer())));
    const answer = this.bridge.ownFiles(models[0].name, bytes);
    if (answer.error) throw new PlainError(answer.error.message, answer.error.hint);
    this.frames.wake();
  }
}

function prefersDark() {
  try {
    return localStorage.getItem('theme') === 'dark';
  } catch {
    return false;
  }
}

// A lost WebGL context takes every picture with it: drawing stops, and once the context is back the
// page starts again from its link, with the same model, layer and panel.
function surviveContextLoss(canvas, frames) {
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    frames.stopped = true;
  });
  canvas.addEventListener('webglcontextrestored', () => location.reload());
}

// The best build that loads. ?build=simd|relaxed|relaxed-threads and ?threads=N override the choice, for
// tests and for showing the difference.
async function loadBuild(options) {
  const query = new URLSearchParams(location.search);
  const variants = await supportedVariants(query.get('build'));
  if (!variants.length) {
    throw new PlainError('This browser cannot run WebAssembly SIMD, which the networks need.',
                         'Use a current Chrome, Edge, Firefox or Safari.');
  }
  let failure;
  for (const variant of variants) {
    try {
      const module = await loadVariant('lens', variant, options);
      const threads = threadsOf(variant);
      return {module, variant, threads: Math.max(1, Math.min(threads, Number(query.get('threads')) || threads))};
    } catch (error) {
      console.warn(`The ${variant} build does not load here: ${error.message}`);
      failure = error;
    }
  }
  throw failure;
}

// In a browser that has just begun to draw, a canvas takes as long to open as the whole first
// prediction, which needs none. So if all that it needs is here, it comes first; if not, there is
// progress to be drawn.
// Resolves to whether it is made.
async function predictedInTime(ahead, predicted) {
  const late = (ms) => new Promise((resolve) => setTimeout(resolve, ms, 'late'));
  const soon = (promise, ms) => Promise.race([promise, late(ms)]).then((value) => value !== 'late', () => false);
  return await soon(ahead.arrived, kSoonMs) && soon(predicted, kRunMs);
}

// The program, running but with nothing to draw on yet.
async function startProgram(shell, canvas) {
  const [ahead, {module, variant, threads}] =
      await Promise.all([Ahead.start(location.hash), loadBuild({canvas, shell})]);
  const bridge = new Bridge(module);
  bridge.build(variant);
  const frames = new Frames({
    draw: () => module._lens_frame() !== 0,
    work: (ms) => module._lens_work(ms),
    busy: () => module._lens_busy() !== 0,
    cut: (box) => cutOut(canvas, box),
  });
  const api = new LensApi(bridge, frames, (files) => shell.takeFiles(files).catch((error) => {
    shell.report(error);
    throw error;
  }));
  shell.connect(ahead, bridge, frames, api, new Twin(api));
  bridge.samples(shell.photos);
  window.lens = api;
  bridge.start(location.hash.slice(1));
  frames.wake();
  return {ahead, bridge, frames, api, threads};
}

async function takeFirstPhoto(shell, ahead, bridge) {
  await ahead.labels.then((bytes) => bridge.labels(bytes)).catch(() => {});
  if (ahead.first) shell.takePhoto(ahead.first.name, ahead.pixels).catch((error) => shell.report(error));
}

function followReducedMotion(module) {
  const stillness = matchMedia('(prefers-reduced-motion: reduce)');
  const follow = () => module._lens_reduced_motion(stillness.matches ? 1 : 0);
  stillness.addEventListener('change', follow);
  follow();
}

async function start() {
  const canvas = find('canvas');
  const shell = new Shell();
  const fonts = Promise.all(['regular', 'semibold'].map(
      (weight) => bytesAt(`fonts/inter-${weight}.ttf`).catch(() => new Uint8Array())));
  const {ahead, bridge, frames, api, threads} = await startProgram(shell, canvas);
  const predicted = new Promise((resolve) => api.on('prediction', resolve));
  takeFirstPhoto(shell, ahead, bridge);
  if (!await predictedInTime(ahead, predicted)) {
    shell.beginTelling();
    shell.twin.showSelection(api.state());  // what is to come
  }

  const {title} = document;  // may tell the prediction by now; SDL puts the window's own there
  const opened = bridge.open(prefersDark());
  document.title = title;
  if (opened.error) {
    shell.beginTelling();
    fail(opened.error.message, opened.error.hint);
    return;
  }
  bridge.fonts(...await fonts);
  followReducedMotion(bridge.module);
  listen({canvas, picker: find('picker'), bridge, frames,
          takeFiles: (files) => shell.takeFiles(files).catch((error) => shell.report(error))});
  surviveContextLoss(canvas, frames);
  find('starting').hidden = true;
  await frames.start();
  shell.beginTelling();
  // Not for the first run: a browser that compiles its code has no core to spare, and the run would wait
  // for workers that wait for one.
  bridge.threads(threads);
}

start().catch((error) => {
  console.error(error);
  fail(error instanceof PlainError ? error.message : 'MobileNet Lens could not start.',
       error.hint || 'Reload the page; if that does not help, try a current Chrome, Edge, Firefox or Safari.');
});
