#include "app/url_state.h"

#include <cstdio>
#include <cstdlib>

namespace lens {

namespace {

// Identifiers are lower-case words, digits, '.', '-', '_'; anything else in a link is not ours.
bool is_identifier(std::string_view text) {
  if (text.size() > 64) return false;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter && c != '.' && c != '-' && c != '_') return false;
  }
  return true;
}

double number(std::string_view text, double low, double high, double otherwise) {
  const std::string copy(text.substr(0, 32));
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  const bool whole = !copy.empty() && *end == '\0';
  return whole && value >= low && value <= high ? value : otherwise;
}

// "12,7"; nothing unless both are whole numbers of a map.
void take_cell(UrlState& state, std::string_view value) {
  const std::size_t comma = value.find(',');
  if (comma == std::string_view::npos) return;
  const double y = number(value.substr(0, comma), 0, 4095, -1);
  const double x = number(value.substr(comma + 1), 0, 4095, -1);
  if (y < 0 || x < 0) return;
  state.y = static_cast<int>(y);
  state.x = static_cast<int>(x);
}

void take(UrlState& state, std::string_view key, std::string_view value) {
  const auto identifier = [&](std::string& member) {
    if (is_identifier(value)) member = value;
  };
  if (key == "model") identifier(state.model);
  if (key == "node") identifier(state.node);
  if (key == "view") identifier(state.view);
  if (key == "width") state.width = number(value, 0, 4, state.width);
  if (key == "resolution") {
    state.resolution = static_cast<int>(number(value, 1, 4096, state.resolution));
  }
  if (key == "precision") state.precision = find_precision(value).value_or(state.precision);
  if (key == "channel") state.channel = static_cast<int>(number(value, -1, 1e6, state.channel));
  if (key == "cell") take_cell(state, value);
}

}  // namespace

std::string format_url(const UrlState& state) {
  const UrlState defaults;
  std::string text;
  const auto put = [&](const char* key, const std::string& value) {
    if (!text.empty()) text += '&';
    text += key;
    text += '=';
    text += value;
  };
  if (!state.model.empty()) put("model", state.model);
  if (state.width != defaults.width) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.9g", state.width);
    put("width", digits);
  }
  if (state.resolution != defaults.resolution) put("resolution", std::to_string(state.resolution));
  if (state.precision != defaults.precision) {
    put("precision", std::string(to_string(state.precision)));
  }
  if (!state.node.empty()) put("node", state.node);
  if (state.channel >= 0) put("channel", std::to_string(state.channel));
  if (state.y >= 0) put("cell", std::to_string(state.y) + "," + std::to_string(state.x));
  if (!state.view.empty()) put("view", state.view);
  return text;
}

UrlState parse_url(std::string_view text) {
  UrlState state;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(pair.size() < text.size() ? pair.size() + 1 : pair.size());
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    take(state, pair.substr(0, equals), pair.substr(equals + 1));
  }
  return state;
}

}  // namespace lens
