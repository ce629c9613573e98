// What the reader is looking at, and what a view asks the application to do. Views write these two
// and nothing else; the application carries commands out before the next frame.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/table.h"
#include "engine/intervention.h"
#include "engine/precision.h"
#include "models/catalog.h"

namespace lens {

// A cell of a layer's maps that stays chosen when the pointer leaves it.
struct Pin {
  NodeId node = kNoNode;
  int y = 0;
  int x = 0;
  bool operator==(const Pin&) const = default;
};

struct Selection {
  NodeId node = kNoNode;
  int channel = -1;  // -1: all channels
  std::string view = "feature_maps";
  bool before = false;  // with a what-if on the screen: show the plain run instead
  Pin pin;
};

// What the pointer is on, for one frame; every view lights the same thing.
struct Hover {
  NodeId node = kNoNode;
  int channel = -1;
  int y = -1;  // cell of the channel's map
  int x = -1;
};

struct ChooseModel {
  std::string id;
  Variant variant;
};

// Refused where the model has no int8.
struct ChoosePrecision {
  Precision precision = Precision::float32;
};

struct ChooseSample {
  int index = 0;
};

struct OpenFile {};

struct ToggleCamera {};

struct ToggleTheme {};

struct ToggleHelp {};

struct DismissNotice {};

// The what-if: these interventions and no others; none ends it. Each must be valid for the graph on
// the screen. A drag sends many: with `same_gesture` one undo takes all of them back; the last one,
// without, ends it.
struct Intervene {
  std::vector<Intervention> interventions;
  bool same_gesture = false;
};

// Work for idle time, whose results come in Frame::background: the activation in place of each
// node's own, one node at a time.
struct SweepActivation {
  Activation activation = Activation::none;
  std::vector<NodeId> nodes;
};

// The zeros of the run on the screen; with `all` those of V1, V2 and V3-Small too.
struct MeasureZeros {
  bool all = false;
};

struct UndoIntervention {};

struct RedoIntervention {};

// Times the model on the screen over several runs; while one is under way: ends it.
struct MeasureTimes {};

// The tray of photos whose gates are compared: all sample photos, the one on the screen, and out
// again (TrayPhoto::id).
struct AddSamplesToTray {};

struct AddPhotoToTray {};

struct RemoveFromTray {
  int id = 0;
};

enum class TableFormat { csv, json };

// A file for the visitor: a table, or a picture of a part of the page (CSS pixels).
struct SaveTable {
  std::string name;  // without its ending
  Table table;
  TableFormat format = TableFormat::csv;
};

struct SavePicture {
  std::string name;
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;
};

using Command =
    std::variant<ChooseModel, ChoosePrecision, ChooseSample, OpenFile, ToggleCamera, ToggleTheme,
                 ToggleHelp, DismissNotice, Intervene, SweepActivation, MeasureZeros,
                 UndoIntervention, RedoIntervention, MeasureTimes, AddSamplesToTray, AddPhotoToTray,
                 RemoveFromTray, SaveTable, SavePicture>;
using Commands = std::vector<Command>;

}  // namespace lens
