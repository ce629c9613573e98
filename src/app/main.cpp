// The page's entry points: plain C functions that web/shell.js calls. Pointers are lent for the
// call and copied at once; texts that are returned live until the next call. [[gnu::used]] is what
// makes Emscripten export a function.
#include <cstdint>
#include <memory>
#include <string>

#include "app/app.h"
#include "app/demo_json.h"
#include "app/page_json.h"
#include "base/error_json.h"
#include "platform/window.h"

namespace {

using lens::FileBytes;

// The one instance: a C interface has no other place to keep it.
struct Page {
  lens::App app;
  lens::Window window;
  std::string answer;
  std::uint32_t frames = 0;
  bool open = false;
};

Page& page() {
  static const std::unique_ptr<Page> instance = std::make_unique<Page>();
  return *instance;
}

FileBytes copy_of(const std::uint8_t* data, int size) {
  return size > 0 ? FileBytes(data, data + size) : FileBytes();
}

// One file, or a backbone and its head.
std::vector<FileBytes> files_of(const std::uint8_t* first, int first_size,
                                const std::uint8_t* second, int second_size) {
  std::vector<FileBytes> files = {copy_of(first, first_size)};
  if (second_size > 0) files.push_back(copy_of(second, second_size));
  return files;
}

std::string_view text_of(const std::uint8_t* data, int size) {
  return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)};
}

const char* answer(std::string text) {
  page().answer = std::move(text);
  return page().answer.c_str();
}

}  // namespace

extern "C" {

// What this program is; before anything is run.
[[gnu::used]] void lens_build(const char* build) {
  page().app.set_build(build);
}

[[gnu::used]] void lens_threads(int threads) {
  page().app.use_threads(threads);
}

// Opens the canvas: nothing is drawn before. Returns {"ok": true} or the error to show in the page.
[[gnu::used]] const char* lens_open(int dark) {
  const lens::Result<bool> opened = page().window.open();
  page().open = opened.ok();
  page().app.set_dark(dark != 0);
  return answer(lens::result_json(opened));
}

[[gnu::used]] void lens_fonts(const std::uint8_t* regular, int regular_size,
                              const std::uint8_t* semibold, int semibold_size) {
  page().app.set_fonts({copy_of(regular, regular_size), copy_of(semibold, semibold_size)});
}

[[gnu::used]] const char* lens_labels(const std::uint8_t* text, int size) {
  return answer(lens::result_json(page().app.set_labels(text_of(text, size))));
}

[[gnu::used]] void lens_reduced_motion(int reduced) {
  page().app.set_reduced_motion(reduced != 0);
}

// Names and titles of the sample photos, "name\ttitle" per line.
[[gnu::used]] void lens_samples(const char* lines) {
  std::vector<lens::Sample> samples;
  std::string_view rest(lines);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t tab = std::min(line.find('\t'), line.size());
    const std::string_view title = line.substr(std::min(tab + 1, line.size()));
    samples.push_back({std::string(line.substr(0, tab)), std::string(title)});
  }
  page().app.set_samples(std::move(samples));
}

[[gnu::used]] void lens_start(const char* hash) {
  page().app.start(hash);
}

// Draws one frame; 1 when another is wanted soon.
[[gnu::used]] int lens_frame() {
  Page& p = page();
  if (!p.open) return 0;
  p.window.follow_canvas();
  if (p.app.update_theme(p.window.width(), p.window.dpr())) p.window.rebuild_gpu_objects();
  p.window.begin_frame();
  const bool more = p.app.frame();
  p.window.end_frame();
  ++p.frames;
  return more;
}

// Advances the running inference for about budget_ms. 2: a result has arrived, draw it; 1: there is
// more to do; 0: nothing is running.
[[gnu::used]] int lens_work(double budget_ms) {
  if (page().app.work(budget_ms)) return 2;
  return page().app.running() ? 1 : 0;
}

// 1 while a model is loading or an inference is running.
[[gnu::used]] int lens_busy() {
  return page().app.busy();
}

[[gnu::used]] std::uint32_t lens_frames() {
  return page().frames;
}

[[gnu::used]] void lens_camera(int on) {
  page().app.set_camera(on != 0);
}

// Pixels of a decoded photo or, if live, of the camera: RGBA, rows from the top.
[[gnu::used]] const char* lens_photo(const char* name, const std::uint8_t* rgba, int width,
                                     int height, int live) {
  const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
  const lens::ImageView image = {width, height, 4, {rgba, size}};
  lens::App& app = page().app;
  return answer(lens::result_json(live != 0 ? app.live_arrived(name, image)
                                            : app.photo_arrived(name, image)));
}

// A sample photo for the tray, which the photo on the screen knows nothing of.
[[gnu::used]] const char* lens_tray_photo(int id, const char* name, const std::uint8_t* rgba,
                                          int width, int height) {
  const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
  const lens::ImageView image = {width, height, 4, {rgba, size}};
  return answer(lens::result_json(page().app.tray_photo_arrived(id, name, image)));
}

[[gnu::used]] void lens_tray_photo_failed(int id, const char* message, const char* hint) {
  page().app.tray_photo_failed(id, {message, hint});
}

[[gnu::used]] void lens_model_progress(double received, double total) {
  page().app.model_progress(received, total);
}

[[gnu::used]] void lens_model_files(const std::uint8_t* first, int first_size,
                                    const std::uint8_t* second, int second_size) {
  page().app.model_arrived(files_of(first, first_size, second, second_size));
}

[[gnu::used]] void lens_model_failed(const char* message, const char* hint) {
  page().app.model_failed({message, hint});
}

[[gnu::used]] const char* lens_own_files(const char* name, const std::uint8_t* first,
                                         int first_size, const std::uint8_t* second,
                                         int second_size) {
  return answer(lens::result_json(
      page().app.own_files_arrived(name, files_of(first, first_size, second, second_size))));
}

[[gnu::used]] void lens_error(const char* message, const char* hint) {
  page().app.show_error({message, hint});
}

// --- what the visitor does

[[gnu::used]] const char* lens_select(const char* request) {
  return answer(lens::result_json(page().app.select(request)));
}

// {"ok": true}, or why the last request was refused once its model had come.
[[gnu::used]] const char* lens_refused() {
  const std::optional<lens::Error>& why = page().app.refused();
  return answer(lens::result_json(why ? lens::Result<bool>(*why) : lens::Result<bool>(true)));
}

[[gnu::used]] const char* lens_intervene(const char* request) {
  return answer(lens::result_json(page().app.intervene(request)));
}

[[gnu::used]] int lens_key(const char* key, int shift) {
  return page().app.press(key, shift != 0);
}

// Scrolling in CSS pixels, as the browser reports it.
[[gnu::used]] void lens_wheel(float dx, float dy) {
  page().window.wheel(dx, dy);
}

// Whether Shift is held down with the pointer's latest event.
[[gnu::used]] void lens_shift(int down) {
  page().window.shift(down != 0);
}

// --- what window.lens reads

[[gnu::used]] const char* lens_state() {
  return answer(lens::state_json(page().app));
}

[[gnu::used]] const char* lens_graph() {
  return answer(lens::graph_json(page().app));
}

[[gnu::used]] const char* lens_predictions(int count) {
  return answer(lens::predictions_json(page().app, count));
}

[[gnu::used]] const char* lens_explain(const char* node, int y, int x, int channel) {
  return answer(lens::explain_json(page().app, node, y, x, channel));
}

// The first of a layer's floats, or null; graph() tells how many there are.
[[gnu::used]] const float* lens_activations(const char* node) {
  const lens::Snapshot* snapshot = page().app.shown_snapshot();
  const lens::NodeId id = snapshot ? snapshot->graph().find(node) : lens::kNoNode;
  return id == lens::kNoNode ? nullptr : snapshot->output(id).data.data();
}

// Shapes of a layer's filter and bias, or an error.
[[gnu::used]] const char* lens_weights(const char* node) {
  return answer(lens::weights_json(page().app, node));
}

// The first float of a layer's filter, or of its bias; asked for only after lens_weights.
[[gnu::used]] const float* lens_weight_data(const char* node, int bias) {
  const lens::NodeWeights* weights = lens::weights_of(page().app, node);
  if (!weights) return nullptr;
  return bias ? weights->bias.data() : weights->filter.data();
}

[[gnu::used]] const char* lens_table(const char* name) {
  const lens::Result<lens::Table> table = page().app.table(name);
  return answer(table ? lens::to_json(*table) : lens::error_json(table.error()));
}

[[gnu::used]] const char* lens_demo(const char* name, const char* parameters) {
  return answer(lens::demo_json(name, parameters));
}

[[gnu::used]] const char* lens_permalink() {
  return answer(page().app.permalink());
}

}  // extern "C"

int main() {
  return 0;
}
