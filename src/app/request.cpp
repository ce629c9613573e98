#include "app/request.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "ui/text.h"
#include "views/views.h"

namespace lens {

namespace {

std::optional<double> number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') return std::nullopt;
  return value;
}

std::optional<int> whole_number(const std::string& text) {
  const std::optional<double> value = number(text);
  if (!value || !(std::fabs(*value) <= 1e9)) return std::nullopt;
  const int whole = static_cast<int>(*value);
  return whole == *value ? std::optional(whole) : std::nullopt;
}

// "12,7"; an empty text is no cell.
std::optional<Cell> cell(const std::string& text) {
  if (text.empty()) return Cell{};
  const std::size_t comma = std::min(text.find(','), text.size() - 1);
  const std::optional<int> y = whole_number(text.substr(0, comma));
  const std::optional<int> x = whole_number(text.substr(comma + 1));
  if (!y || !x || *y < 0 || *x < 0) return std::nullopt;
  return Cell{*y, *x};
}

Error unreadable(std::string_view key, const std::string& value) {
  return {"select: " + std::string(key) + " cannot be \"" + value + "\".", ""};
}

// Only one language exists so far: naming it is allowed, others are not.
std::optional<Error> check_only(std::string_view key, const std::string& value,
                                std::string_view only) {
  if (value == only) return std::nullopt;
  return Error{"select: " + std::string(key) + " \"" + value + "\" is not available.",
               "Available: " + std::string(only) + "."};
}

std::optional<Error> take(Request& request, std::string_view key, const std::string& value) {
  if (key == "language") return check_only(key, value, "en");
  if (key == "model") {
    request.model = value;
  } else if (key == "node") {
    request.node = value;
  } else if (key == "view") {
    request.view = value;
    if (!find_view(value)) return unreadable(key, value);
  } else if (key == "width") {
    request.width = number(value);
    if (!request.width) return unreadable(key, value);
  } else if (key == "resolution") {
    request.resolution = whole_number(value);
    if (!request.resolution) return unreadable(key, value);
  } else if (key == "precision") {
    request.precision = find_precision(value);
    if (!request.precision) return unreadable(key, value);
  } else if (key == "channel") {
    request.channel = whole_number(value);
    if (!request.channel) return unreadable(key, value);
  } else if (key == "cell") {
    request.cell = cell(value);
    if (!request.cell) return unreadable(key, value);
  } else {
    return Error{
        "select: there is nothing called \"" + std::string(key) + "\".",
        "Known: model, width, resolution, precision, node, channel, cell, view, language."};
  }
  return std::nullopt;
}

}  // namespace

Result<Request> parse_request(std::string_view text) {
  Request request;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(pair.size() < text.size() ? pair.size() + 1 : pair.size());
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string value(pair.substr(std::min(equals + 1, pair.size())));
    if (auto error = take(request, pair.substr(0, equals), value)) return *error;
  }
  return request;
}

Result<Target> target_of(const Request& request, const Target& current) {
  const CatalogEntry* entry = request.model ? find_model(*request.model) : current.entry;
  if (!entry) {
    return Error{"There is no model \"" + *request.model + "\".",
                 "Models: v1, v2, v3-small, v3-large."};
  }
  const bool same_model = entry == current.entry;
  if (!request.width && !request.resolution) {
    return Target{entry, same_model && !request.model ? current.variant : entry->variants[0]};
  }
  for (const Variant& variant : entry->variants) {
    const bool width_fits = !request.width || variant.width == *request.width;
    const bool fits = !request.resolution || variant.resolution == *request.resolution;
    if (width_fits && fits) return Target{entry, variant};
  }
  return Error{ui::format("MobileNet %s has no such width and resolution.",
                          std::string(entry->title).c_str()),
               "Published: V1 at 1.0/224, 0.75/224, 0.75/192 and 0.25/128; the others at 1.0/224."};
}

}  // namespace lens
