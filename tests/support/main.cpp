// main() of every test binary.
#define CATCH_CONFIG_RUNNER
#include "catch2/catch.hpp"

// emcc 3.1.6 looks for the symbol "main"; clang 16 and later call main(int, char**) something else
// on WebAssembly, and the program would end at once without a word.
#if defined(__EMSCRIPTEN__) && __EMSCRIPTEN_major__ == 3 && __EMSCRIPTEN_minor__ == 1 && \
    __EMSCRIPTEN_tiny__ < 10
#define LENS_TEST_MAIN extern "C" __attribute__((export_name("main"))) int test_main
#else
#define LENS_TEST_MAIN int main
#endif

LENS_TEST_MAIN(int argc, char** argv) {
  return Catch::Session().run(argc, argv);
}
