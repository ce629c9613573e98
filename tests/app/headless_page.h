// The application without a window and without a browser: ImGui with no back end, and a page that
// only writes down what it is asked for.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/app.h"

namespace lens::test {

struct Saved {
  std::string name;
  std::string type;
  std::string text;
};

// What the application has asked of the page.
struct Asked {
  std::vector<std::string> models;  // "v1 0.25 128"
  std::vector<int> samples;
  std::vector<std::pair<int, int>> tray_samples;  // index and id
  int pickers = 0;
  int camera_toggles = 0;
  std::vector<std::string> events;  // names
  std::vector<Saved> saved;
  std::string hash;
};

Asked& asked();

class HeadlessPage {
 public:
  explicit HeadlessPage(float width = 1280, float height = 800);
  ~HeadlessPage();
  HeadlessPage(const HeadlessPage&) = delete;
  HeadlessPage& operator=(const HeadlessPage&) = delete;

  // One frame with the pointer at a place (off the page by default); vertices drawn.
  int frame(float mouse_x = -1, float mouse_y = -1, bool pressed = false);
  // The pointer goes there, presses, lets go and leaves; then as settle().
  void click(float x, float y);
  // Frames until nothing is under way.
  void settle();
  // A photo of a seeded pattern, and untrained weights for whatever model has been asked for.
  void bring_photo(int width = 64, int height = 48);
  void bring_untrained_model();

  App app;
  bool wants_frame = false;  // what the last frame answered
};

}  // namespace lens::test
