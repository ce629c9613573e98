// Which of the three web builds of one source runs here best, and how to load it. Knows nothing of the
// page: engine.mjs chooses by it too.
import {relaxedSimd, simd, threads} from 'wasm-feature-detect';

// A network's layers are too small to keep more than this many busy.
const kMaxThreads = 4;

// Memory shared between threads needs a cross-origin isolated page; node has it always.
const sharesMemory = () => globalThis.crossOriginIsolated ?? typeof SharedArrayBuffer === 'function';

// What can run here of 'relaxed-threads', 'relaxed' and 'simd', the best first. Empty without SIMD128.
// wanted: a name that comes first, if it can run.
export async function supportedVariants(wanted) {
  if (!await simd()) return [];
  const relaxed = await relaxedSimd();
  const variants = [];
  if (relaxed && sharesMemory() && await threads()) variants.push('relaxed-threads');
  if (relaxed) variants.push('relaxed');
  variants.push('simd');
  return variants.sort((a, b) => (b === wanted) - (a === wanted));
}

// The one to use, or undefined where none can run.
export async function chooseVariant(wanted) {
  return (await supportedVariants(wanted))[0];
}

// How many threads a variant should use here.
export function threadsOf(variant) {
  if (variant !== 'relaxed-threads') return 1;
  return Math.max(1, Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, kMaxThreads));
}

async function compile(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  // A host that does not know the type of .wasm files costs time, not the page.
  const known = response.headers.get('Content-Type') === 'application/wasm';
  return known ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

// Loads PROGRAM-VARIANT.mjs and .wasm from beside this file, both at once, and resolves to the running
// module; rejects when any of it fails. options: what Emscripten's module factory takes.
export async function loadVariant(program, variant, options) {
  const url = (suffix) => new URL(`./${program}-${variant}${suffix}`, import.meta.url).href;
  const [{default: create}, compiled] = await Promise.all([import(url('.mjs')), compile(url('.wasm'))]);
  return new Promise((resolve, reject) => {
    const instantiateWasm = (imports, receive) => {
      WebAssembly.instantiate(compiled, imports).then((instance) => receive(instance, compiled)).catch(reject);
      return {};  // the exports come with receive()
    };
    create({...options, instantiateWasm}).then(resolve, reject);
  });
}
