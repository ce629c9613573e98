// Hands node's environment variables to getenv() of a WebAssembly test binary.
Module['preRun'] = [() => Object.assign(ENV, process.env)];
