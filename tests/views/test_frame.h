// A frame as a view gets it, over a finished run of a seeded net, without an application.
#pragma once

#include "engine/inference.h"
#include "support/nets.h"
#include "views/frame.h"

namespace lens::test {

struct TestFrame {
  explicit TestFrame(std::string_view model_id, int resolution = 64)
      : now(run_seeded(model_id, resolution)),
        costs(static_cast<std::size_t>(now->graph().size())) {
    model.entry = find_model(model_id);
    selection.node = now->graph().find("stem");
  }

  static std::shared_ptr<const Snapshot> run_seeded(std::string_view id, int resolution) {
    const auto model = seeded_model(id, resolution);
    return run(model, seeded_input(*model).view());
  }

  void select(std::string_view node, int channel = -1) {
    selection.node = now->graph().find(node);
    selection.channel = channel;
  }

  Frame frame() {
    return Frame{.now = now.get(),
                 .what_if = what_if.get(),
                 .interventions = interventions,
                 .background = {},
                 .graph = now->graph(),
                 .costs = costs,
                 .model = model,
                 .predictions = {},
                 .what_if_predictions = {},
                 .samples = {},
                 .tray = {},
                 .labels = {},
                 .activity = activity,
                 .camera = camera,
                 .notice = notice,
                 .build = "test",
                 .selection = selection,
                 .hovered = hovered,
                 .hover = hover,
                 .commands = commands,
                 .animating = animating,
                 .stats = stats,
                 .textures = textures,
                 .theme = theme};
  }

  std::shared_ptr<const Snapshot> now;
  std::shared_ptr<const Snapshot> what_if;
  std::vector<Intervention> interventions;
  std::vector<Cost> costs;
  ShownModel model;
  Activity activity;
  LiveCamera camera;
  std::optional<Notice> notice;
  Selection selection;
  Hover hovered;
  Hover hover;
  Commands commands;
  bool animating = false;
  StatsCache stats;
  ui::TextureCache textures;
  ui::Theme theme;
};

}  // namespace lens::test
