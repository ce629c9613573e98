// The application: owns all state, advances the running inference, draws one frame from finished
// results. Knows ImGui but no window and no browser: the page talks to it through main.cpp, it asks
// the page through platform/shell.h.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/background.h"
#include "app/gate_tray.h"
#include "app/intervention_history.h"
#include "app/library.h"
#include "app/measurement.h"
#include "app/photo.h"
#include "app/request.h"
#include "app/runner.h"
#include "classes/labels.h"
#include "ui/theme.h"
#include "views/views.h"

namespace lens {

constexpr int kShownPredictions = 5;

class App {
 public:
  App();

  // --- what the page provides
  void set_fonts(ui::FontFiles fonts) { fonts_ = std::move(fonts); }

  // "simd", "relaxed" or "relaxed-threads".
  void set_build(std::string build) { build_ = std::move(build); }

  // How many are to work from now on, this one included; until then it works alone.
  void use_threads(int threads) { pool_.grow(threads); }

  void set_samples(std::vector<Sample> samples) { samples_ = std::move(samples); }

  Result<bool> set_labels(std::string_view text);

  void set_dark(bool dark) { dark_ = dark; }

  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }

  // Where the visit begins: restores what a link says, as far as it exists.
  void start(std::string_view hash);

  // --- what arrives
  Result<bool> photo_arrived(std::string name, const ImageView& image);
  // A picture of the camera, which is on between these two.
  void set_camera(bool on);
  Result<bool> live_arrived(std::string name, const ImageView& image);
  // What request_tray_sample asked for; the photo on the screen stays.
  Result<bool> tray_photo_arrived(int id, std::string name, const ImageView& image);
  void tray_photo_failed(int id, const Error& why);
  void model_progress(double received_bytes, double total_bytes);
  // The files that request_model asked for.
  void model_arrived(std::vector<FileBytes> files);
  // They are not to be had: untrained weights take their place, and say so.
  void model_failed(const Error& why);
  Result<bool> own_files_arrived(const std::string& name, std::vector<FileBytes> files);
  void show_error(const Error& error);

  // --- what the visitor does
  Result<bool> select(std::string_view request);

  // Why what select() had begun was refused in the end, once the model had come; nothing has
  // changed.
  const std::optional<Error>& refused() const { return refused_; }

  // For this model and those to come. Fails with the reason where the shown model has no int8.
  Result<bool> set_precision(Precision precision);
  // Lines as intervene_request.h has them; none ends the what-if.
  Result<bool> intervene(std::string_view request);
  // key: KeyboardEvent.key. False when it means nothing here.
  bool press(std::string_view key, bool shift);

  // --- work and drawing. work: advances the running inference for about so long, beginning with
  // what keys and the last frame have asked for; true when its result has arrived and wants to be
  // drawn. Never draws: a slow display does not slow it down.
  bool work(double budget_ms);
  // update_theme: before ImGui::NewFrame; true when the font atlas is new.
  bool update_theme(float width, float dpr);
  // Between NewFrame and Render. True when another frame is wanted soon.
  bool frame();

  // --- what window.lens reads
  // Or something is measured or worked out in idle time.
  bool running() const {
    return runner_.busy() || measurement_.busy() || tray_.busy() || background_.busy();
  }

  // Times are being taken: the page is at rest all the same.
  bool measuring() const { return measurement_.busy(); }

  // Of the model on the screen, or null.
  const Timing* timing() const;

  bool busy() const { return runner_.busy() || activity_.loading; }

  bool dark() const { return dark_; }

  // The plain run.
  const Snapshot* snapshot() const { return snapshot_.get(); }

  // What is on the screen: the what-if, or the plain run without one.
  const Snapshot* shown_snapshot() const;

  const ReadyModel& model() const { return *shown_; }

  // Of what is on the screen; before the first run, what has been asked for.
  Precision precision() const;

  const Selection& selection() const { return selection_; }

  const Photo* photo() const { return photo_.get(); }

  const std::optional<Notice>& notice() const { return notice_; }

  const LiveCamera& camera() const { return camera_; }

  const std::string& build() const { return build_; }

  // Those that work by now.
  int threads() const { return pool_.threads(); }

  std::vector<ShownPrediction> predictions(const Snapshot* of, int count) const;
  // A panel's table by the name of its view.
  Result<Table> table(std::string_view name);
  std::string permalink() const;

 private:
  // A plain run that is wanted or under way: what will be on the screen when it has ended. Without
  // a model, what the runner runs is the what-if.
  struct Job {
    std::shared_ptr<const ReadyModel> model;
    std::shared_ptr<const Photo> photo;
  };

  Precision precision_of(const ReadyModel& model) const;
  // Refuses what is known to be impossible; of a model that has yet to come nothing is.
  Result<bool> check_precision(Precision precision, const Target& target);
  void choose(const Target& target, Request wish = {});
  void take_chosen(std::shared_ptr<const ReadyModel> model);
  void refuse(const Error& why);
  Result<bool> take(Result<Photo> photo);
  void time_live_result();
  void run(Job job);
  void adopt(std::shared_ptr<const Snapshot> snapshot);
  void adopt_what_if(std::shared_ptr<const Snapshot> snapshot);
  void run_what_if();
  bool measure(double budget_ms);
  void toggle_measurement();
  void add_samples_to_tray();
  void follow_gesture();
  void measure_zeros(bool all);
  void measure_next();
  void fetched(ReadyModel model);
  void show_model(std::shared_ptr<const ReadyModel> model);
  void end_what_if();
  void label_outputs();
  void apply_wish();
  void carry_out(const Command& command);
  void carry_out_commands();
  void show_progress();
  Frame make_frame(Hover& hover);
  void announce_selection();
  void step_node(int by);
  void step_channel(int by);
  void step_model(int by);
  bool step_panel(std::size_t number);
  void keep_picture();
  void keep_table(TableFormat format);
  bool press_view(std::string_view key);
  Target wanted() const;

  ui::FontFiles fonts_;
  ui::Theme theme_;
  ui::TextureCache textures_;
  ViewStates views_;
  StatsCache stats_;
  bool dark_ = false;
  bool help_open_ = false;
  bool reduced_motion_ = false;
  bool animating_ = false;
  std::string build_ = "simd";

  std::vector<Sample> samples_;
  std::vector<Label> names_;         // by 0-based ImageNet class; empty until they have come
  std::vector<std::string> labels_;  // by output channel of the shown model's head.logits

  ModelLibrary library_;
  std::shared_ptr<const ReadyModel> shown_;
  Precision wished_ = Precision::float32;  // by the visitor; a model without int8 runs in float32
  std::shared_ptr<const Photo> photo_;
  std::shared_ptr<const Snapshot> snapshot_;
  ShownPhoto shown_photo_;
  std::vector<ShownPrediction> predictions_;

  InterventionHistory history_;
  std::shared_ptr<const Snapshot> what_if_;
  std::vector<ShownPrediction> what_if_predictions_;

  // What has been measured in this visit; times belong to a model, not to its photo.
  struct Measured {
    ShownModel model;
    Precision precision;
    Timing timing;
  };

  ThreadPool pool_;
  std::vector<Measured> measured_;
  Measurement measurement_;
  GateTray tray_;

  Runner runner_;
  Job job_;

  BackgroundWork background_;
  std::vector<Target> unmeasured_;  // whose zeros are wanted, one model after another
  std::optional<Target> fetching_;  // the first of them, while its files are on their way
  std::uint64_t photos_ = 0;        // so many have arrived
  LiveCamera camera_;
  double last_live_ms_ = 0;  // when the last of its results came; 0 before the first

  Selection selection_;
  // What has been asked for together with the model that is on its way. Only a precision that is
  // named here is insisted on.
  Request wish_;
  std::optional<Error> refused_;
  Hover hovered_;  // of the last frame
  Hover hover_;    // of the frame being drawn
  Commands commands_;
  Activity activity_;
  std::optional<Notice> notice_;
  std::string announced_;  // the selection that the page has heard of last
};

}  // namespace lens
