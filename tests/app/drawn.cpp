#include "app/drawn.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "imgui_internal.h"
#include "support/fingerprint.h"

namespace lens::test {

namespace {

using Corner = std::pair<float, float>;  // in the font atlas

struct Glyph {
  Corner end;
  ImWchar character;
};

// By the corner where a glyph begins.
std::map<Corner, Glyph> glyphs_of_atlas() {
  std::map<Corner, Glyph> glyphs;
  for (const ImFont* font : ImGui::GetIO().Fonts->Fonts) {
    for (const ImFontGlyph& glyph : font->Glyphs) {
      if (!glyph.Visible) continue;
      const auto character = static_cast<ImWchar>(glyph.Codepoint);
      glyphs[{glyph.U0, glyph.V0}] = {{glyph.U1, glyph.V1}, character};
    }
  }
  return glyphs;
}

void append(std::string& text, ImWchar character) {
  if (character < 0x80) {
    text += static_cast<char>(character);
    return;
  }
  text += static_cast<char>(0xC0 | character >> 6);
  text += static_cast<char>(0x80 | (character & 0x3F));
}

Corner corner(const ImDrawVert& vertex) {
  return {vertex.uv.x, vertex.uv.y};
}

// Vertices, four after four, that span a rectangle: from its first corner to its third.
bool is_rectangle(const ImDrawVert* at) {
  return at[0].pos.x == at[3].pos.x && at[1].pos.x == at[2].pos.x && at[0].pos.y == at[1].pos.y &&
         at[2].pos.y == at[3].pos.y;
}

bool is_inside(ImVec2 at, const DrawnBox& area) {
  return at.x >= area.min.x && at.x <= area.max.x && at.y >= area.min.y && at.y <= area.max.y;
}

template <class F>
void for_each_list(F f) {
  const ImDrawData& data = *ImGui::GetDrawData();
  for (int i = 0; i < data.CmdListsCount; ++i) f(*data.CmdLists[i]);
}

struct DrawnGlyph {
  ImWchar character;
  ImU32 color;
  DrawnBox box;
};

std::vector<DrawnGlyph> drawn_glyphs(const DrawnBox& area) {
  const std::map<Corner, Glyph> glyphs = glyphs_of_atlas();
  std::vector<DrawnGlyph> drawn;
  for_each_list([&](const ImDrawList& list) {
    const ImVector<ImDrawVert>& vertices = list.VtxBuffer;
    for (int i = 0; i + 3 < vertices.Size; ++i) {
      const auto glyph = glyphs.find(corner(vertices[i]));
      if (glyph == glyphs.end() || glyph->second.end != corner(vertices[i + 2])) continue;
      const DrawnBox box = {vertices[i].pos, vertices[i + 2].pos};
      if (is_inside(box.min, area))
        drawn.push_back({glyph->second.character, vertices[i].col, box});
      i += 3;
    }
  });
  return drawn;
}

// Whether one glyph stands right behind another, with no more than a blank between them.
bool follows(const DrawnGlyph& glyph, const DrawnGlyph& before) {
  // A blank, with what the narrowest letters leave free beside it; two blanks are wider.
  const float blank = 1.1f * ImGui::GetIO().Fonts->Fonts[0]->FontSize;
  const float gap = glyph.box.min.x - before.box.max.x;
  const bool same_line = glyph.box.min.y < before.box.max.y && glyph.box.max.y > before.box.min.y;
  return same_line && glyph.color == before.color && gap > -1 && gap < blank;
}

}  // namespace

std::string drawn_text(const DrawnBox& area) {
  std::string text;
  ImU32 color = 0;
  for (const DrawnGlyph& glyph : drawn_glyphs(area)) {
    if (glyph.color != color && !text.empty()) text += '\n';
    color = glyph.color;
    append(text, glyph.character);
  }
  return text;
}

std::string as_drawn(std::string_view text) {
  std::string drawn;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == ' ' || byte == '\n') continue;
    const bool latin = byte < 0x80 || byte == 0xC2 || byte == 0xC3;
    drawn += latin ? text[i] : '?';
    const int more = byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
    for (int k = 0; k < more && i + 1 < text.size(); ++k) {
      ++i;
      if (latin) drawn += text[i];
    }
  }
  return drawn;
}

bool is_drawn(std::string_view text) {
  return drawn_text().find(as_drawn(text)) != std::string::npos;
}

std::optional<DrawnBox> text_place(std::string_view text, const DrawnBox& area) {
  const std::vector<DrawnGlyph> glyphs = drawn_glyphs(area);
  const std::string wanted = as_drawn(text);
  std::string run;
  for (std::size_t first = 0, i = 0; i < glyphs.size(); ++i) {
    append(run, glyphs[i].character);
    const bool ends = i + 1 == glyphs.size() || !follows(glyphs[i + 1], glyphs[i]);
    if (!ends) continue;
    if (run == wanted) return DrawnBox{glyphs[first].box.min, glyphs[i].box.max};
    first = i + 1;
    run.clear();
  }
  return std::nullopt;
}

int vertices_in(const DrawnBox& area) {
  int count = 0;
  for_each_list([&](const ImDrawList& list) {
    for (const ImDrawVert& vertex : list.VtxBuffer) count += is_inside(vertex.pos, area);
  });
  return count;
}

DrawnBox window_of_panel() {
  const ImGuiWindow* window = ImGui::FindWindowByName("panel");
  IM_ASSERT(window);
  return {window->Pos, {window->Pos.x + window->Size.x, window->Pos.y + window->Size.y}};
}

DrawnBox drawn_panel() {
  constexpr float kAbove = 0.2f;  // names of panels and views, the band over untrained weights
  const DrawnBox all = window_of_panel();
  return {{all.min.x, all.min.y + kAbove * (all.max.y - all.min.y)}, all.max};
}

std::size_t fingerprint(const DrawnBox& area) {
  return fingerprint(*ImGui::GetDrawData(), [&](ImVec2 at) { return is_inside(at, area); });
}

std::vector<DrawnBox> drawn_pictures() {
  std::vector<DrawnBox> pictures;
  const ImTextureID font = ImGui::GetIO().Fonts->TexID;
  for_each_list([&](const ImDrawList& list) {
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.GetTexID() == font) continue;
      for (unsigned i = 0; i + 5 < command.ElemCount; i += 6) {
        const auto first = list.IdxBuffer[static_cast<int>(command.IdxOffset + i)];
        const ImDrawVert* at = &list.VtxBuffer[static_cast<int>(command.VtxOffset + first)];
        if (!is_rectangle(at)) continue;
        const DrawnBox box = {at[0].pos, at[2].pos};
        const ImVec2 size = {box.max.x - box.min.x, box.max.y - box.min.y};
        if (std::fabs(size.x - size.y) < 0.01f) pictures.push_back(box);
      }
    }
  });
  return pictures;
}

std::vector<DrawnBox> drawn_pictures(float side) {
  std::vector<DrawnBox> pictures = drawn_pictures();
  const auto other = [&](const DrawnBox& box) {
    return std::fabs(box.max.x - box.min.x - side) >= 0.01f;
  };
  pictures.erase(std::remove_if(pictures.begin(), pictures.end(), other), pictures.end());
  return pictures;
}

std::optional<DrawnBox> drawn_in_color(ImU32 color, const DrawnBox& area) {
  std::optional<DrawnBox> box;
  for_each_list([&](const ImDrawList& list) {
    for (const ImDrawVert& vertex : list.VtxBuffer) {
      const ImVec2 at = vertex.pos;
      if (!is_inside(at, area) || ((vertex.col ^ color) & ~IM_COL32_A_MASK) != 0) continue;
      if (!box) box = DrawnBox{at, at};
      box->min = {std::min(box->min.x, at.x), std::min(box->min.y, at.y)};
      box->max = {std::max(box->max.x, at.x), std::max(box->max.y, at.y)};
    }
  });
  return box;
}

}  // namespace lens::test
