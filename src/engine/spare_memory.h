// Small blocks of memory that every run takes and gives back, kept for the next run: so that only a
// model's first inferences allocate. Single-threaded. The large block of a run is an Arena.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace lens {

class SpareMemory {
 public:
  SpareMemory() = default;
  ~SpareMemory();
  SpareMemory(const SpareMemory&) = delete;
  SpareMemory& operator=(const SpareMemory&) = delete;

  void* take(std::size_t bytes);
  void give_back(void* at, std::size_t bytes);

  // As many zeros.
  std::vector<double> take_times(std::size_t count);
  void give_back(std::vector<double> times);

 private:
  struct Block {
    void* at = nullptr;
    std::size_t bytes = 0;
  };

  // For the current, a pinned and a coming run.
  static constexpr std::size_t kRuns = 3;

  std::array<Block, kRuns> blocks_;
  std::array<std::vector<double>, kRuns> times_;
};

// For allocate_shared().
template <class T>
class SpareAllocator {
 public:
  using value_type = T;

  explicit SpareAllocator(std::shared_ptr<SpareMemory> memory) : memory_(std::move(memory)) {}

  template <class U>
  SpareAllocator(const SpareAllocator<U>& other) : memory_(other.memory()) {}

  T* allocate(std::size_t count) { return static_cast<T*>(memory_->take(count * sizeof(T))); }

  void deallocate(T* at, std::size_t count) { memory_->give_back(at, count * sizeof(T)); }

  const std::shared_ptr<SpareMemory>& memory() const { return memory_; }

  bool operator==(const SpareAllocator& other) const { return memory_ == other.memory_; }

 private:
  std::shared_ptr<SpareMemory> memory_;
};

}  // namespace lens
