// The point clouds of the embedding demo: coloured along the curve, so that the eye finds a point
// again; grey crosses for what is lost.
#pragma once

#include "demos/relu_embedding.h"
#include "ui/theme.h"
#include "views/embedding.h"

namespace lens::embedding {

struct Square {
  ImVec2 min;
  float side = 0;
};

enum class Show { input, input_with_losses, rescaled, active_rows };

Show shown_by(Decoder decoder);

// Both clouds are drawn to the scale of the larger one, never smaller than [-1.1, 1.1]; behind a
// decoded one the input stands in grey.
void draw_points(const ui::Theme& theme, const Square& square, const demos::ReluEmbedding& result,
                 Show show);
// Where draw_points() puts a point of the input.
ImVec2 place_in(const Square& square, const demos::ReluEmbedding& result, demos::Point2 input);
void outline(const ui::Theme& theme, const Square& square);

}  // namespace lens::embedding
