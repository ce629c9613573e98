#include "app/gate_tray.h"

#include <algorithm>

#include "classes/top_k.h"

namespace lens {

namespace {

using State = TrayPhoto::State;

bool is_gate(const Node& node) {
  return node.role == Role::gate;
}

}  // namespace

TrayPhoto* GateTray::find(int id) {
  const auto at = std::find_if(photos_.begin(), photos_.end(),
                               [&](const TrayPhoto& photo) { return photo.id == id; });
  return at == photos_.end() ? nullptr : &*at;
}

int GateTray::expect(const std::string& name) {
  const auto known = std::find_if(photos_.begin(), photos_.end(),
                                  [&](const TrayPhoto& photo) { return photo.name == name; });
  if (known != photos_.end()) {
    if (known->state != State::failed) return 0;
    remove(known->id);
  }
  if (photos_.size() >= kMost) return 0;
  TrayPhoto photo;
  photo.id = ++last_id_;
  photo.name = name;
  photos_.push_back(std::move(photo));
  originals_.emplace_back();
  return last_id_;
}

bool GateTray::arrived(int id, std::shared_ptr<const Photo> photo) {
  TrayPhoto* waiting = find(id);
  if (!waiting) return false;
  const auto index = static_cast<std::size_t>(waiting - photos_.data());
  originals_[index] = std::move(photo);
  waiting->state = State::waiting;
  show_pixels(index);
  return true;
}

void GateTray::failed(int id, const Error& why) {
  TrayPhoto* waiting = find(id);
  if (!waiting) return;
  waiting->state = State::failed;
  waiting->problem = why.message;
}

void GateTray::add(std::shared_ptr<const Photo> photo) {
  const int id = expect(photo->name);
  if (id != 0) arrived(id, std::move(photo));
}

void GateTray::remove(int id) {
  const TrayPhoto* photo = find(id);
  if (!photo) return;
  if (id == running_) {
    runner_.stop();
    running_ = 0;
  }
  const auto index = photo - photos_.data();
  photos_.erase(photos_.begin() + index);
  originals_.erase(originals_.begin() + index);
}

void GateTray::show_pixels(std::size_t index) {
  if (!model_ || !originals_[index]) return;
  TrayPhoto& photo = photos_[index];
  const int resolution = model_->graph().node(0).out.h;
  if (!originals_[index]->has(resolution)) {
    photo.state = State::failed;
    photo.problem = "This live picture was cropped for another model.";
    return;
  }
  const Crop& crop = originals_[index]->at(resolution);
  photo.resolution = crop.size;
  photo.pixels = crop.rgb;
}

void GateTray::follow(std::shared_ptr<const Model> model, Precision precision) {
  if (model == model_ && precision == precision_) return;
  runner_.stop();
  running_ = 0;
  model_ = std::move(model);
  precision_ = precision;
  has_gates_ =
      model_ && std::any_of(model_->graph().nodes.begin(), model_->graph().nodes.end(), is_gate);
  for (std::size_t i = 0; i < photos_.size(); ++i) {
    TrayPhoto& photo = photos_[i];
    if (photo.state == State::done) photo.state = State::waiting;
    photo.gates.clear();
    show_pixels(i);
  }
}

const TrayPhoto* GateTray::next() const {
  if (!has_gates_) return nullptr;
  const auto at = std::find_if(photos_.begin(), photos_.end(), [](const TrayPhoto& photo) {
    return photo.state == State::waiting;
  });
  return at == photos_.end() ? nullptr : &*at;
}

void GateTray::keep(TrayPhoto& photo, const Snapshot& snapshot) const {
  const Graph& graph = snapshot.graph();
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (!is_gate(graph.node(id))) continue;
    const std::span<const float> gates = snapshot.output(id).data;
    photo.gates.emplace_back(gates.begin(), gates.end());
  }
  const Prediction top = top_predictions(snapshot.output(graph.last()).data, 1,
                                         snapshot.output(graph.find("head.logits")).data)
                             .front();
  photo.output = top.output;
  photo.probability = top.probability;
  photo.state = State::done;
}

bool GateTray::advance(double budget_ms) {
  const TrayPhoto* wanted = next();
  if (!wanted) return false;
  if (running_ != wanted->id) {
    const Photo& original = *originals_[static_cast<std::size_t>(wanted - photos_.data())];
    const Crop& crop = original.at(model_->graph().node(0).out.h);
    const Tensor input = scale_pixels(crop, model_->input());
    runner_.start(model_, input.view(), {.precision = precision_});
    running_ = wanted->id;
  }
  const std::shared_ptr<const Snapshot> snapshot = runner_.advance(budget_ms);
  if (!snapshot) return false;
  keep(*find(running_), *snapshot);
  running_ = 0;
  return true;
}

}  // namespace lens
