// The few GL calls that pictures need. gpu_web.cpp is the real one; gpu_native.cpp hands out
// numbers, so that views run without a window in tests.
#pragma once

#include <cstdint>

#include "imgui.h"

namespace lens::ui::gpu {

// Nearest-neighbour sampling, so that one map cell stays one crisp square at any zoom.
ImTextureID create_texture(int width, int height, const std::uint32_t* rgba);
void delete_texture(ImTextureID id);

}  // namespace lens::ui::gpu
