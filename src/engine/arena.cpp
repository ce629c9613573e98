#include "engine/arena.h"

#include <utility>

namespace lens {

namespace {

// The current snapshot and a what-if are replaced in turn; more spare blocks would only hold
// memory.
constexpr std::size_t kMaxFreeBlocks = 2;

}  // namespace

void ReturnToPool::operator()(UnsetFloats* block) const {
  pool->give_back(std::unique_ptr<UnsetFloats>(block));
}

Arena ArenaPool::take() {
  if (free_.empty()) {
    return Arena(std::make_unique<UnsetFloats>(block_size_).release(),
                 ReturnToPool{shared_from_this()});
  }
  std::unique_ptr<UnsetFloats> block = std::move(free_.back());
  free_.pop_back();
  return Arena(block.release(), ReturnToPool{shared_from_this()});
}

void ArenaPool::give_back(std::unique_ptr<UnsetFloats> block) {
  if (free_.size() < kMaxFreeBlocks) free_.push_back(std::move(block));
}

}  // namespace lens
