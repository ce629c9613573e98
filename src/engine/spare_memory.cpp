#include "engine/spare_memory.h"

#include <utility>

namespace lens {

SpareMemory::~SpareMemory() {
  for (const Block& block : blocks_) ::operator delete(block.at);
}

void* SpareMemory::take(std::size_t bytes) {
  for (Block& block : blocks_) {
    if (block.at != nullptr && block.bytes == bytes) return std::exchange(block.at, nullptr);
  }
  return ::operator new(bytes);
}

void SpareMemory::give_back(void* at, std::size_t bytes) {
  for (Block& block : blocks_) {
    if (block.at != nullptr) continue;
    block = {at, bytes};
    return;
  }
  ::operator delete(at);
}

std::vector<double> SpareMemory::take_times(std::size_t count) {
  std::vector<double> times;
  for (std::vector<double>& spare : times_) {
    if (spare.capacity() > times.capacity()) times.swap(spare);
  }
  times.assign(count, 0.0);
  return times;
}

void SpareMemory::give_back(std::vector<double> times) {
  for (std::vector<double>& spare : times_) {
    if (spare.capacity() == 0) return spare.swap(times);
  }
}

}  // namespace lens
