#include "app/intervene_request.h"

#include <cstdlib>
#include <optional>
#include <string>

#include "demos/gate_presets.h"

namespace lens {

namespace {

// The same shuffle for the same block, whoever asks.
constexpr std::uint64_t kShuffleSeed = 1;

// Cuts the text before the first separator off; all of it when there is none.
std::string_view cut(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view head = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return head;
}

std::optional<double> number(std::string_view text) {
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (copy.empty() || *end != '\0') return std::nullopt;
  return value;
}

Error refused(std::string_view what) {
  return {"intervene: " + std::string(what) + ".",
          "Each item has a node and one of: activation, gates, channel with silence."};
}

Result<Intervention> replace_activation(NodeId node, std::string_view name) {
  for (const Activation activation : kActivations) {
    if (to_string(activation) == name) return Intervention(ReplaceActivation{node, activation});
  }
  return refused("there is no activation \"" + std::string(name) + "\"");
}

Result<Intervention> override_gates(NodeId node, std::string_view values, const Snapshot& plain) {
  OverrideGates change{node, {}};
  if (const auto preset = demos::find_gate_preset(values)) {
    change.gates = demos::preset_gates(*preset, plain.output(node).data, kShuffleSeed);
    return Intervention(std::move(change));
  }
  while (!values.empty()) {
    const std::optional<double> gate = number(cut(values, ','));
    if (!gate || *gate < 0 || *gate > 1) return refused("gates are numbers from 0 to 1");
    change.gates.push_back(static_cast<float>(*gate));
  }
  return Intervention(std::move(change));
}

Result<Intervention> silence(NodeId node, std::string_view channel) {
  const std::optional<double> value = number(channel);
  if (!value || *value < 0 || *value > 1e6) return refused("a channel is a whole number from 0");
  return Intervention(SilenceChannel{node, static_cast<int>(*value)});
}

Result<Intervention> parse_line(std::string_view line, const Snapshot& plain) {
  const std::string_view kind = cut(line, ' ');
  const std::string_view name = cut(line, ' ');
  const NodeId node = plain.graph().find(name);
  if (node == kNoNode) return refused("there is no layer \"" + std::string(name) + "\"");
  if (kind == "activation") return replace_activation(node, line);
  if (kind == "gates") return override_gates(node, line, plain);
  if (kind == "silence") return silence(node, line);
  return refused("\"" + std::string(kind) + "\" is not known");
}

}  // namespace

Result<std::vector<Intervention>> parse_interventions(std::string_view text,
                                                      const Snapshot& plain) {
  std::vector<Intervention> interventions;
  while (!text.empty()) {
    Result<Intervention> one = parse_line(cut(text, '\n'), plain);
    if (!one) return one.error();
    if (const auto problem = validate(plain.graph(), *one, plain.precision))
      return refused(*problem);
    interventions.push_back(std::move(one).value());
  }
  return interventions;
}

}  // namespace lens
