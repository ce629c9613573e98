// From a layer's values to the colours of its maps: over which range, in which scale. One choice
// for all views that draw maps.
#pragma once

#include <string>
#include <vector>

#include "ui/widgets.h"
#include "views/frame.h"

namespace lens {

enum class ScaleRange {
  map,            // each map from its own extremes: shapes show, strengths do not compare
  layer,          // the whole layer: strengths compare between channels
  most_of_layer,  // 99 % of the layer's values: outliers are marked, the rest gains contrast
  net             // 99 % of the values of all feature maps: strengths compare between layers
};

struct MapScaleChoice {
  ScaleRange range = ScaleRange::most_of_layer;
  ui::ScaleChoice colors = ui::ScaleChoice::automatic;
  bool operator==(const MapScaleChoice&) const = default;
};

// The choice, and what took a pass over the values to find out.
struct MapScaleState {
  MapScaleChoice choice;

  struct Measured {
    std::uint64_t snapshot = 0;
    NodeId node = kNoNode;
    MapScaleChoice choice;
    float reach = 0;  // magnitude of the ends of the scale; 0: the extremes themselves
    ui::Beyond beyond;
  };

  Measured measured;
  std::uint64_t net_snapshot = 0;
  float net_lowest = 0;
  float net_reach = 0;
};

struct MapScale {
  std::vector<ui::Mapping> mappings;  // one, or one per channel
  ui::Beyond beyond;                  // shares of the layer's values
  std::string key;                    // differs where the pictures differ

  const ui::Mapping& of(int channel) const {
    return mappings[mappings.size() == 1 ? 0 : static_cast<std::size_t>(channel)];
  }
};

// Shares of the values that lie beyond a mapping's ends.
ui::Beyond count_beyond(const TensorView& output, const ui::Mapping& mapping);

// Of the run that is shown.
MapScale map_scale(const Frame& frame, NodeId id, MapScaleState& state);

// For a map that is drawn alone: what is an outlier of its layer may be all that it has, so the
// extremes of the map take the place of 99 % of the layer.
MapScale scale_of_one(const Frame& frame, NodeId id, MapScaleState& state);

// The atlas of a layer's maps in these colours.
ui::Texture map_texture(const Frame& frame, NodeId id, const MapScale& scale);

// The control: range and colours.
void map_scale_menu(const ui::Theme& theme, MapScaleChoice& choice);

}  // namespace lens
