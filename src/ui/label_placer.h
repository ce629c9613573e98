// Finds room for the labels of a chart's points: beside, above or below each, over no mark and no
// other label. What finds none is left out, for hover to tell.
#pragma once

#include <optional>
#include <vector>

#include "imgui.h"

namespace lens::ui {

class LabelPlacer {
 public:
  // Labels stay inside [min, max].
  LabelPlacer(ImVec2 min, ImVec2 max) : min_(min), max_(max) {}

  // A mark that no label may cover; add all of them first.
  void keep_free(ImVec2 centre, float radius);

  // Nor what is written elsewhere.
  void keep_free(ImVec2 min, ImVec2 max) { taken_.push_back({min, max}); }

  // The upper left corner for a label of `size` around a mark of `radius`, which is taken from then
  // on; nothing when every place is taken.
  std::optional<ImVec2> place(ImVec2 centre, float radius, ImVec2 size);

 private:
  struct Box {
    ImVec2 min, max;
  };

  bool is_free(const Box& box) const;

  ImVec2 min_, max_;
  std::vector<Box> taken_;
};

}  // namespace lens::ui
