#include "engine/parallel.h"

#include <atomic>
#include <vector>

#include "base/clock.h"
#include "catch2/catch.hpp"
#include "engine/inference.h"
#include "support/bits.h"
#include "support/nets.h"
#include "support/quantized_nets.h"

namespace {

using namespace lens;

// On the web a worker that has ended is not used again before the program is back in its event
// loop, and a test never is: the pools of all tests have LENS_NODE_OPTIONS' 24 workers.
#if defined(__EMSCRIPTEN__)
constexpr bool kOnWeb = true;
#else
constexpr bool kOnWeb = false;
#endif

// Builds without threads have pools of one, whatever is asked for.
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
constexpr bool kHasThreads = false;
#else
constexpr bool kHasThreads = true;
#endif

void wait_for_workers(const ThreadPool& pool, int threads) {
  const double start = now_ms();
  while (pool.threads() < threads && now_ms() - start < 20'000) {
  }
  REQUIRE(pool.threads() == threads);
}

std::size_t nodes_that_differ(const Snapshot& a, const Snapshot& b) {
  std::size_t count = 0;
  for (NodeId id = 0; id < a.graph().size(); ++id) {
    if (!test::same_bits(a.output(id).data, b.output(id).data)) ++count;
  }
  return count;
}

// At once and in steps, with the pool of `options` and without it.
void check_shared(const std::shared_ptr<const Model>& model, const RunOptions& options) {
  const Tensor input = test::seeded_input(*model);
  const auto alone = run(model, input.view(), {.precision = options.precision});
  const auto shared = run(model, input.view(), options);
  INFO(to_string(options.precision));
  CHECK(nodes_that_differ(*shared, *alone) == 0);
  CHECK(alone->threads == 1);
  CHECK(shared->threads == options.pool->threads());
  Inference stepped(model, input.view(), options);
  while (!stepped.done()) stepped.step();
  CHECK(nodes_that_differ(*stepped.finish(), *alone) == 0);
}

}  // namespace

TEST_CASE("pool: one thread runs every part in order", "[engine][parallel]") {
  ThreadPool pool;
  std::vector<int> order;
  pool.run(5, [&](int part) { order.push_back(part); });
  CHECK(order == std::vector<int>{0, 1, 2, 3, 4});
  CHECK(pool.threads() == 1);
}

TEST_CASE("pool: grows between runs, and never shrinks", "[engine][parallel]") {
  ThreadPool pool;
  std::atomic<int> parts{0};
  const auto count = [&](int) { ++parts; };
  pool.run(4, count);
  pool.grow(3);
  wait_for_workers(pool, kHasThreads ? 3 : 1);
  pool.run(4, count);
  pool.grow(2);
  pool.run(4, count);
  CHECK(parts == 12);
  CHECK(pool.threads() == (kHasThreads ? 3 : 1));
}

TEST_CASE("pool: every part runs once before run() returns", "[engine][parallel]") {
  const int threads = GENERATE(1, 2, 4);
  ThreadPool pool(threads);
  std::vector<int> runs(40);
  for (int job = 1; job <= 500; ++job) {
    const int parts = 1 + job * 7 % 40;
    pool.run(parts, [&](int part) { ++runs[static_cast<std::size_t>(part)]; });
    int sum = 0;
    for (const int count : runs) sum += count;
    REQUIRE(sum == parts);
    for (int part = 0; part < parts; ++part) REQUIRE(runs[static_cast<std::size_t>(part)] == 1);
    runs.assign(runs.size(), 0);
  }
}

TEST_CASE("pool: parts run at the same time", "[engine][parallel]") {
  const int threads = kHasThreads ? 3 : 1;
  ThreadPool pool(3);
  wait_for_workers(pool, threads);
  // Nobody leaves before all have come: this ends only if each part has a thread of its own.
  std::atomic<int> present{0};
  std::atomic<bool> met{true};
  pool.run(threads, [&](int) {
    ++present;
    const double start = now_ms();
    while (present < threads) {
      if (now_ms() - start > 20'000) met = false;
      if (!met) return;
    }
  });
  CHECK(met);
}

TEST_CASE("pool: workers that have gone to sleep take the next job", "[engine][parallel]") {
  const int threads = kHasThreads ? 2 : 1;
  ThreadPool pool(2);
  wait_for_workers(pool, threads);
  for (int round = 0; round < 3; ++round) {
    const double start = now_ms();
    while (now_ms() - start < 30) {
    }
    std::atomic<int> present{0};
    pool.run(threads, [&](int) {
      for (++present; present < threads;) {
      }
    });
    CHECK(present == threads);
  }
}

TEST_CASE("pool: it can end while its workers start", "[engine][parallel]") {
  for (int i = 0; i < (kOnWeb ? 2 : 20); ++i) {
    ThreadPool pool(2);
    CHECK(pool.threads() >= 1);
  }
}

TEST_CASE("parallel: any number of threads gives the same bits", "[engine][parallel]") {
  for (const int threads : {2, 3}) {
    ThreadPool pool(threads);
    wait_for_workers(pool, kHasThreads ? threads : 1);
    for (const char* id : {"v1", "v2", "v3-small", "v3-large"}) {
      INFO(id << " on " << threads << " threads");
      check_shared(test::seeded_model(id, 96), {.pool = &pool});
      check_shared(test::seeded_quantized_model(id, 96),
                   {.precision = Precision::int8, .pool = &pool});
    }
  }
}
