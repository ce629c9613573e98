#include "app/demo_json.h"

#include "app/page_json.h"
#include "base/error_json.h"

namespace lens {

namespace {

struct Demo {
  std::string_view name;
  Result<std::string> (*json)(const DemoParameters&);
};

constexpr Demo kDemos[] = {
    {"relu-embedding", relu_embedding_json},
    {"convolution-cost", convolution_cost_json},
};

std::string names() {
  std::string all;
  for (const Demo& demo : kDemos) all += (all.empty() ? "" : ", ") + std::string(demo.name);
  return all;
}

}  // namespace

std::string demo_json(std::string_view name, std::string_view parameters) {
  for (const Demo& demo : kDemos) {
    if (demo.name != name) continue;
    const Result<DemoParameters> parsed = DemoParameters::parse(parameters);
    if (!parsed) return error_json(parsed.error());
    const Result<std::string> json = demo.json(*parsed);
    return json ? *json : error_json(json.error());
  }
  return error_json({"There is no demo \"" + std::string(name) + "\".", "Demos: " + names() + "."});
}

}  // namespace lens
