// window.lens, the page's public interface: what screen readers' helpers, page tests, embedding
// pages and teachers' scripts use. A call that changes something moves the visible state too.
import {PlainError} from './assets.js';

const kSelectable = ['model', 'width', 'resolution', 'precision', 'node', 'channel', 'cell', 'view', 'language'];

function checked(answer) {
  if (answer.error) throw new PlainError(answer.error.message, answer.error.hint);
  return answer;
}

// One item of intervene() as the line that src/app/intervene_request.h reads.
function interventionLine({node, activation, gates, channel, silence}) {
  if (/\s/.test(node)) throw new PlainError(`intervene: there is no layer "${node}".`);
  if (activation !== undefined) return `activation ${node} ${activation}`;
  if (gates !== undefined) return `gates ${node} ${gates}`;
  if (silence) return `silence ${node} ${channel}`;
  throw new PlainError('intervene: an item needs activation, gates, or a channel with silence: true.');
}

export class LensApi {
  #bridge;
  #frames;
  #takeFiles;
  #listeners = new Map();

  // takeFiles(list of {blob, name}): a photo or a model; throws a PlainError.
  constructor(bridge, frames, takeFiles) {
    this.#bridge = bridge;
    this.#frames = frames;
    this.#takeFiles = takeFiles;
    this.ready = new Promise((resolve) => {
      const stop = this.on('prediction', () => { stop(); this.#frames.settled().then(resolve); });
    });
  }

  state() { return this.#bridge.state(); }

  async load(blob, name = blob?.name ?? 'image') {
    if (!(blob instanceof Blob)) throw new PlainError('load() takes a Blob or a File.');
    await this.#takeFiles([{blob, name}]);
    await this.#frames.settled();
    return this.state();
  }

  // As state() names it: {model, width, resolution, precision, node, channel, cell, view, language}, any
  // of them. channel: -1 shows all. cell: [row, column] of the layer's maps pins that one, null none.
  // What does not exist is refused, and nothing changes.
  async select(changes) {
    const unknown = Object.keys(changes).find((key) => !kSelectable.includes(key));
    if (unknown) throw new PlainError(`select: there is nothing called "${unknown}".`);
    const request = Object.entries(changes).map(([key, value]) => {
      const text = String(value ?? '');
      if (/[&=\0]/.test(text)) throw new PlainError(`select: ${key} cannot be "${text}".`);
      return `${key}=${text}`;
    });
    checked(this.#bridge.select(request.join('&')));
    await this.#frames.settled();
    checked(this.#bridge.refused());  // of a model that had yet to come nobody knew whether it has int8
    const state = this.state();
    if (changes.precision && state.precision !== changes.precision) {
      throw new PlainError(state.noInt8 ?? 'Something else has been chosen meanwhile.', 'Leave precision out.');
    }
    return state;
  }

  async intervene(list) {
    const before = this.predictions();
    checked(this.#bridge.intervene(list.map(interventionLine).join('\n')));
    await this.#frames.settled();
    return {before, after: this.predictions()};
  }

  table(name) { return checked(this.#bridge.table(String(name))); }

  // parameters: numbers, names, or lists (of pairs) of numbers.
  demo(name, parameters = {}) {
    const request = Object.entries(parameters).map(([key, value]) => {
      const text = String(value);
      if (/[&=\0]/.test(key + text)) throw new PlainError(`demo: ${key} cannot be "${text}".`);
      return `${key}=${text}`;
    });
    return checked(this.#bridge.demo(String(name), request.join('&')));
  }

  predictions(count = 5) { return this.#bridge.predictions(count); }
  graph() { return this.#bridge.graph(); }

  activations(node) {
    const result = this.#bridge.activations(node);
    if (!result) throw new PlainError(`There are no values of a layer "${node}".`, 'graph() lists the layers.');
    return result;
  }

  // Copies of a layer's filter and bias, as the file has them (batch-norm folded in, dequantized).
  weights(node) {
    const {filter, bias} = checked(this.#bridge.weights(String(node)));
    return {filter, bias};
  }

  explain({node, y, x, channel}) { return checked(this.#bridge.explain(String(node), y, x, channel)); }
  permalink() { return `${location.origin}${location.pathname}#${this.#bridge.permalink()}`; }
  frames() { return this.#bridge.module._lens_frames(); }

  on(event, listener) {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
    this.#listeners.get(event).add(listener);
    return () => this.#listeners.get(event).delete(listener);
  }

  // For the shell.
  emit(event, detail) {
    this.#listeners.get(event)?.forEach((listener) => listener(detail));
  }
}
