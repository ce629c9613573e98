// The weights of the selected layer as pictures: depthwise kernels and the stem's filters as tiles,
// a 1x1 convolution or a fully connected layer as the matrix that it is.
#pragma once

#include <memory>
#include <string>

#include "ui/widgets.h"
#include "views/frame.h"

namespace lens::weights {

// What was drawn last: a channel chosen since then is scrolled to.
struct Drawn {
  NodeId node = kNoNode;
  int channel = -1;
  float zoom = 0;
  bool operator==(const Drawn&) const = default;
};

struct State {
  float zoom = 0;  // px of a matrix's cell; 0 fits the matrix into the panel
  float tile = 0;  // px of a kernel's side; 0 fits all kernels into the panel
  // So large were they when they were drawn fitted: larger and smaller begin there.
  float fitted_cell = 4;
  float fitted_tile = 40;
  Drawn drawn;
  std::weak_ptr<const Model> model;  // whose weights were drawn last
  int models = 0;                    // so many models have been drawn
  // What took a pass over all weights of a layer, and the layer.
  std::string told;
  std::string sentence;
  float reach = 0;  // of the scale
  ui::Beyond beyond;
};

// Under which the selected layer's pictures are kept. Runs come and go, the weights are the
// model's: it changes with the model, not with the photo.
std::string texture_key(const Frame& frame, State& state);

void draw(Frame& frame, State& state);
// + − 0: larger, smaller, fit; of layers with weights. Enter: one value of the selected channel.
bool press(Frame& frame, State& state, std::string_view key);
// A row per output channel.
Table table(const Frame& frame);

}  // namespace lens::weights
