// Which of the builds of this site's WebAssembly suits the browser. The names are those of the files,
// lens-VARIANT.wasm and engine-VARIANT.wasm.
import {relaxedSimd, simd, threads} from './vendor/wasm-feature-detect.js';

// Resolves to 'relaxed-threads' | 'relaxed' | 'simd', or to null where there is no WebAssembly SIMD.
// Threads need shared memory, which only a cross-origin isolated page has (headers COOP and COEP).
export async function chooseVariant() {
  if (!(await simd())) return null;
  if (!(await relaxedSimd())) return 'simd';
  return globalThis.crossOriginIsolated && (await threads()) ? 'relaxed-threads' : 'relaxed';
}
