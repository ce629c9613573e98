#include "ui/tile_grid.h"

#include "catch2/catch.hpp"

using namespace lens;

TEST_CASE("atlas: every channel's cells land in its own tile", "[ui]") {
  Tensor tensor({2, 3, 5});
  for (std::size_t i = 0; i < tensor.data.size(); ++i) tensor.data[i] = static_cast<float>(i);
  const ui::Mapping mapping = ui::mapping_for(0, 29);
  const ui::Atlas atlas = ui::atlas_for(tensor.shape);
  const ui::Picture picture = ui::paint_atlas(tensor.view(), {&mapping, 1});
  for (int c = 0; c < 5; ++c) {
    for (int y = 0; y < 2; ++y) {
      for (int x = 0; x < 3; ++x) {
        const int px = (c % atlas.columns) * 3 + x;
        const int py = (c / atlas.columns) * 2 + y;
        std::uint32_t expected = 0;
        const float value = tensor.view().at(y, x, c);
        ui::map_colors(mapping, {&value, 1}, &expected);
        REQUIRE(picture.rgba[static_cast<std::size_t>(py * picture.width + px)] == expected);
      }
    }
  }
}

TEST_CASE("atlas: no layer of the catalog exceeds what WebGL2 guarantees", "[ui]") {
  for (const Shape shape : {Shape{112, 112, 96}, Shape{7, 7, 1280}, Shape{1, 1, 1001},
                            Shape{224, 224, 3}, Shape{56, 56, 144}}) {
    const ui::Atlas atlas = ui::atlas_for(shape);
    const int rows = (shape.c + atlas.columns - 1) / atlas.columns;
    CHECK(atlas.columns * shape.w <= 2048);
    CHECK(rows * shape.h <= 2048);
  }
}

TEST_CASE("tile grid: tiles stand in the order given, and those left out are not there", "[ui]") {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {400, 300};
  ui::Theme theme;
  theme.update({}, 1, 1, false);
  io.Fonts->Build();
  const std::vector<int> order = {7, 2, 900};
  const auto hovered = [&](float x, float y) {
    ui::GridEvent event;
    io.MousePos = {x, y};
    io.DeltaTime = 0.02f;
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({400, 300});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin("grid", nullptr, ImGuiWindowFlags_NoDecoration);
    event = ui::tile_grid(
        theme, {.id = "tiles", .texture = {}, .shape = {4, 4, 1280}, .tile = 40, .order = order});
    ImGui::End();
    ImGui::PopStyleVar();
    ImGui::Render();
    return event;
  };
  hovered(5, 5);  // ImGui takes a frame to know what lies under the pointer
  CHECK(hovered(5, 5).hovered == 7);
  CHECK(hovered(49, 5).hovered == 2);
  CHECK(hovered(49, 5).x == 0);
  CHECK(hovered(93 + 22, 33).hovered == 900);
  CHECK(hovered(93 + 22, 33).y == 3);
  CHECK(hovered(140, 5).hovered == -1);
  CHECK(hovered(5, 60).hovered == -1);
  ImGui::DestroyContext();
}
