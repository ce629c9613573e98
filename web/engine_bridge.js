// Calls into the WebAssembly side (src/app/main.cpp). Memory is lent for the length of a call.
import {withBytes} from './memory.js';

export class Bridge {
  constructor(module) {
    this.module = module;
  }

  withBytes(arrays, f) {
    return withBytes(this.module, arrays, f);
  }

  withText(texts, f) {
    const encoder = new TextEncoder();
    return this.withBytes(texts.map((text) => encoder.encode(`${text}\0`)), f);
  }

  json(pointer) {
    return JSON.parse(this.module.UTF8ToString(pointer));
  }

  build(variant) {
    this.withText([variant], (p) => this.module._lens_build(p));
  }
  threads(count) {
    this.module._lens_threads(count);
  }
  open(dark) {
    return this.json(this.module._lens_open(dark ? 1 : 0));
  }
  fonts(regular, semibold) {
    this.withBytes([regular, semibold], (a, b) => this.module._lens_fonts(a, regular.length, b, semibold.length));
  }
  labels(bytes) {
    return this.withBytes([bytes], (p) => this.json(this.module._lens_labels(p, bytes.length)));
  }
  samples(photos) {
    const lines = photos.map((photo) => `${photo.name}\t${photo.title ?? photo.name}`).join('\n');
    this.withText([lines], (p) => this.module._lens_samples(p));
  }
  start(hash) {
    this.withText([hash], (p) => this.module._lens_start(p));
  }
  // live: a picture of the camera.
  photo(name, {width, height, rgba}, live = false) {
    return this.withText([name], (n) => this.withBytes(
        [rgba], (p) => this.json(this.module._lens_photo(n, p, width, height, live ? 1 : 0))));
  }
  camera(on) {
    this.module._lens_camera(on ? 1 : 0);
  }
  trayPhoto(id, name, {width, height, rgba}) {
    this.withText([name], (n) => this.withBytes(
        [rgba], (p) => this.module._lens_tray_photo(id, n, p, width, height)));
  }
  trayPhotoFailed(id, message, hint) {
    this.withText([message, hint], (m, h) => this.module._lens_tray_photo_failed(id, m, h));
  }
  modelFiles([first, second = new Uint8Array()]) {
    this.withBytes([first, second], (a, b) => this.module._lens_model_files(a, first.length, b, second.length));
  }
  modelFailed(message, hint) {
    this.withText([message, hint], (m, h) => this.module._lens_model_failed(m, h));
  }
  ownFiles(name, [first, second = new Uint8Array()]) {
    return this.withText([name], (n) => this.withBytes([first, second], (a, b) => this.json(
        this.module._lens_own_files(n, a, first.length, b, second.length))));
  }
  error(message, hint) {
    this.withText([message, hint], (m, h) => this.module._lens_error(m, h));
  }
  select(request) {
    return this.withText([request], (p) => this.json(this.module._lens_select(p)));
  }
  // Why the last request was refused once its model had come: {error}.
  refused() {
    return this.json(this.module._lens_refused());
  }
  intervene(request) {
    return this.withText([request], (p) => this.json(this.module._lens_intervene(p)));
  }
  table(name) {
    return this.withText([name], (p) => this.json(this.module._lens_table(p)));
  }
  demo(name, parameters) {
    return this.withText([name, parameters], (n, p) => this.json(this.module._lens_demo(n, p)));
  }
  key(key, shift) {
    return this.withText([key], (p) => this.module._lens_key(p, shift ? 1 : 0)) !== 0;
  }
  state() {
    return this.json(this.module._lens_state());
  }
  graph() {
    return this.json(this.module._lens_graph());
  }
  predictions(count) {
    return this.json(this.module._lens_predictions(count));
  }
  explain(node, y, x, channel) {
    // The text carries floats at their shortest; as floats they equal activations() bit for bit.
    const exact = (key, value) => (typeof value === 'number' ? Math.fround(value) : value);
    return this.withText([node], (p) => JSON.parse(
        this.module.UTF8ToString(this.module._lens_explain(p, y, x, channel)), exact));
  }
  permalink() {
    return this.module.UTF8ToString(this.module._lens_permalink());
  }
  // A copy of the floats of a tensor that lie at `pointer`.
  tensor(shape, pointer) {
    const count = shape.reduce((a, b) => a * b, 1);
    return {shape, data: new Float32Array(this.module.HEAPU8.slice(pointer, pointer + 4 * count).buffer)};
  }
  // A copy of a layer's values, or null before the first run.
  activations(node) {
    const layer = this.graph().find((candidate) => candidate.name === node);
    const pointer = layer && this.withText([node], (p) => this.module._lens_activations(p));
    return pointer ? this.tensor(layer.shape, pointer) : null;
  }
  // Copies of a layer's filter and bias, or {error}.
  weights(node) {
    return this.withText([node], (p) => {
      const {error, filter, bias} = this.json(this.module._lens_weights(p));
      if (error) return {error};
      return {filter: this.tensor(filter.shape, this.module._lens_weight_data(p, 0)),
              bias: this.tensor(bias.shape, this.module._lens_weight_data(p, 1))};
    });
  }
}
