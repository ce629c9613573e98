#include "cost/published.h"

namespace lens {

namespace {

// Facts.md 3.2 to 3.6. V1's tables name 1 MAC "mult-add"; V2's and V3's "MAdds".
constexpr PublishedIn kP1Table4 = {"MobileNets, table 4", "April 2017", "arXiv 1704.04861"};
constexpr PublishedIn kP1Table5 = {"MobileNets, table 5", "April 2017", "arXiv 1704.04861"};
constexpr PublishedIn kP1Table6 = {"MobileNets, table 6", "April 2017", "arXiv 1704.04861"};
constexpr PublishedIn kP1Table7 = {"MobileNets, table 7", "April 2017", "arXiv 1704.04861"};
constexpr PublishedIn kP1Table8 = {"MobileNets, table 8", "April 2017", "arXiv 1704.04861"};
constexpr PublishedIn kP1Table9 = {"MobileNets, table 9", "April 2017", "arXiv 1704.04861"};
constexpr PublishedIn kP2Table4 = {"MobileNetV2, table 4", "January 2018, later version",
                                   "arXiv 1801.04381"};
constexpr PublishedIn kP3Table3 = {"MobileNetV3, table 3", "2019, final (ICCV)",
                                   "arXiv 1905.02244"};
constexpr PublishedIn kP3Table4 = {"MobileNetV3, table 4 (8-bit)", "2019, final (ICCV)",
                                   "arXiv 1905.02244"};
constexpr PublishedIn kP3Table5 = {"MobileNetV3, table 5 (optimised)", "2019, final (ICCV)",
                                   "arXiv 1905.02244"};
constexpr PublishedIn kSenet = {"SENet, MobileNet rows", "2019, journal version",
                                "arXiv 1709.01507"};
constexpr PublishedIn kSlimV1 = {"TF-slim mobilenet_v1.md", "checkpoints of February 2018",
                                 "tensorflow/models"};
constexpr PublishedIn kSlim = {"TF-slim mobilenet/README.md", "V2 2018, V3 2019",
                               "tensorflow/models"};

// name, top-1, M MACs, M parameters, Pixel 1 ms, source, our model, width, resolution, standard
// convolutions, Pixel 2 ms, Pixel 3 ms
constexpr PublishedResult kResults[] = {
    {"Conv MobileNet", 71.7, 4866, 29.3, 0, &kP1Table4, "v1", 1, 224, true},
    {"V1", 70.6, 569, 4.2, 0, &kP1Table4, "v1"},
    {"V1 shallow", 65.3, 307, 2.9, 0, &kP1Table5},
    {"V1 0.75", 68.4, 325, 2.6, 0, &kP1Table6, "v1", 0.75},
    {"V1 0.5", 63.7, 149, 1.3, 0, &kP1Table6, "v1", 0.5},
    {"V1 0.25", 50.6, 41, 0.5, 0, &kP1Table6, "v1", 0.25},
    {"V1 at 192", 69.1, 418, 4.2, 0, &kP1Table7, "v1", 1, 192},
    {"V1 at 160", 67.2, 290, 4.2, 0, &kP1Table7, "v1", 1, 160},
    {"V1 at 128", 64.4, 186, 4.2, 0, &kP1Table7, "v1", 1, 128},
    {"GoogleNet", 69.8, 1550, 6.8, 0, &kP1Table8},
    {"VGG 16", 71.5, 15300, 138, 0, &kP1Table8},
    {"V1 0.5 at 160", 60.2, 76, 1.32, 0, &kP1Table9, "v1", 0.5, 160},
    {"SqueezeNet", 57.5, 1700, 1.25, 0, &kP1Table9},
    {"AlexNet", 57.2, 720, 60, 0, &kP1Table9},

    {"V1", 70.6, 575, 4.2, 113, &kP2Table4, "v1"},
    {"ShuffleNet (1.5)", 71.5, 292, 3.4, 0, &kP2Table4},
    {"ShuffleNet (x2)", 73.7, 524, 5.4, 0, &kP2Table4},
    {"NasNet-A", 74.0, 564, 5.3, 183, &kP2Table4},
    {"V2", 72.0, 300, 3.4, 75, &kP2Table4, "v2"},
    {"V2 1.4", 74.7, 585, 6.9, 143, &kP2Table4, "v2", 1.4},

    {"V1 as re-implemented", 71.6, 569, 4.2, 0, &kSenet, "v1"},
    {"V1 + SE", 74.7, 572, 4.7, 0, &kSenet},

    {"V3-Large", 75.2, 219, 5.4, 51, &kP3Table3, "v3-large", 1, 224, false, 61, 44},
    {"V3-Large 0.75", 73.3, 155, 4.0, 39, &kP3Table3, "v3-large", 0.75, 224, false, 46, 40},
    {"MnasNet-A1", 75.2, 315, 3.9, 71, &kP3Table3, {}, 1, 224, false, 86, 61},
    {"Proxyless", 74.6, 320, 4.0, 72, &kP3Table3, {}, 1, 224, false, 84, 60},
    {"V2", 72.0, 300, 3.4, 64, &kP3Table3, "v2", 1, 224, false, 76, 56},
    {"V3-Small", 67.4, 66, 2.9, 15.8, &kP3Table3, "v3-small", 1, 224, false, 19.4, 14.4},
    {"V3-Small 0.75", 65.4, 44, 2.4, 12.8, &kP3Table3, "v3-small", 0.75, 224, false, 15.6, 11.7},
    {"MnasNet-small", 64.9, 65.1, 1.9, 20.3, &kP3Table3, {}, 1, 224, false, 24.2, 17.2},
    {"V2 0.35", 60.8, 59.2, 1.6, 16.6, &kP3Table3, "v2", 0.35, 224, false, 19.6, 13.9},
    {"V3-Large, 8-bit", 73.8, 0, 0, 44, &kP3Table4, {}, 1, 224, false, 42.5, 31.7},
    {"V2, 8-bit", 70.9, 0, 0, 52, &kP3Table4, {}, 1, 224, false, 48.3, 37.0},
    {"V3-Small, 8-bit", 64.9, 0, 0, 15.5, &kP3Table4, {}, 1, 224, false, 14.9, 10.7},
    {"V2 0.35, 8-bit", 57.2, 0, 0, 16.7, &kP3Table4, {}, 1, 224, false, 15.6, 11.9},

    {"V3-Large, h-swish from 80 channels", 75.2, 0, 0, 51.4, &kP3Table5},
    {"V3-Large, ReLU everywhere", 74.5, 0, 0, 50.5, &kP3Table5},
    {"V3-Large, h-swish from 16 channels", 75.4, 0, 0, 53.5, &kP3Table5},
    {"V3-Large, h-swish from 112 channels", 75.0, 0, 0, 51, &kP3Table5},

    {"V1", 70.9, 569, 4.24, 0, &kSlimV1, "v1"},
    {"V1 at 192", 70.0, 418, 4.24, 0, &kSlimV1, "v1", 1, 192},
    {"V1 at 160", 68.0, 291, 4.24, 0, &kSlimV1, "v1", 1, 160},
    {"V1 at 128", 65.2, 186, 4.24, 0, &kSlimV1, "v1", 1, 128},
    {"V1 0.75", 68.4, 317, 2.59, 0, &kSlimV1, "v1", 0.75},
    {"V1 0.5", 63.3, 150, 1.34, 0, &kSlimV1, "v1", 0.5},
    {"V1 0.25", 49.8, 41, 0.47, 0, &kSlimV1, "v1", 0.25},
    {"V1, 8-bit", 69.7, 569, 4.24, 0, &kSlimV1},

    {"V2 1.4", 75.0, 582, 6.06, 138, &kSlim, "v2", 1.4},
    {"V2 1.3", 74.4, 509, 5.34, 123, &kSlim, "v2", 1.3},
    {"V2", 71.8, 300, 3.47, 73.8, &kSlim, "v2"},
    {"V2 at 192", 70.7, 221, 0, 55.1, &kSlim, "v2", 1, 192},
    {"V2 at 160", 68.8, 154, 0, 40.2, &kSlim, "v2", 1, 160},
    {"V2 at 128", 65.3, 99, 0, 27.6, &kSlim, "v2", 1, 128},
    {"V2 at 96", 60.3, 56, 0, 17.6, &kSlim, "v2", 1, 96},
    {"V2 0.75", 69.8, 209, 2.61, 55.8, &kSlim, "v2", 0.75},
    {"V2 0.5", 65.4, 97, 1.95, 28.7, &kSlim, "v2", 0.5},
    {"V2 0.35", 60.3, 59, 1.66, 19.7, &kSlim, "v2", 0.35},
    {"V3-Large", 75.2, 217, 5.4, 51.2, &kSlim, "v3-large", 1, 224, false, 61, 44},
    {"V3-Large 0.75", 73.3, 155, 4.0, 39.8, &kSlim, "v3-large", 0.75, 224, false, 48, 34},
    {"V3-Small", 67.5, 66, 2.9, 15.8, &kSlim, "v3-small", 1, 224, false, 19.4, 14.4},
    {"V3-Small 0.75", 65.4, 44, 2.4, 12.8, &kSlim, "v3-small", 0.75, 224, false, 15.9, 11.6},
    {"V3-Large, 8-bit", 73.9, 217, 5.4, 44, &kSlim, {}, 1, 224, false, 42.5, 32},
    {"V3-Small, 8-bit", 64.9, 66, 2.9, 15.5, &kSlim, {}, 1, 224, false, 15, 10.7},
    {"V3-Large minimalistic", 72.3, 209, 3.9, 44.1, &kSlim, {}, 1, 224, false, 51, 35},
    {"V3-Small minimalistic", 61.9, 65, 2.0, 12.2, &kSlim, {}, 1, 224, false, 15.1, 11},
};

}  // namespace

std::span<const PublishedResult> published_results() {
  return kResults;
}

}  // namespace lens
