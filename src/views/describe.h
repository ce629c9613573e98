// Layers in words: what kind of operation a node is, and the one sentence that its live values say.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/intervention.h"
#include "ui/theme.h"
#include "views/node_stats.h"

namespace lens {

// The colour of a node's meaning, the same in every view.
ImU32 role_color(const ui::Theme& theme, const Node& node);

std::string operation(const Node& node);                  // "Depthwise 3×3, stride 2"
std::string_view activation_name(Activation activation);  // "ReLU6", "linear"
std::string activation_name(const Node& node);
// "Depthwise 3×3 · 112 × 112 × 96 · ReLU6"
std::string summary(const Node& node);

// "SIMD128" or "relaxed SIMD" for the name of a build (Frame::build).
std::string_view build_name(std::string_view build);

// "1 thread", "2 threads".
std::string threads_text(int threads);

// For a view of the plain run alone: says so while there is a what-if, else nothing.
std::string without_what_if(std::span<const Intervention> interventions);

// The question that a layer's maps answer.
std::string question(const Node& node);
// What a what-if does, in a few words: "channel 12 of bneck3.depthwise silenced".
std::string describe(const Graph& graph, std::span<const Intervention> interventions);
// Whether each of them puts a layer's own activation in its place.
bool all_as_trained(const Graph& graph, std::span<const Intervention> interventions);

// One sentence computed from the values of this photo.
std::string takeaway(const Node& node, const NodeStats& stats);

}  // namespace lens
