// What the keys of each view do, for the list of keys. tests/views/keys_test.cpp presses them all.
#pragma once

namespace lens {

struct Key {
  const char* key;  // one or more, with blanks between them
  const char* what;
};

namespace keys {

constexpr Key kFeatureMaps[] = {{"S", "order of the channels"},
                                {"F", "which channels are shown"},
                                {"C", "range of the colour scale"},
                                {"V", "sequential or diverging colours"},
                                {"G", "go to a channel: type its number"},
                                {"← →", "channel, as they are ordered"},
                                {"X", "switch the channel off or on"},
                                {"Enter", "one value of the channel"}};

constexpr Key kCell[] = {{"↑ ↓ ← →", "move over the map"},
                         {"Shift + ← →", "channel"},
                         {"S", "order of the terms"},
                         {"Page ↑ Page ↓", "choose a term of the list"},
                         {"Enter", "take the chosen term apart"},
                         {"X", "switch the channel off or on"},
                         {"Esc", "back to the maps"}};

constexpr Key kWeights[] = {{"+ − 0", "larger, smaller, fit"},
                            {"Enter", "one value of the channel"}};

constexpr Key kSqueezeExcite[] = {{"[ ]", "block"},
                                  {"Enter", "choose a gate"},
                                  {"← →", "gate, or block before one is chosen"},
                                  {"Page ↑ Page ↓", "open or shut the gate"},
                                  {"A V I S X", "all 1, mean, invert, shuffle, off"},
                                  {"R", "the photo's own gates"},
                                  {"G", "one block or all"},
                                  {"T", "order of the gates"}};

constexpr Key kGatePhotos[] = {{"A", "add the samples"},
                               {"P", "add the photo on the screen"},
                               {"Backspace", "take the last one out"},
                               {"[ ] ← →", "block"},
                               {"T", "order of the channels"},
                               {"V", "spread over photos or channels"}};

constexpr Key kEmbedding[] = {{"[ ]", "dimensions"},
                              {"N", "new random matrix T"},
                              {"P", "the matrix before"},
                              {"S", "figure"},
                              {"E", "way back"},
                              {"Shift + ↑ ↓ ← →", "draw with the pen"},
                              {"Backspace", "wipe the scribble away"}};

constexpr Key kLinearBottleneck[] = {
    {"[ ]", "block"},    {"R", "change this block"}, {"A", "change all blocks"},
    {"X", "as trained"}, {"E", "add or drop"},       {"T", "add ReLU, ReLU6 or h-swish"}};

constexpr Key kZeros[] = {{"V", "run all three versions"}};

constexpr Key kActivationLab[] = {{"[ ]", "activation"}, {"R", "swap it in"}, {"X", "as trained"}};

constexpr Key kBlocks[] = {{"[ ]", "block"}};

constexpr Key kCost[] = {{"P", "measure, or stop"},
                         {"G", "layers or blocks"},
                         {"S", "sort by the next column"},
                         {"R", "smallest or largest first"}};

constexpr Key kCalculator[] = {{"↑ ↓", "choose a slider"},
                               {"← →", "move it"},
                               {"P", "next preset"},
                               {"Space", "play or pause"},
                               {".", "one step"}};

constexpr Key kCostCharts[] = {{"C", "next chart"}, {"P", "MACs and ms: measure, or stop"}};

constexpr Key kWhatIfNets[] = {{"↑ ↓", "choose a row"}, {"← →", "change it"}};

constexpr Key kPublished[] = {{"← →", "walk over the results"},
                              {"X", "next axis"},
                              {"S", "papers, releases or all"},
                              {"Esc", "choose none"}};

}  // namespace keys

}  // namespace lens
