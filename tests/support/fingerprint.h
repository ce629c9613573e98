// What ImGui has drawn, as one number: it differs where anything is drawn elsewhere, or in another
// colour. Pictures count by their place alone.
#pragma once

#include <functional>

#include "imgui.h"

namespace lens::test {

// Of the corners for which `counts(position)` holds.
template <class Counts>
std::size_t fingerprint(const ImDrawData& data, Counts counts) {
  std::size_t print = 0;
  for (int i = 0; i < data.CmdListsCount; ++i) {
    for (const ImDrawVert& vertex : data.CmdLists[i]->VtxBuffer) {
      if (!counts(vertex.pos)) continue;
      for (const float number : {vertex.pos.x, vertex.pos.y, vertex.uv.x, vertex.uv.y}) {
        print = print * 31 + std::hash<float>()(number);
      }
      print = print * 31 + vertex.col;
    }
  }
  return print;
}

}  // namespace lens::test
