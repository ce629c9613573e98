// What window.lens returns, as JSON. Shapes are those of the page's public interface.
#pragma once

#include <string>

#include "app/app.h"

namespace lens {

std::string state_json(const App& app);
std::string graph_json(const App& app);
std::string predictions_json(const App& app, int count);
// An error object when the cell does not exist or nothing has been run.
std::string explain_json(const App& app, std::string_view node, int y, int x, int channel);
// {"filter": {"shape": [kh, kw, in, out]}, "bias": {"shape": [out]}}; depthwise filters are
// [kh, kw, c]. An error object for layers without weights.
std::string weights_json(const App& app, std::string_view node);
// Of the model on the screen; null for layers without weights.
const NodeWeights* weights_of(const App& app, std::string_view node);

}  // namespace lens
