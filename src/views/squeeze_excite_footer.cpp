// What stands below the gates: the sentence, the logits of a what-if, and what the blocks cost.
#include <algorithm>

#include "classes/top_k.h"
#include "ui/text.h"
#include "ui/widgets.h"
#include "views/cost_header.h"
#include "views/squeeze_excite_block.h"

namespace lens::squeeze_excite {

namespace {

// "Logits: chickadee 12.31 → 9.80, junco 5.20 → 6.10"
std::string logits_text(const Frame& frame) {
  if (!frame.what_if) return {};
  const std::span<const float> after =
      frame.what_if->output(frame.what_if->graph().find("head.logits")).data;
  std::string text = "Logits, before → after:  ";
  for (std::size_t i = 0; i < std::min<std::size_t>(3, frame.predictions.size()); ++i) {
    const ShownPrediction& prediction = frame.predictions[i];
    const auto output =
        static_cast<std::size_t>(prediction.class_index + background_outputs(after.size()));
    text += (i > 0 ? "  ·  " : "") + prediction.label +
            ui::format(" %.2f → %.2f", static_cast<double>(prediction.logit),
                       static_cast<double>(after[output]));
  }
  return text;
}

std::string takeaway(const Block& block) {
  const GateCounts counts = count_gates(block.gates);
  const bool changed = !std::equal(block.gates.begin(), block.gates.end(), block.own.begin());
  const double mean = static_cast<double>(counts.mean);
  if (!changed) {
    return ui::format(
        "This photo opens %d of %d channels fully (gate 1) and shuts %d (gate 0); "
        "the mean gate is %.2f.",
        counts.open, block.count(), counts.shut, mean);
  }
  return ui::format(
      "In the what-if %d of %d channels are fully open, %d shut; mean gate %.2f, before %.2f.",
      counts.open, block.count(), counts.shut, mean,
      static_cast<double>(count_gates(block.own).mean));
}

std::string cost_text(const Frame& frame, std::span<const SeBlock> blocks) {
  const SeCost cost = cost_of(frame, blocks);
  Cost net;
  for (const Cost& one : frame.costs) net += one;
  const auto part = [](std::int64_t of, std::int64_t all) {
    return ui::percent(static_cast<double>(of) / static_cast<double>(all));
  };
  std::string text = ui::compact(static_cast<double>(cost.cost.macs)) + " MACs (" +
                     part(cost.cost.macs, net.macs) + "), " +
                     ui::compact(static_cast<double>(cost.cost.parameters())) + " parameters (" +
                     part(cost.cost.parameters(), net.parameters()) + ")";
  if (!frame.timing) return text;
  return text + ", " + ui::milliseconds(cost.ms) + " ms (" + ui::percent(cost.ms / frame.run_ms()) +
         ")";
}

}  // namespace

void draw_footer(const Frame& frame, const Block& block, std::span<const SeBlock> blocks) {
  const ui::Theme& theme = frame.theme;
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme.px(8), theme.px(2)});
  ui::takeaway(theme, takeaway(block));
  const std::string logits = logits_text(frame);
  if (!logits.empty()) {
    ui::label(theme.body, theme.color().text, ui::fitted(theme.body, logits, width));
  }
  ui::label(theme.small, theme.color().secondary,
            "Cost of this block's SE: " + cost_text(frame, {&block.nodes, 1}));
  ui::label(
      theme.small, theme.color().secondary,
      ui::format("All %d SE blocks: ", static_cast<int>(blocks.size())) + cost_text(frame, blocks));
  const std::string time =
      frame.timing ? cost_table::method(frame) : cost_table::not_measured("\"Measure\" in Cost");
  ui::label(theme.small, theme.color().secondary, ui::fitted(theme.small, time, width));
  ImGui::PopStyleVar();
}

float footer_height(const Frame& frame) {
  const ui::Theme& theme = frame.theme;
  const float logits = ui::text_size(theme.body, "0").y + theme.px(2);
  const float small = ui::text_size(theme.small, "0").y + theme.px(2);
  return ui::takeaway_height(theme, 1, 0) + (frame.what_if ? logits : 0) + 3 * small;
}

}  // namespace lens::squeeze_excite
