#include "app/demo_json.h"
#include "base/json.h"
#include "demos/convolution_cost.h"

namespace lens {

namespace {

using demos::ConvolutionCost;

void write_cost(JsonWriter& json, std::string_view name, const ConvolutionCost& cost) {
  json.key(name);
  json.begin_object();
  json.member("macs", cost.macs);
  json.member("parameters", cost.parameters);
  json.end_object();
}

}  // namespace

Result<std::string> convolution_cost_json(const DemoParameters& parameters) {
  const Result<bool> known = parameters.only({"dk", "m", "n", "df"});
  if (!known) return known.error();
  demos::ConvolutionLayer layer;

  const struct {
    const char* name;
    int* value;
  } wanted[] = {{"dk", &layer.kernel},
                {"m", &layer.in_channels},
                {"n", &layer.out_channels},
                {"df", &layer.extent}};

  for (const auto& [name, value] : wanted) {
    const Result<double> given = parameters.whole(name, {1, 4096}, *value);
    if (!given) return given.error();
    *value = static_cast<int>(*given);
  }
  JsonWriter json;
  json.begin_object();
  for (const auto& [name, value] : wanted) json.member(name, *value);
  write_cost(json, "standard", demos::standard_cost(layer));
  write_cost(json, "depthwise", demos::depthwise_cost(layer));
  write_cost(json, "pointwise", demos::pointwise_cost(layer));
  write_cost(json, "separable", demos::separable_cost(layer));
  json.member("ratio", demos::separable_ratio(layer));
  json.end_object();
  return json.text();
}

}  // namespace lens
