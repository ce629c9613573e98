// The tray of photos whose gates are compared. Each is run once by the model on the screen, when
// nothing else is to be run, and only the gates are kept. Another model: all are run again.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/photo.h"
#include "app/runner.h"
#include "views/tray.h"

namespace lens {

class GateTray {
 public:
  static constexpr std::size_t kMost = 8;  // as many as a chart can tell apart

  // A place for a photo that is on its way: its id, or 0 when it is there already or all places are
  // taken. One that has failed is tried again.
  int expect(const std::string& name);
  // False when nobody waits for it any more.
  bool arrived(int id, std::shared_ptr<const Photo> photo);
  void failed(int id, const Error& why);
  void add(std::shared_ptr<const Photo> photo);
  void remove(int id);

  // The model on the screen from now on, null while it has no weights, and what it runs in.
  void follow(std::shared_ptr<const Model> model, Precision precision);

  bool busy() const { return next() != nullptr; }

  // Steps for about so long; true when a photo has been finished.
  bool advance(double budget_ms);

  std::span<const TrayPhoto> photos() const { return photos_; }

 private:
  TrayPhoto* find(int id);
  const TrayPhoto* next() const;
  void show_pixels(std::size_t index);
  void keep(TrayPhoto& photo, const Snapshot& snapshot) const;

  std::vector<TrayPhoto> photos_;
  std::vector<std::shared_ptr<const Photo>> originals_;  // of photos_, null until they have come
  int last_id_ = 0;
  std::shared_ptr<const Model> model_;
  Precision precision_ = Precision::float32;
  bool has_gates_ = false;  // the model
  Runner runner_;
  int running_ = 0;  // the id of the photo that is being run
};

}  // namespace lens
