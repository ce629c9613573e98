// Counts what the engine allocates: this file replaces the global operator new of the test binary.
// Not where the address sanitizer has its own, which finds more.
#if !defined(__SANITIZE_ADDRESS__)
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "engine/run_memory.h"
#include "support/quantized_nets.h"

namespace {

std::atomic<int> allocations{0};

void* counted(std::size_t bytes, std::size_t alignment) {
  ++allocations;
  const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
  void* at = std::aligned_alloc(alignment, whole == 0 ? alignment : whole);
  if (at == nullptr) std::abort();
  return at;
}

}  // namespace

// Not inlined: g++ would see a free() of what came from operator new, and call that a mismatch.
[[gnu::noinline]] void* operator new(std::size_t bytes) {
  return counted(bytes, alignof(std::max_align_t));
}

[[gnu::noinline]] void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return counted(bytes, static_cast<std::size_t>(alignment));
}

[[gnu::noinline]] void operator delete(void* at) noexcept {
  std::free(at);
}

[[gnu::noinline]] void operator delete(void* at, std::size_t) noexcept {
  std::free(at);
}

[[gnu::noinline]] void operator delete(void* at, std::align_val_t) noexcept {
  std::free(at);
}

[[gnu::noinline]] void operator delete(void* at, std::size_t, std::align_val_t) noexcept {
  std::free(at);
}

namespace lens {

TEST_CASE("allocation: this binary counts them", "[engine][allocation]") {
  const int before = allocations;
  ::operator delete(::operator new(8));
  CacheLineAllocator<float>().deallocate(CacheLineAllocator<float>().allocate(16), 16);
  const int after = allocations;
  CHECK(after == before + 2);
}

template <class ModelOf>
void check_second_run(Precision precision, ModelOf model_of) {
  ThreadPool pool(2);
  const RunOptions options = {.precision = precision, .pool = &pool};
  for (const char* id : {"v1", "v2", "v3-small", "v3-large"}) {
    const auto model = model_of(id);
    const Tensor input = test::seeded_input(*model);
    const int before = allocations;
    run(model, input.view(), options).reset();
    const int after_first = allocations;
    run(model, input.view(), options).reset();
    const int after_second = allocations;
    INFO(id);
    CHECK(after_first > before);
    CHECK(after_second == after_first);
  }
}

TEST_CASE("inference: only a model's first run allocates", "[engine][allocation]") {
  check_second_run(Precision::float32, [](const char* id) { return test::seeded_model(id, 64); });
}

TEST_CASE("inference: only a model's first int8 run allocates", "[engine][allocation]") {
  check_second_run(Precision::int8,
                   [](const char* id) { return test::seeded_quantized_model(id, 64); });
}

// A page says what either precision would hold before anybody has asked for int8.
TEST_CASE("run memory: telling it packs nothing", "[engine][allocation]") {
  const auto model = test::seeded_quantized_model("v2", 64);
  const int before = allocations;
  const RunMemory memory = run_memory(*model, Precision::int8);
  const int after = allocations;
  CHECK(memory.weight_bytes > 2'000'000);
  CHECK(after == before);
}

// As the page does: the last result stays on the screen until the next has arrived.
TEST_CASE("inference: two results in turn allocate only twice", "[engine][allocation]") {
  const auto model = test::seeded_model("v3-small", 64);
  const Tensor input = test::seeded_input(*model);
  auto shown = run(model, input.view());
  shown = run(model, input.view());
  const int before = allocations;
  for (int i = 0; i < 5; ++i) shown = run(model, input.view());
  const int after = allocations;
  CHECK(after == before);
}

}  // namespace lens

#endif
