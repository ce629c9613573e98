# What the three web builds of one source differ in, and how node runs their tests.
# LENS_NODE_ENVIRONMENT, LENS_WEB_ENVIRONMENT: -sENVIRONMENT of the test binaries and of the page.
add_compile_options(-msimd128)
set(LENS_NODE_ENVIRONMENT node)
set(LENS_WEB_ENVIRONMENT web)

# emcc 3.1.6 reads its .wasm by a fetch() that node 18 and later have, but not for files.
set(CMAKE_CROSSCOMPILING_EMULATOR node --no-experimental-fetch)

if(LENS_WEB_VARIANT MATCHES "^relaxed")
  add_compile_options(-mrelaxed-simd)
  # Node 20 has relaxed SIMD behind a flag, and its baseline compiler computes the 8-bit dot product
  # wrongly, so its optimising compiler takes all. Chromium needs neither.
  list(APPEND CMAKE_CROSSCOMPILING_EMULATOR --experimental-wasm-relaxed-simd --no-liftoff
       --no-wasm-tier-up)
endif()
if(LENS_WEB_VARIANT STREQUAL "relaxed-threads")
  add_compile_options(-pthread)
  add_link_options(-pthread)
  set(LENS_NODE_ENVIRONMENT node,worker)
  set(LENS_WEB_ENVIRONMENT web,worker)
endif()
