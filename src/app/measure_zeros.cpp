// The zeros of other models on the photo of the screen: their files are fetched and they are run
// without being shown.
#include "app/app.h"
#include "image/preprocess.h"
#include "platform/shell.h"

namespace lens {

void App::measure_zeros(bool all) {
  if (!snapshot_) return;
  background_.measure(*shown_);
  if (!all) return;
  unmeasured_.clear();
  for (const char* id : {"v1", "v2", "v3-small"}) {
    const CatalogEntry* entry = find_model(id);
    if (!background_.measured(*entry)) unmeasured_.push_back({entry, entry->variants[0]});
  }
  measure_next();
}

// The first of the wanted models, from the library or from the page. What the visitor waits for
// goes first.
void App::measure_next() {
  while (!unmeasured_.empty() && !fetching_ && !activity_.loading && photo_) {
    const Target target = unmeasured_.front();
    const auto model = library_.find(*target.entry, target.variant);
    if (!model) {
      fetching_ = target;
      shell::request_model(std::string(target.entry->id), target.variant.width,
                           target.variant.resolution);
      return;
    }
    unmeasured_.erase(unmeasured_.begin());
    const int resolution = model->graph.node(0).out.h;
    if (!photo_->has(resolution)) continue;  // a live picture, cropped for another model
    background_.measure(model, scale_pixels(photo_->at(resolution), model->model->input()));
  }
}

void App::fetched(ReadyModel model) {
  fetching_.reset();
  library_.keep(std::move(model));
  measure_next();
}

}  // namespace lens
