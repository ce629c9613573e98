// The entry points of the engine without interface: plain C functions that web/engine.mjs calls.
// Pointers are lent for the call and copied at once; texts that are returned live until the next
// call, floats until the next run or load. [[gnu::used]] is what makes Emscripten export a
// function.
#include <cstdint>
#include <memory>
#include <string>

#include "base/error_json.h"
#include "module/session.h"

namespace {

// The one instance: a C interface has no other place to keep it.
struct Engine {
  lens::Session session;
  std::string answer;
};

Engine& engine() {
  static const std::unique_ptr<Engine> instance = std::make_unique<Engine>();
  return *instance;
}

const char* answer(std::string text) {
  engine().answer = std::move(text);
  return engine().answer.c_str();
}

}  // namespace

extern "C" {

[[gnu::used]] void lens_engine_start_threads(int threads) {
  engine().session.start_threads(threads);
}

// Those that work by now: a worker starts when the caller's code has returned to its event loop.
[[gnu::used]] int lens_engine_threads() {
  return engine().session.threads();
}

// What was loaded, Session::describe(), or {"error": {"message", "hint"}}. Sizes of 0: no file.
[[gnu::used]] const char* lens_engine_load(const std::uint8_t* first, int first_size,
                                           const std::uint8_t* second, int second_size) {
  std::vector<std::vector<std::uint8_t>> files;
  files.emplace_back(first, first + first_size);
  if (second_size > 0) files.emplace_back(second, second + second_size);
  const lens::Result<bool> loaded = engine().session.load(std::move(files));
  return loaded ? answer(engine().session.describe()) : answer(lens::error_json(loaded.error()));
}

// 1: int8, 0: float32. {} or an error.
[[gnu::used]] const char* lens_engine_set_precision(int int8) {
  const lens::Result<bool> set =
      engine().session.set_precision(int8 != 0 ? lens::Precision::int8 : lens::Precision::float32);
  return set ? answer("{}") : answer(lens::error_json(set.error()));
}

// Of the loaded model, Session::graph_json().
[[gnu::used]] const char* lens_engine_graph() {
  return answer(engine().session.graph_json());
}

// Where the next run reads its input from; the caller may write to it.
[[gnu::used]] float* lens_engine_input() {
  return engine().session.input().data.data();
}

// Takes a photo's pixels as input: RGBA, rows from the top. {} or an error.
[[gnu::used]] const char* lens_engine_photo(const std::uint8_t* rgba, int width, int height) {
  const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
  const lens::Result<bool> taken = engine().session.set_photo({width, height, 4, {rgba, size}});
  return taken ? answer("{}") : answer(lens::error_json(taken.error()));
}

[[gnu::used]] void lens_engine_run() {
  engine().session.run();
}

// The first of a node's floats, by its place in the graph; null before the first run.
[[gnu::used]] const float* lens_engine_activations(int node) {
  const lens::Snapshot* snapshot = engine().session.snapshot();
  return snapshot == nullptr ? nullptr : snapshot->output(node).data.data();
}

}  // extern "C"

int main() {
  return 0;
}
