// A model ready to run, from the user's own file, the published one, or untrained.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/command_line.h"
#include "engine/model.h"

namespace lens::cli {

enum class Origin { published, own_file, untrained };

std::string_view to_string(Origin origin);  // "published", "own file", "untrained"

struct LoadedModel {
  std::shared_ptr<const Model> model;
  Origin origin = Origin::published;
  std::string note = {};  // why the weights are untrained; else empty
  Error no_int8 = {};     // why the model has float32 only; else empty
};

// files: the user's own, none for the published ones. Files that cannot be read or are not this
// model are an error; published files that are not on this machine are not, the model is untrained
// then.
Result<LoadedModel> load_model(const ModelChoice& choice, const std::vector<std::string>& files);

}  // namespace lens::cli
