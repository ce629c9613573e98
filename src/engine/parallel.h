// The parts of a job shared out over threads: a layer's rows, mostly. A pool of one runs them all
// in the caller and costs nothing. Which thread runs a part never changes what it computes; who
// cuts a job into parts is the caller's (inference.cpp).
#pragma once

#include <memory>

namespace lens {

class ThreadPool {
 public:
  explicit ThreadPool(int threads = 1);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  // Asks for workers until there are so many threads, the caller's included; has no effect when
  // there are, and in a build without threads. Between runs only. Returns at once: a browser starts
  // workers only when the page's code has returned, and each joins in once it is there.
  void grow(int threads);

  // How many work by now: the caller and the workers that have started.
  int threads() const;

  // Calls f(part) once for each part of [0, parts), on the caller and the workers, and returns when
  // all have ended. One run at a time; f must not throw, nor run anything on this pool.
  template <class F>
  void run(int parts, const F& f) {
    run(parts, {[](const void* it, int part) { (*static_cast<const F*>(it))(part); }, &f});
  }

 private:
  struct Job {
    void (*call)(const void* context, int part) = nullptr;
    const void* context = nullptr;
  };

  struct Workers;

  void run(int parts, Job job);

  std::unique_ptr<Workers> workers_;  // null for a pool of one
};

}  // namespace lens
