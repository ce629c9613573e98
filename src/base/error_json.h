// Errors and outcomes as JavaScript receives them.
#pragma once

#include <string>

#include "base/result.h"

namespace lens {

std::string error_json(const Error& error);           // {"error": {"message", "hint"}}
std::string result_json(const Result<bool>& result);  // {"ok": true} or the error

}  // namespace lens
