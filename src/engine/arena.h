// The one block of floats that holds every node's output of one inference, and the pool that such
// blocks return to, so that only a model's first inferences allocate. Single-threaded.
#pragma once

#include <memory>
#include <vector>

#include "engine/aligned.h"

namespace lens {

class ArenaPool;

// What an Arena does when it dies: its block goes back to the pool, which it keeps alive.
struct ReturnToPool {
  std::shared_ptr<ArenaPool> pool;
  void operator()(UnsetFloats* block) const;
};

using Arena = std::unique_ptr<UnsetFloats, ReturnToPool>;

// A block as bytes: those of an 8-bit run.
inline std::uint8_t* byte_data(const Arena& arena) {
  return reinterpret_cast<std::uint8_t*>(arena->data());
}

class ArenaPool : public std::enable_shared_from_this<ArenaPool> {
 public:
  explicit ArenaPool(std::size_t block_size) : block_size_(block_size) {}

  // A block of block_size floats with unspecified contents.
  Arena take();

  std::size_t free_blocks() const { return free_.size(); }

 private:
  friend struct ReturnToPool;
  void give_back(std::unique_ptr<UnsetFloats> block);

  std::size_t block_size_;
  std::vector<std::unique_ptr<UnsetFloats>> free_;
};

}  // namespace lens
