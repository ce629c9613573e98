# What the three web builds of one source differ in, and how node runs their tests.
# LENS_NODE_ENVIRONMENT, LENS_WEB_ENVIRONMENT: -sENVIRONMENT of the test binaries and of the page.
# LENS_NODE_OPTIONS: more link options of the test binaries.
# LENS_ENGINE_OPTIONS: for the engine's kernels and its tests alone, so that everything else has the same
# object in the simd and the relaxed build, and the compiler cache makes the second one for nothing.
add_compile_options(-msimd128)
set(LENS_ENGINE_OPTIONS "")
set(LENS_NODE_ENVIRONMENT node)
set(LENS_NODE_OPTIONS "")
set(LENS_WEB_ENVIRONMENT web)

# What Binaryen must not do for speed.
# A browser compiles a function again, better, only between calls of it: work that is inlined into its
# one caller stays slow for all of a first visit. And an expression that is moved to its use is computed
# where the kernels did not put it: of a tile's sums one is then finished before the next is begun, and
# the weights that all of them share spill (V1 20 % slower).
set(LENS_BINARYEN_PASSES one-caller-inline-max-function-size=200)
foreach(kind "" -nonesting -nostructure -notee -notee-nostructure)
  string(APPEND LENS_BINARYEN_PASSES ",--skip-pass=simplify-locals${kind}")
endforeach()

# emcc 3.1.6 reads its .wasm by a fetch() that node 18 and later have, but not for files.
set(CMAKE_CROSSCOMPILING_EMULATOR node --no-experimental-fetch)

if(LENS_WEB_VARIANT MATCHES "^relaxed")
  set(LENS_ENGINE_OPTIONS -mrelaxed-simd)
  # Node 20 has relaxed SIMD behind a flag, and its baseline compiler computes the 8-bit dot product
  # wrongly, so its optimising compiler takes all. Chromium needs neither.
  list(APPEND CMAKE_CROSSCOMPILING_EMULATOR --experimental-wasm-relaxed-simd --no-liftoff
       --no-wasm-tier-up)
endif()
if(LENS_WEB_VARIANT STREQUAL "relaxed-threads")
  add_compile_options(-pthread)
  # Growing memory under threads makes JavaScript that reads it slower, not WebAssembly: no warning.
  add_link_options(-pthread -Wno-pthreads-mem-growth)
  set(LENS_NODE_ENVIRONMENT node,worker)
  # A test never returns to node's event loop, which is where workers are started and used again.
  set(LENS_NODE_OPTIONS -sPTHREAD_POOL_SIZE=24)
  set(LENS_WEB_ENVIRONMENT web,worker)
endif()
