// The live camera's side of the application: its pictures, and how fast their results come.
#include "app/app.h"
#include "base/clock.h"

namespace lens {

namespace {

// Of a new interval in the smoothed one: a change shows within about half a second at 30 pictures
// per second.
constexpr double kNewPart = 0.1;

}  // namespace

void App::set_camera(bool on) {
  camera_ = {.on = on};
  last_live_ms_ = 0;
}

// Only for the resolution of the model that reads it: there is another in a moment.
Result<bool> App::live_arrived(std::string name, const ImageView& image) {
  const ReadyModel& model = job_.model ? *job_.model : *shown_;
  Result<Photo> photo =
      prepare_live_photo(std::move(name), image, ++photos_, model.graph.node(0).out.h);
  return take(std::move(photo));
}

void App::time_live_result() {
  const double now = now_ms();
  if (last_live_ms_ > 0) {
    const double interval = now - last_live_ms_;
    const bool first = camera_.frame_ms == 0;
    camera_.frame_ms =
        first ? interval : camera_.frame_ms + kNewPart * (interval - camera_.frame_ms);
  }
  last_live_ms_ = now;
}

}  // namespace lens
