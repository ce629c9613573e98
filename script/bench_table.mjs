// The tables that script/bench writes, from what it measured.
import { kindOf } from './bench_profile.mjs';

const titles = { v1: 'V1', v2: 'V2', v3_large: 'V3-Large', v3_small: 'V3-Small' };
const peers = { litert: 'LiteRT.js', 'tfjs-wasm': 'TF.js WASM', 'ort-web': 'ONNX Runtime Web' };

// Others took this much of one core on average: times suffer, ratios less.
const noisyCores = 0.15;

const number = (value, digits = 2) => (Number.isFinite(value) ? value.toFixed(digits) : '–');
const line = (cells) => `| ${cells.join(' | ')} |`;

// rows of cells -> Markdown; the first is the head, the first column is text, the others numbers.
function markdown([head, ...rows]) {
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}

// Of a median over its fastest tenth: a neighbour that no program here is, on the same core.
const noisySpread = 1.25;
const spread = ({ threads, ours, fastest }) => (threads === 1 ? ours / fastest.contender : 1);

export function isNoisy(rows) {
  return rows.some((row) => row.foreign > noisyCores || spread(row) > noisySpread || !row.quiet);
}

// Where, when and how; and whether to trust it.
export function fileNote({ date, machine, chromium, commit }, rows) {
  const most = Math.max(0, ...rows.map((row) => row.foreign));
  const widest = Math.max(1, ...rows.map(spread));
  const noise = isNoisy(rows)
    ? ` **The machine was noisy**: other programs took up to ${number(most, 1)} cores meanwhile, a median was `
      + `up to ${number(widest, 1)} times its fastest tenth; ratios hold better than times, and two threads suffer most.`
    : '';
  return `Measured ${date} at commit ${commit} on ${machine}, ${chromium}. Repeat with \`script/bench\`.${noise}`;
}

// What one thread may take of LiteRT.js's time; with more, no peer may be faster.
const bounds = {
  float32: { v1: 0.72, v2: 0.72, v3_large: 0.75, v3_small: 0.75 },
  int8: { v1: 0.85, v2: 0.85 },
};
const boundOf = ({ model, precision, threads }) => (threads === 1 ? bounds[precision]?.[model] : 1);

// How much faster V1 is on two threads than on one; empty where one of the two was not measured.
function speedup(rows) {
  const [one, two] = [1, 2].map((count) => rows.find(
    ({ model, precision, threads }) => model === 'v1' && precision === 'float32' && threads === count));
  return one && two ? ` V1 in float32 is ${number(one.ours / two.ours)} times as fast on two threads as on one (goal 1.6).` : '';
}

// ms per inference. row: {model, precision, threads, ours, peers: {name: ms}, fastest: {name: ms of the
// fastest tenth}, foreign, quiet, wrong}.
export function speedTable(rows) {
  const head = ['ms per inference', 'this engine', ...Object.values(peers), 'of LiteRT.js', 'goal', 'fastest tenths'];
  const body = rows.map((row) => [
    `${titles[row.model]} ${row.precision}, ${row.threads} thread${row.threads > 1 ? 's' : ''}`
      + (row.wrong.length ? ` (wrong: ${row.wrong.join(', ')})` : ''),
    `**${number(row.ours)}**`,
    ...Object.keys(peers).map((name) => number(row.peers[name])),
    number(row.ours / row.peers.litert),
    number(boundOf(row)),
    number(row.fastest.contender / row.fastest.litert),
  ]);
  const how = 'One thread: median of the on-CPU time, contenders taking turns in one page. More: median of '
    + 'the turns in which others took under 8 % of a core'
    + (rows.some((row) => row.threads > 1 && !row.quiet) ? ', or the minimum where there were too few' : '') + '. Of LiteRT.js: the ratio '
    + 'of these; at the end that of the fastest tenths, which a neighbour on the same core disturbs least.';
  return `${markdown([head, ...body])}\n\n${how}${speedup(rows)}`;
}

// Where one thread's time goes: what bench_profile.mjs has measured.
export function profileTable({ nets, peaks }) {
  const kinds = ['pointwise', 'depthwise', 'stem', 'dense', 'the rest'];
  const sums = ({ layers }, kind) => layers.filter((layer) => !kind || kindOf(layer) === kind)
    .reduce((sum, { ms, macs }) => ({ ms: sum.ms + ms, gmacs: sum.gmacs + macs / 1e9 }), { ms: 0, gmacs: 0 });
  const cell = (net, kind) => {
    const { ms, gmacs } = sums(net, kind);
    const rate = 1000 * gmacs / ms;
    return gmacs > 0 ? `${number(ms)} (${number(rate, 0)}, ${number(100 * rate / peakOf(net), 0)} %)` : number(ms);
  };
  const peakOf = ({ precision }) => (precision === 'int8' ? peaks.dot8 || peaks.dot16 : peaks.float32);
  const note = 'In brackets GMAC/s, and their share of the best of this machine in this Chromium: relaxed multiply-add '
    + `${number(peaks.float32, 0)}, 8-bit dot product ${number(peaks.dot8, 0)} (16-bit: ${number(peaks.dot16, 0)}). `
    + 'In float32 a bottleneck\'s sum is part of its pointwise layer. Peak: packed weights and all outputs.';
  return markdown([
    ['ms of one thread', ...nets.map(({ model, precision }) => `${titles[model]} ${precision}`)],
    ...kinds.map((kind) => [kind, ...nets.map((net) => cell(net, kind))]),
    ['all', ...nets.map((net) => `**${cell(net)}**`)],
    ['its MACs at the best', ...nets.map((net) => number(1000 * sums(net).gmacs / peakOf(net)))],
    ['peak of a run, MB', ...nets.map(({ peakBytes }) => number(peakBytes / 1e6, 1))],
  ]) + `\n\n${note}`;
}

// start: {cold, warm}, each {known, shown}: ms from navigation to the first prediction of V2.
export function startTable({ cold, warm }) {
  return markdown([
    ['first prediction of V2 from localhost, ms', 'known', 'on the screen', 'goal'],
    ['empty cache', number(cold.known, 0), number(cold.shown, 0), '1000'],
    ['warm cache', number(warm.known, 0), number(warm.shown, 0), '500'],
  ]);
}

const kFrameMs = 1000 / 60;

// answers: as timeAnswers() has them. A what-if may take its network's run and two frames, a step 100 ms.
export function answersTable({ whatIfs, steps }) {
  return markdown([
    ['from the wish to its frame, ms', 'shown', 'goal'],
    ...whatIfs.map(({ model, run, shown }) => [
      `a what-if of all of ${model.replace('v', 'V').replace('-s', '-S')}, which runs in ${number(run, 0)}`,
      number(shown, 0), number(run + 2 * kFrameMs, 0)]),
    ...steps.map(({ view, shown }) => [`a step in the panel ${view}`, number(shown, 0), '100']),
  ]);
}

// Bytes in brotli.
export function bytesTable({ page, engine }) {
  const kilobytes = (bytes) => number(bytes / 1000, 0);
  return markdown([
    ['code in brotli, the largest build', 'kB', 'goal'],
    ['the page: html, css, js and one wasm', kilobytes(page), '600'],
    ['the engine alone: js and one wasm', kilobytes(engine), ''],
  ]);
}

const begin = '<!-- script/bench writes from here -->';
const end = '<!-- to here -->';

// The README's text with what stands between the markers replaced.
export function replaceTable(readme, table) {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md lacks the lines "${begin}" and "${end}"`);
  return `${readme.slice(0, from)}${begin}\n${table}\n${readme.slice(to)}`;
}
