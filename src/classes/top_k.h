// The classes that a network finds likeliest. Knows how many outputs stand for which classes, not
// what they are called.
#pragma once

#include <span>
#include <vector>

namespace lens {

struct Prediction {
  int class_id = 0;  // 0-based ImageNet-1k: the background is not counted
  int output = 0;    // which of the network's outputs it is: for the logit of the same class
  float probability = 0;
};

// Indices of the k largest values, largest first, equal ones by `ties` (as many, or none) and then
// in their order; all of them when there are fewer than k. A NaN counts as less than any number.
std::vector<int> top_k(std::span<const float> values, int k, std::span<const float> ties = {});

// The k likeliest classes. Of 1001 outputs the first is the background: it is passed over, and the
// probabilities of the others stay as they are. Any other number of outputs is one per class. In
// int8 many classes share a probability, most of them 0: the logits, where given, tell them apart.
std::vector<Prediction> top_predictions(std::span<const float> probabilities, int k,
                                        std::span<const float> logits = {});

// 1 when the first output is the background, else 0: class = output - background_outputs(count).
int background_outputs(std::size_t output_count);

}  // namespace lens
