#include "engine/parallel.h"

#if !defined(__EMSCRIPTEN__) || defined(__EMSCRIPTEN_PTHREADS__)

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include "engine/aligned.h"

namespace lens {

namespace {

// How often a thread looks before it goes to sleep: some 20 microseconds. Between two layers the
// next job comes within that; longer spinning would take the core from whoever else needs it.
constexpr int kSpins = 20'000;

using Word = std::atomic<std::uint32_t>;

// Sleeps until wake() unless the word has changed already. May return early.
#if defined(__EMSCRIPTEN__)
// libc++ 13 has only timed sleeps behind std::atomic::wait; the instruction needs no library. Not
// on a browser's main thread, which must not sleep.
void sleep_while(Word& word, std::uint32_t value) {
  constexpr std::int64_t kForever = -1;
  __builtin_wasm_memory_atomic_wait32(reinterpret_cast<int*>(&word), static_cast<int>(value),
                                      kForever);
}

void wake(Word& word) {
  __builtin_wasm_memory_atomic_notify(reinterpret_cast<int*>(&word), ~0U);
}

constexpr bool kCallerMaySleep = false;
#else
void sleep_while(Word& word, std::uint32_t value) {
  word.wait(value);
}

void wake(Word& word) {
  word.notify_all();
}

constexpr bool kCallerMaySleep = true;
#endif

// Whether the word stayed at `value` for a short while.
bool stays(const Word& word, std::uint32_t value) {
  for (int i = 0; i < kSpins; ++i) {
    if (word.load(std::memory_order_acquire) != value) return false;
  }
  return true;
}

// One job at a time, its parts taken by whoever is free.
//
// `open` holds the job's number above the count of parts that nobody has taken yet. Taking one is a
// compare-and-swap on both, so a worker that comes late can never take a part of another job than
// the one it saw, and `job` and `parts` are only read by who has taken a part: the caller does not
// return, and so does not change them, before all parts have ended.
class Board {
 public:
  // The caller's side: all of a job.
  void run(int count, void (*call)(const void*, int), const void* context) {
    call_ = call;
    context_ = context;
    parts_ = static_cast<std::uint32_t>(count);
    ended_.store(0, std::memory_order_relaxed);
    const std::uint32_t number = number_.load(std::memory_order_relaxed) + 1;
    open_.store((std::uint64_t{number} << 32) | parts_, std::memory_order_release);
    number_.store(number, std::memory_order_seq_cst);
    if (sleepers_.load(std::memory_order_seq_cst) > 0) wake(number_);
    take_parts();
    for (std::uint32_t ended; (ended = ended_.load(std::memory_order_acquire)) != parts_;) {
      if (stays(ended_, ended) && kCallerMaySleep) sleep_while(ended_, ended);
    }
  }

  // A worker's life.
  void work() {
    started_.fetch_add(1, std::memory_order_relaxed);
    while (true) {
      const std::uint32_t number = number_.load(std::memory_order_acquire);
      if (stopped_.load(std::memory_order_acquire)) return;
      take_parts();
      if (!stays(number_, number)) continue;
      sleepers_.fetch_add(1, std::memory_order_seq_cst);
      sleep_while(number_, number);
      sleepers_.fetch_sub(1, std::memory_order_relaxed);
    }
  }

  void stop() {
    stopped_.store(true, std::memory_order_release);
    number_.fetch_add(1, std::memory_order_seq_cst);
    wake(number_);
  }

  int started() const { return started_.load(std::memory_order_relaxed); }

 private:
  void take_parts() {
    std::uint64_t open = open_.load(std::memory_order_acquire);
    while (static_cast<std::uint32_t>(open) != 0) {
      if (!open_.compare_exchange_weak(open, open - 1, std::memory_order_acq_rel,
                                       std::memory_order_acquire)) {
        continue;
      }
      const std::uint32_t left = static_cast<std::uint32_t>(open);
      call_(context_, static_cast<int>(parts_ - left));
      ended_.fetch_add(1, std::memory_order_release);
      if (kCallerMaySleep) wake(ended_);
      open = open_.load(std::memory_order_acquire);
    }
  }

  void (*call_)(const void*, int) = nullptr;
  const void* context_ = nullptr;
  std::uint32_t parts_ = 0;
  alignas(kCacheLineBytes) std::atomic<std::uint64_t> open_{0};
  alignas(kCacheLineBytes) Word number_{0};
  alignas(kCacheLineBytes) Word ended_{0};
  alignas(kCacheLineBytes) std::atomic<int> sleepers_{0};
  std::atomic<int> started_{0};
  std::atomic<bool> stopped_{false};
};

}  // namespace

struct ThreadPool::Workers {
  std::shared_ptr<Board> board = std::make_shared<Board>();
  std::vector<std::thread> threads;
};

ThreadPool::ThreadPool(int threads) {
  grow(threads);
}

void ThreadPool::grow(int threads) {
  if (threads <= 1) return;
  if (!workers_) workers_ = std::make_unique<Workers>();
  const std::size_t wanted = static_cast<std::size_t>(threads) - 1;
  while (workers_->threads.size() < wanted) {
    workers_->threads.emplace_back([board = workers_->board] { board->work(); });
  }
}

ThreadPool::~ThreadPool() {
  if (!workers_) return;
  workers_->board->stop();
  for (std::thread& thread : workers_->threads) {
    // In a browser a worker may not have started yet, and joining would wait for ever.
    if (kCallerMaySleep) {
      thread.join();
    } else {
      thread.detach();
    }
  }
}

int ThreadPool::threads() const {
  return 1 + (workers_ ? workers_->board->started() : 0);
}

void ThreadPool::run(int parts, Job job) {
  if (workers_ && parts > 1) {
    workers_->board->run(parts, job.call, job.context);
    return;
  }
  for (int part = 0; part < parts; ++part) job.call(job.context, part);
}

}  // namespace lens

#else

namespace lens {

struct ThreadPool::Workers {};

ThreadPool::ThreadPool(int) {}

void ThreadPool::grow(int) {}

ThreadPool::~ThreadPool() = default;

int ThreadPool::threads() const {
  return 1;
}

void ThreadPool::run(int parts, Job job) {
  for (int part = 0; part < parts; ++part) job.call(job.context, part);
}

}  // namespace lens

#endif
