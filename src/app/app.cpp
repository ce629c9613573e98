#include "app/app.h"

#include <algorithm>

#include "app/layout.h"
#include "app/nearest.h"
#include "app/page_json.h"
#include "app/url_state.h"
#include "base/error_json.h"
#include "classes/labels.h"
#include "classes/top_k.h"
#include "image/preprocess.h"
#include "platform/shell.h"

namespace lens {

namespace {

// A run that lasts longer than this shows its progress.
constexpr double kPatienceMs = 100;

}  // namespace

App::App() {
  const CatalogEntry* entry = find_model("v2");
  shown_ = std::make_shared<const ReadyModel>(structure_of(*entry, entry->variants[0]));
  selection_.node = first_choice(shown_->graph);
  runner_.set_pool(&pool_);
  measurement_.set_pool(&pool_);
}

Result<bool> App::set_labels(std::string_view text) {
  Result<std::vector<Label>> labels = parse_labels(text);
  if (!labels) return labels.error();
  names_ = std::move(labels).value();
  label_outputs();
  predictions_ = predictions(snapshot_.get(), kShownPredictions);
  return true;
}

void App::start(std::string_view hash) {
  const UrlState link = parse_url(hash);
  Request request;
  if (!link.model.empty()) request.model = link.model;
  wished_ = link.precision;
  request.width = link.width;
  request.resolution = link.resolution;
  Result<Target> target = target_of(request, {shown_->info.entry, shown_->info.variant});
  if (!target) target = Target{shown_->info.entry, shown_->info.variant};
  show_model(std::make_shared<const ReadyModel>(structure_of(*target->entry, target->variant)));
  if (find_view(link.view)) selection_.view = link.view;
  const NodeId node = shown_->graph.find(link.node);
  if (node != kNoNode) {
    selection_.node = node;
    const Shape& out = shown_->graph.node(node).out;
    if (link.channel < out.c) selection_.channel = link.channel;
    if (link.y >= 0 && link.y < out.h && link.x < out.w) selection_.pin = {node, link.y, link.x};
  }
  choose(*target);
}

Target App::wanted() const {
  if (activity_.wanted) return {activity_.wanted, activity_.wanted_variant};
  return {shown_->info.entry, shown_->info.variant};
}

Result<bool> App::photo_arrived(std::string name, const ImageView& image) {
  return take(prepare_photo(std::move(name), image, ++photos_));
}

Result<bool> App::take(Result<Photo> photo) {
  if (!photo) return photo.error();
  auto shared = std::make_shared<const Photo>(std::move(photo).value());
  if (!shared->live) notice_.reset();
  run({job_.model ? job_.model : shown_, std::move(shared)});
  return true;
}

void App::model_progress(double received_bytes, double total_bytes) {
  activity_.received_bytes = received_bytes;
  activity_.total_bytes = total_bytes;
}

void App::model_arrived(std::vector<FileBytes> files) {
  if (fetching_) {
    Result<ReadyModel> model = with_files(*fetching_->entry, fetching_->variant, std::move(files));
    fetched(model ? std::move(model).value()
                  : with_untrained_weights(*fetching_->entry, fetching_->variant));
    return;
  }
  if (!activity_.wanted) return;
  Result<ReadyModel> model =
      with_files(*activity_.wanted, activity_.wanted_variant, std::move(files));
  if (!model) {
    model_failed(model.error());
    return;
  }
  take_chosen(library_.keep(std::move(model).value()));
}

void App::model_failed(const Error& why) {
  if (fetching_) {
    fetched(with_untrained_weights(*fetching_->entry, fetching_->variant));
    return;
  }
  if (!activity_.wanted) return;
  if (!why.message.empty() && wish_.precision == Precision::int8) {
    refuse(why);
    return;
  }
  ReadyModel model = with_untrained_weights(*activity_.wanted, activity_.wanted_variant);
  if (!why.message.empty()) show_error(why);
  take_chosen(library_.keep(std::move(model)));
}

Result<bool> App::own_files_arrived(const std::string& name, std::vector<FileBytes> files) {
  Result<ReadyModel> model = from_own_files(name, std::move(files), *shown_);
  if (!model) return model.error();
  notice_.reset();
  const ShownModel& info = model->info;
  activity_ = {.wanted = info.entry, .wanted_variant = info.variant};
  wish_ = {};
  run({library_.keep(std::move(model).value()), job_.photo ? job_.photo : photo_});
  return true;
}

void App::show_error(const Error& error) {
  notice_ = Notice{error.message, error.hint};
  shell::event("error", error_json(error));
}

void App::run(Job job) {
  job_ = std::move(job);
  if (!job_.model->model) return;  // its weights are on their way
  const int resolution = job_.model->graph.node(0).out.h;
  // A live picture made for another resolution is no use: the next one is about to come.
  if (!job_.photo || !job_.photo->has(resolution)) {
    show_model(job_.model);
    apply_wish();
    job_ = {};
    activity_ = {};
    return;
  }
  const Model& model = *job_.model->model;
  const Tensor input = scale_pixels(job_.photo->at(resolution), model.input());
  runner_.start(job_.model->model, input.view(), {.precision = precision_of(*job_.model)});
}

void App::show_model(std::shared_ptr<const ReadyModel> model) {
  if (model == shown_) return;
  const Graph& graph = model->graph;
  const Node& before = shown_->graph.node(selection_.node);
  const NodeId node = nearest_node(shown_->graph, selection_.node, graph);
  const bool same = graph.node(node).name == before.name && graph.node(node).out == before.out;
  const Pin pin = selection_.pin;
  const bool pinned = same && pin.node == selection_.node;
  selection_.pin = pinned ? Pin{node, pin.y, pin.x} : Pin{};
  selection_.node = node;
  if (!same) selection_.channel = -1;
  hovered_ = {};
  snapshot_.reset();
  predictions_.clear();
  end_what_if();
  shown_ = std::move(model);
  tray_.follow(shown_->model, precision_of(*shown_));
  label_outputs();
}

void App::label_outputs() {
  const Graph& graph = shown_->graph;
  const int outputs = graph.node(graph.last()).out.c;
  labels_.assign(static_cast<std::size_t>(background_outputs(static_cast<std::size_t>(outputs))),
                 "background");
  for (const Label& label : names_) labels_.push_back(label.name);
}

void App::adopt(std::shared_ptr<const Snapshot> snapshot) {
  show_model(job_.model);
  photo_ = job_.photo;
  job_ = {};
  // Another model may have been asked for while this ran with a new photo: that one is still due.
  if (!activity_.loading) {
    activity_ = {};
    apply_wish();
  }
  // Not every what-if can be carried over: in int8 an activation cannot be exchanged.
  if (snapshot_ && snapshot_->precision != snapshot->precision) end_what_if();
  snapshot_ = std::move(snapshot);
  tray_.follow(snapshot_->model, snapshot_->precision);
  const Crop& crop = photo_->at(snapshot_->graph().node(0).out.h);
  shown_photo_ = {.name = photo_->name,
                  .width = photo_->width,
                  .height = photo_->height,
                  .crop_x = crop.source.x,
                  .crop_y = crop.source.y,
                  .crop_side = crop.source.size,
                  .resolution = crop.size,
                  .pixels = crop.rgb,
                  .id = photo_->id * 4096 + static_cast<std::uint64_t>(crop.size)};
  predictions_ = predictions(snapshot_.get(), kShownPredictions);
  if (photo_->live) time_live_result();
  announce_selection();
  shell::event("prediction", state_json(*this));
  if (background_.photo() != photo_->id) unmeasured_.clear();
  background_.show(snapshot_, photo_->id);
  measure_next();
  run_what_if();
}

Result<Table> App::table(std::string_view name) {
  const View* view = find_table(name);
  if (!view) {
    return Error{"There is no table \"" + std::string(name) + "\".",
                 "Tables: " + table_names() + "."};
  }
  if (view->needs_snapshot && !snapshot_) {
    return Error{"Nothing has been run yet.", "Load a photo first."};
  }
  if (!works_in(*view, precision())) {
    return Error{std::string(view->why_float32), "Choose float32."};
  }
  Hover ignored;
  Frame frame = make_frame(ignored);
  return view->table(frame, views_);
}

std::vector<ShownPrediction> App::predictions(const Snapshot* of, int count) const {
  std::vector<ShownPrediction> result;
  if (!of) return result;
  const Graph& graph = of->graph();
  const std::span<const float> logits = of->output(graph.find("head.logits")).data;
  const std::span<const float> softmax = of->output(graph.last()).data;
  for (const Prediction& top : top_predictions(softmax, count, logits)) {
    const std::size_t id = static_cast<std::size_t>(top.class_id);
    const Label label = id < names_.size() ? names_[id] : Label{};
    result.push_back({top.class_id, label.name, label.full, top.probability,
                      logits[static_cast<std::size_t>(top.output)]});
  }
  return result;
}

std::string App::permalink() const {
  const ShownModel& info = shown_->info;
  const Pin& pin = selection_.pin;
  const bool pinned = pin.node == selection_.node;
  return format_url({.model = std::string(info.entry->id),
                     .width = info.variant.width,
                     .resolution = info.variant.resolution,
                     .precision = precision(),
                     .node = shown_->graph.node(selection_.node).name,
                     .channel = selection_.channel,
                     .view = selection_.view,
                     .y = pinned ? pin.y : -1,
                     .x = pinned ? pin.x : -1});
}

void App::announce_selection() {
  const std::string link = permalink();
  if (link == announced_) return;
  announced_ = link;
  shell::set_hash(link);
  shell::event("selection", state_json(*this));
}

bool App::work(double budget_ms) {
  carry_out_commands();
  if (!runner_.busy()) {
    if (measurement_.busy()) return measure(budget_ms);
    return tray_.busy() ? tray_.advance(budget_ms) : background_.advance(budget_ms);
  }
  auto snapshot = runner_.advance(budget_ms);
  if (!snapshot) return false;
  job_.model ? adopt(std::move(snapshot)) : adopt_what_if(std::move(snapshot));
  return true;
}

// The wave of finished layers, once a run of the model on the screen has lasted a while.
void App::show_progress() {
  const bool shown = runner_.busy() && job_.model == shown_ && runner_.elapsed_ms() > kPatienceMs;
  activity_.running_node = shown ? runner_.node() : kNoNode;
}

bool App::update_theme(float width, float dpr) {
  return theme_.update(fonts_, ui::scale_for_width(width), dpr, dark_);
}

Frame App::make_frame(Hover& hover) {
  return Frame{.now = snapshot_.get(),
               .what_if = what_if_.get(),
               .interventions = history_.current(),
               .background = background_.results(),
               .can_undo = history_.can_undo(),
               .can_redo = history_.can_redo(),
               .timing = timing(),
               .runs_measured = measurement_.busy() ? measurement_.done() : -1,
               .graph = shown_->graph,
               .costs = shown_->costs,
               .model = shown_->info,
               .wanted_precision = precision_of(*shown_),
               .photo = snapshot_ ? &shown_photo_ : nullptr,
               .predictions = predictions_,
               .what_if_predictions = what_if_predictions_,
               .samples = samples_,
               .tray = tray_.photos(),
               .labels = labels_,
               .activity = activity_,
               .camera = camera_,
               .notice = notice_,
               .build = build_,
               .threads = threads(),
               .reduced_motion = reduced_motion_,
               .selection = selection_,
               .hovered = hovered_,
               .hover = hover,
               .commands = commands_,
               .animating = animating_,
               .stats = stats_,
               .textures = textures_,
               .theme = theme_};
}

bool App::frame() {
  carry_out_commands();
  show_progress();
  hover_ = {};
  animating_ = false;
  Frame frame = make_frame(hover_);
  draw_page(frame, views_, help_open_);
  hovered_ = hover_;
  announce_selection();
  return animating_ || !commands_.empty();
}

}  // namespace lens
