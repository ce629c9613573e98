// Controls of the page, each used by mouse and, where it has keys, by keyboard: both must come to
// the same.
#pragma once

#include <string>
#include <vector>

#include "app/headless_page.h"

namespace lens::test {

// A version, V1 in its smallest size, with a layer of each kind in one block.
struct ModelCase {
  std::string hash;
  std::string depthwise;
  std::string mixing;  // 1 x 1, at the block's end
  std::string block;   // their block's number
  std::string first;   // block and what it hands on
};

inline const ModelCase kV1 = {"model=v1&width=0.25&resolution=128", "block3.depthwise",
                              "block3.pointwise", "3", "block1 64 × 64 × 16"};
inline const ModelCase kV2 = {"model=v2", "bneck3.depthwise", "bneck3.project", "3",
                              "bneck1 112 × 112 × 16"};
inline const ModelCase kV3 = {"model=v3-small", "bneck4.depthwise", "bneck4.project", "4",
                              "bneck1 56 × 56 × 16"};

// A page with a photo, untrained, at rest; nothing is worked out in idle time any more.
void open_page(HeadlessPage& page, const std::string& hash);

struct Control {
  std::string where;                // as in the page's address, behind the model
  std::vector<std::string> clicks;  // texts of the panel, one after another: a menu, then its item
  std::vector<std::string> keys;    // that do the same; none where there are none
  // What then stands on the page or in its state, and did not before. Empty where the change has no
  // words: then the panel must look otherwise, and by mouse as by key.
  std::string effect = {};
  std::vector<std::string> first = {};  // keys that give it something to do
  std::vector<std::string> then = {};   // keys that bring the effect to light
};

// In the middle of a text of the panel.
void click_text(HeadlessPage& page, const std::string& text);

// On a page of this model; $depthwise, $mixing, $block and $first in a control's texts are the
// model's.
void check(const ModelCase& model, const Control& control);

}  // namespace lens::test
