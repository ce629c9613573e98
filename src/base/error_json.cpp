#include "base/error_json.h"

#include "base/json.h"

namespace lens {

std::string error_json(const Error& error) {
  JsonWriter json;
  json.begin_object();
  json.key("error");
  json.begin_object();
  json.member("message", error.message);
  json.member("hint", error.hint);
  json.end_object();
  json.end_object();
  return json.text();
}

std::string result_json(const Result<bool>& result) {
  return result ? "{\"ok\":true}" : error_json(result.error());
}

}  // namespace lens
