// What a view gets to draw one frame: finished results to read, the selection to change, commands
// to ask with. Rebuilt each frame; views keep nothing of it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cost/cost.h"
#include "engine/run_memory.h"
#include "engine/snapshot.h"
#include "models/catalog.h"
#include "ui/texture_cache.h"
#include "ui/theme.h"
#include "views/background.h"
#include "views/node_stats.h"
#include "views/selection.h"
#include "views/timing.h"
#include "views/tray.h"

namespace lens {

enum class WeightsOrigin { published, untrained, own_file };

// The model on the screen.
struct ShownModel {
  const CatalogEntry* entry = nullptr;
  Variant variant;
  WeightsOrigin origin = WeightsOrigin::published;
  std::string file;  // name of the visitor's own file
  InputScaling scaling;
  // Why it has no int8, and the way out; no message where it has.
  Error no_int8;
  std::optional<RunMemory> float32_memory;  // none without weights
  std::optional<RunMemory> int8_memory;     // none without int8 either

  bool has_int8() const { return int8_memory.has_value(); }

  const std::optional<RunMemory>& memory(Precision precision) const {
    return precision == Precision::int8 ? int8_memory : float32_memory;
  }
};

// The photo on the screen: what the network reads of it, and the whole of it, small.
struct ShownPhoto {
  std::string name;
  int width = 0;  // of the original
  int height = 0;
  int crop_x = 0;  // the centre square, in the original's pixels
  int crop_y = 0;
  int crop_side = 0;
  int resolution = 0;
  std::span<const std::uint8_t> pixels;  // resolution x resolution RGB: the network's input
  std::uint64_t id = 0;                  // differs between photos and resolutions; a cache key
};

struct ShownPrediction {
  int class_index = 0;   // 0-based ImageNet-1k
  std::string label;     // "tiger shark"
  std::string synonyms;  // "tiger shark, Galeocerdo cuvieri"
  float probability = 0;
  float logit = 0;
};

// What is going on: shown in the top bar, the status line and, at the start, the panel.
struct Activity {
  const CatalogEntry* wanted = nullptr;  // a model that is being loaded or run, or null
  Variant wanted_variant;
  double received_bytes = 0;  // of its file
  double total_bytes = 0;     // 0 when unknown
  bool loading = false;
  NodeId running_node = kNoNode;  // progress of a run that has lasted over 100 ms
};

// The live camera.
struct LiveCamera {
  bool on = false;
  double frame_ms = 0;  // between two results, smoothed; 0 before the second
};

struct Notice {
  std::string message;
  std::string hint;
};

struct Sample {
  std::string name;
  std::string title;
};

struct Frame {
  const Snapshot* now = nullptr;  // the plain run; null until the first one has ended
  // The same model and photo with `interventions`; null without any, and until its run has ended.
  const Snapshot* what_if = nullptr;
  std::span<const Intervention> interventions;  // wanted; what_if tells those it was made with
  Background background;                        // worked out while nothing else runs
  bool can_undo = false;
  bool can_redo = false;
  const Timing* timing = nullptr;  // of the model on the screen, once it has been measured
  int runs_measured = -1;          // so many runs of a measurement under way have ended
  const Graph& graph;              // of the model on the screen
  // As the papers count it, with 1,000 classes; node by node the same as `graph`.
  const std::vector<Cost>& costs;
  const ShownModel& model;
  // What the reader has chosen, as far as the model has it; `now` may not have followed yet.
  Precision wanted_precision = Precision::float32;
  const ShownPhoto* photo = nullptr;
  std::span<const ShownPrediction> predictions;          // of `now`
  std::span<const ShownPrediction> what_if_predictions;  // of `what_if`
  std::span<const Sample> samples;
  std::span<const TrayPhoto> tray;
  std::span<const std::string> labels;  // by output channel of head.logits
  const Activity& activity;
  const LiveCamera& camera;
  const std::optional<Notice>& notice;
  std::string_view build;       // of the page: "simd", "relaxed" or "relaxed-threads"
  int threads = 1;              // by now; the run on the screen may have had fewer
  bool reduced_motion = false;  // the reader's system asks for pictures that do not move

  Selection& selection;
  const Hover& hovered;  // of the last frame
  Hover& hover;          // of this one
  Commands& commands;
  bool& animating;  // to be set while something that the reader has started moves
  StatsCache& stats;
  ui::TextureCache& textures;
  const ui::Theme& theme;

  // Of what is on the screen.
  Precision precision() const { return now ? now->precision : wanted_precision; }

  // Of one value of an output.
  int value_bytes() const { return precision() == Precision::int8 ? 1 : 4; }

  // Milliseconds by NodeId: medians where the model has been measured, else those of the plain run;
  // null before one.
  const std::vector<double>* layer_ms() const {
    if (timing) return &timing->node_ms;
    return now ? &now->node_ms : nullptr;
  }

  // Of the whole network, 0 before a run.
  double run_ms() const { return timing ? timing->total_ms : now ? now->total_ms() : 0; }

  // That worked on it.
  int run_threads() const { return timing ? timing->threads : now ? now->threads : threads; }

  // The run that maps and values are read from: the what-if while there is one, unless the reader
  // looks back at the plain run.
  const Snapshot* shown() const { return what_if && !selection.before ? what_if : now; }
};

}  // namespace lens
