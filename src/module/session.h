// What engine.mjs drives: one loaded model, its input and its last run. The engine without
// interface; knows no page.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/inference.h"
#include "engine/tensor.h"
#include "image/image.h"
#include "models/catalog.h"
#include "weights/bind.h"

namespace lens {

class Session {
 public:
  // For the runs from now on; each thread joins in once it has started.
  void start_threads(int threads) { pool_ = std::make_unique<ThreadPool>(threads); }

  // Those that work by now.
  int threads() const { return pool_->threads(); }

  // One TFLite file, or a backbone and its head: whichever version and variant of the catalog they
  // are. On failure the old model stays.
  Result<bool> load(std::vector<std::vector<std::uint8_t>> files);

  bool loaded() const { return model_ != nullptr; }

  // What run() computes in from now on, float32 at first and after each load. A model must be
  // loaded (asserted). Fails when its file has no integers, and says why.
  Result<bool> set_precision(Precision precision);

  // {"model", "title", "width", "resolution", "classes", "kind", "precisions", "peakBytes":
  // {"float32", "int8"}, "input": {"scale", "zeroPoint"}} of the loaded model.
  std::string describe() const;

  // The nodes of the loaded model in the order in which they run, each with the milliseconds of the
  // last run, as write_ms() has them.
  std::string graph_json() const;

  // Where run() reads from, (resolution, resolution, 3): scaled as the model wants it.
  Tensor& input() { return input_; }

  // Fills input() with a photo's centre square.
  Result<bool> set_photo(const ImageView& photo);

  // One inference over input(). A model must be loaded (asserted).
  void run();

  // Null before the first run.
  const Snapshot* snapshot() const { return snapshot_.get(); }

 private:
  std::unique_ptr<ThreadPool> pool_ = std::make_unique<ThreadPool>();
  const CatalogEntry* entry_ = nullptr;
  Variant variant_;
  int classes_ = 0;
  FileKind kind_ = FileKind::float32;
  Precision precision_ = Precision::float32;
  Error no_int8_;
  std::shared_ptr<const Model> model_;
  Tensor input_;
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace lens
