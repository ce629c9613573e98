#include "ui/label_placer.h"

#include <algorithm>

namespace lens::ui {

void LabelPlacer::keep_free(ImVec2 centre, float radius) {
  taken_.push_back(
      {{centre.x - radius, centre.y - radius}, {centre.x + radius, centre.y + radius}});
}

bool LabelPlacer::is_free(const Box& box) const {
  const bool inside =
      box.min.x >= min_.x && box.min.y >= min_.y && box.max.x <= max_.x && box.max.y <= max_.y;
  return inside && std::none_of(taken_.begin(), taken_.end(), [&](const Box& other) {
           return box.min.x < other.max.x && other.min.x < box.max.x && box.min.y < other.max.y &&
                  other.min.y < box.max.y;
         });
}

std::optional<ImVec2> LabelPlacer::place(ImVec2 centre, float radius, ImVec2 size) {
  const float gap = radius + 2;
  const float middle = centre.y - size.y / 2;
  const ImVec2 corners[] = {
      {centre.x + gap, middle},                          // right
      {centre.x - gap - size.x, middle},                 // left
      {centre.x - size.x / 2, centre.y - gap - size.y},  // above
      {centre.x - size.x / 2, centre.y + gap},           // below
      {centre.x + gap, centre.y - gap - size.y},         // the corners
      {centre.x + gap, centre.y + gap},
      {centre.x - gap - size.x, centre.y - gap - size.y},
      {centre.x - gap - size.x, centre.y + gap},
  };
  for (const ImVec2& at : corners) {
    const Box box = {at, {at.x + size.x, at.y + size.y}};
    if (!is_free(box)) continue;
    taken_.push_back(box);
    return at;
  }
  return std::nullopt;
}

}  // namespace lens::ui
