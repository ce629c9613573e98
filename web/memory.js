// The WebAssembly side's memory, lent for the length of a call.

// Runs f with pointers to copies of the given byte arrays.
export function withBytes(module, arrays, f) {
  const pointers = arrays.map((bytes) => {
    const pointer = module._malloc(Math.max(1, bytes.length));
    module.HEAPU8.set(bytes, pointer);
    return pointer;
  });
  try {
    return f(...pointers);
  } finally {
    pointers.forEach((pointer) => module._free(pointer));
  }
}
