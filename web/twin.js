// The DOM twin of the canvas: what screen readers read and what works without a pointer.

const kModels = [['v1', 'V1'], ['v2', 'V2'], ['v3-small', 'V3-Small'], ['v3-large', 'V3-Large']];
const kPrecisions = [['float32', 'float32'], ['int8', 'int8']];
const find = (id) => document.getElementById(id);
const percent = (part) => `${(100 * part).toFixed(1)} %`;
// A probability of int8 is known in steps: a 0 may be anything below one.
const probabilityText = (part, step) => (part < step ? `< ${percent(step)}` : percent(part));

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function costTable(graph) {
  const table = document.createElement('table');
  const row = (cell, texts) => {
    const line = table.insertRow();
    texts.forEach((text) => line.append(element(cell, text)));
  };
  row('th', ['Layer', 'Output', 'MACs', 'Parameters', 'Bytes', 'ms']);
  for (const node of graph) {
    row('td', [node.name, node.shape.join(' × '), node.macs.toLocaleString('en'),
               node.parameters.toLocaleString('en'), node.bytes.toLocaleString('en'), node.ms?.toFixed(2) ?? '–']);
  }
  return table;
}

export class Twin {
  constructor(lens) {
    this.lens = lens;
    this.addChoices('model', kModels);
    this.addChoices('precision', kPrecisions);
    find('twin-layer').addEventListener('change', (event) => lens.select({node: event.target.value}).catch(() => {}));
    find('twin-cost').addEventListener('toggle', () => this.showCost());
  }

  // Radio buttons of a key of select().
  addChoices(key, choices) {
    for (const [value, title] of choices) {
      const label = element('label', ` ${title} `);
      const radio = Object.assign(document.createElement('input'), {type: 'radio', name: key, value});
      radio.addEventListener('change', () => this.lens.select({[key]: value}).catch(() => {}));
      label.prepend(radio);
      find(`twin-${key}s`).append(label);
    }
  }

  showCost() {
    const details = find('twin-cost');
    details.querySelector('table')?.remove();
    if (details.open) details.append(costTable(this.lens.graph()));
  }

  // The layers of the model on the screen; asked for once per model, for they are many. Before its
  // first run a model has the paper's classes, then those of its file.
  layersOf(state) {
    const key = [state.model, state.width, state.resolution, state.weights, state.ms === null].join(' ');
    if (key !== this.key || state.weights === 'own file') this.layers = this.lens.graph();
    this.key = key;
    return this.layers;
  }

  showModel(state) {
    for (const radio of document.querySelectorAll('#twin-models input')) radio.checked = radio.value === state.model;
    for (const radio of document.querySelectorAll('#twin-precisions input')) {
      radio.checked = radio.value === state.precision;
      radio.disabled = !state.precisions.includes(radio.value);
    }
    find('twin-no-int8').textContent = state.noInt8 ?? '';
    const before = this.layers;
    const layers = this.layersOf(state);
    if (layers !== before) find('twin-layer').replaceChildren(...layers.map(({name}) => element('option', name)));
    this.showCost();
  }

  showSelection(state) {
    this.showModel(state);
    find('twin-layer').value = state.node;
    const node = this.layers.find((candidate) => candidate.name === state.node);
    find('twin-layer-text').textContent = `${node.name}: ${node.role}, output ${node.shape.join(' × ')}, ` +
        `${node.macs.toLocaleString('en')} MACs, ${node.parameters.toLocaleString('en')} parameters.`;
  }

  showPrediction(state) {
    this.showSelection(state);
    find('twin-error').textContent = '';
    const share = ({probability}) => probabilityText(probability, state.probabilityStep ?? 0);
    const top = this.lens.predictions(5);
    find('twin-predictions').replaceChildren(
        ...top.map((one) => element('li', `${one.label}: ${share(one)}`)));
    const honesty = state.weights === 'untrained' ? ' Untrained weights: the prediction means nothing.' : '';
    find('twin-live').textContent = `MobileNet ${state.model} in ${state.precision}, ${state.image?.name ?? 'no photo'}: ` +
        `${top[0] ? `${top[0].label}, ${share(top[0])}` : 'no prediction'}. Layer ${state.node}.${honesty}`;
    document.title = top[0] ? `${top[0].label.split(',')[0]} – MobileNet Lens` : 'MobileNet Lens';
  }

  showCamera(on) {
    find('twin-camera').setAttribute('aria-pressed', String(on));
  }

  showError(error) {
    find('twin-error').textContent = [error.message, error.hint].filter(Boolean).join(' ');
  }
}
