#include <algorithm>

#include "app/drawn.h"
#include "app/headless_page.h"
#include "app/page_json.h"
#include "catch2/catch.hpp"

using namespace lens;
using test::asked;
using test::HeadlessPage;

namespace {

constexpr int kLittle = 100;  // corners of 25 letters or bars: less than any view draws

void start_with_photo(HeadlessPage& page, const char* hash) {
  page.app.start(hash);
  page.bring_untrained_model();
  page.bring_photo();
  page.settle();
}

}  // namespace

TEST_CASE("page: opens on V2 and asks for its weights", "[app]") {
  HeadlessPage page;
  page.app.start("");
  CHECK(asked().models == std::vector<std::string>{"v2 1 224"});
  CHECK(page.app.busy());
  CHECK(page.frame() > 100);  // the network's structure is drawn while the weights are loading
  CHECK(page.app.snapshot() == nullptr);
}

TEST_CASE("page: a photo and weights in either order give a prediction", "[app]") {
  for (const bool photo_first : {true, false}) {
    HeadlessPage page;
    page.app.start("");
    if (photo_first) page.bring_photo();
    page.bring_untrained_model();
    if (!photo_first) page.bring_photo();
    page.settle();
    REQUIRE(page.app.snapshot() != nullptr);
    CHECK(page.app.predictions(page.app.snapshot(), 5).size() == 5);
    CHECK(std::count(asked().events.begin(), asked().events.end(), "prediction") == 1);
  }
}

TEST_CASE("page: every view of every model draws at both page sizes", "[app]") {
  for (const ImVec2 size : {ImVec2(1280, 800), ImVec2(1920, 1080)}) {
    for (const CatalogEntry& entry : catalog()) {
      HeadlessPage page(size.x, size.y);
      start_with_photo(page, ("model=" + std::string(entry.id)).c_str());
      const Graph& graph = page.app.model().graph;
      for (const View& view : views()) {
        REQUIRE(page.app.select("view=" + std::string(view.id)).ok());
        // All layers where the view is about one; elsewhere a step that meets every role.
        const int step = &view == views().data() ? 1 : 7;
        for (NodeId id = 0; id < graph.size(); id += step) {
          REQUIRE(page.app.select("node=" + graph.node(id).name).ok());
          INFO(entry.id << ", " << view.id << ", " << graph.node(id).name);
          page.frame(size.x / 2, size.y / 2);
          CHECK(test::vertices_in(test::drawn_panel()) > kLittle);
          REQUIRE(page.app.select("channel=0").ok());
          page.frame(size.x / 2, size.y / 2);
          CHECK(test::vertices_in(test::drawn_panel()) > kLittle);
        }
      }
    }
  }
}

TEST_CASE("page: a link restores model, layer, channel and panel", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "model=v3-small&node=bneck4.se.gate&channel=7&view=cost");
  CHECK(page.app.model().info.entry->id == "v3-small");
  CHECK(page.app.model().graph.node(page.app.selection().node).name == "bneck4.se.gate");
  CHECK(page.app.selection().channel == 7);
  CHECK(page.app.selection().view == "cost");
  CHECK(asked().hash == "model=v3-small&node=bneck4.se.gate&channel=7&view=cost");
}

TEST_CASE("page: a link restores the pinned cell, as long as its layer is selected", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "model=v2&node=bneck3.depthwise&channel=5&cell=12,7&view=cell");
  const Pin pin = page.app.selection().pin;
  CHECK(pin == Pin{page.app.selection().node, 12, 7});
  CHECK(asked().hash == "model=v2&node=bneck3.depthwise&channel=5&cell=12,7&view=cell");
  REQUIRE(page.app.press("ArrowDown", false));
  page.frame();
  CHECK(asked().hash == "model=v2&node=bneck3.depthwise&channel=5&cell=13,7&view=cell");
  REQUIRE(page.app.select("node=stem").ok());
  page.frame();
  CHECK(asked().hash.find("cell=") == std::string::npos);
}

TEST_CASE("page: a link's cell beyond the layer's edge is left out", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "model=v2&node=head.pool&channel=5&cell=0,1");
  CHECK(page.app.selection().pin == Pin{});
  CHECK(page.app.selection().channel == 5);
}

TEST_CASE("page: select pins a cell as a link does, and unpins it", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "model=v2&node=bneck3.depthwise&channel=5&view=cell");
  const auto says = [&](const char* part) {
    return state_json(page.app).find(part) != std::string::npos;
  };
  CHECK(says("\"cell\":null"));
  REQUIRE(page.app.select("cell=12,7").ok());
  page.frame();
  CHECK(page.app.selection().pin == Pin{page.app.selection().node, 12, 7});
  CHECK(asked().hash == "model=v2&node=bneck3.depthwise&channel=5&cell=12,7&view=cell");
  CHECK(says("\"cell\":[12,7]"));
  REQUIRE(page.app.select("node=bneck4.depthwise&channel=1&cell=0,27").ok());
  CHECK(page.app.selection().pin == Pin{page.app.selection().node, 0, 27});
  REQUIRE(page.app.select("cell=").ok());
  page.frame();
  CHECK(page.app.selection().pin == Pin{});
  CHECK(page.app.selection().channel == 1);
  CHECK(asked().hash.find("cell=") == std::string::npos);
  CHECK(says("\"cell\":null"));
}

TEST_CASE("page: a cell of a model that has yet to come is pinned when it is there", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "model=v2");
  REQUIRE(page.app.select("model=v1&node=block2.pointwise&channel=3&cell=55,0").ok());
  page.bring_untrained_model();
  page.settle();
  const NodeId node = page.app.model().graph.find("block2.pointwise");
  CHECK(page.app.selection().pin == Pin{node, 55, 0});
  CHECK(page.app.selection().channel == 3);
}

TEST_CASE("page: a link to what does not exist opens the default", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "model=v9&node=nowhere&channel=99999&view=nothing");
  CHECK(page.app.model().info.entry->id == "v2");
  CHECK(page.app.selection().view == "feature_maps");
}

TEST_CASE("page: arrow keys walk the layers and stop at the ends", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "");
  REQUIRE(page.app.select("node=stem").ok());
  const NodeId stem = page.app.selection().node;
  CHECK(page.app.press("ArrowDown", false));
  CHECK(page.app.selection().node == stem + 1);
  for (int i = 0; i < 500; ++i) page.app.press("ArrowUp", false);
  CHECK(page.app.selection().node == 0);
  for (int i = 0; i < 500; ++i) page.app.press("ArrowDown", false);
  CHECK(page.app.selection().node == page.app.model().graph.last());
}

TEST_CASE("page: with a channel enlarged, left and right walk the channels", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "");
  REQUIRE(page.app.select("node=bneck2.expand").ok());
  CHECK(page.app.press("Enter", false));
  CHECK(page.app.selection().channel >= 0);
  REQUIRE(page.app.select("channel=95").ok());
  page.app.press("ArrowRight", false);
  CHECK(page.app.selection().channel == 0);
  page.app.press("ArrowLeft", false);
  CHECK(page.app.selection().channel == 95);
  page.app.press("Escape", false);
  CHECK(page.app.selection().channel == -1);
}

TEST_CASE("page: keys reach panels, models, help and the file dialog", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "");
  for (std::size_t i = panels().size(); i-- > 0;) {
    CHECK(page.app.press(std::to_string(i + 1), false));
    CHECK(page.app.selection().view == panels()[i]->id);
  }
  CHECK(page.app.press("o", false));
  page.frame();
  CHECK(asked().pickers == 1);
  CHECK(page.app.press("m", false));
  page.frame();
  CHECK(asked().models.back() == "v3-small 1 224");
  CHECK_FALSE(page.app.press("F5", false));
  CHECK_FALSE(page.app.press("w", false));
}

TEST_CASE("page: switching models keeps the photo and the place", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "node=bneck8.depthwise");
  REQUIRE(page.app.select("model=v1").ok());
  page.bring_untrained_model();
  page.settle();
  CHECK(page.app.model().info.entry->id == "v1");
  CHECK(page.app.photo()->name == "pattern.png");
  const Node& node = page.app.model().graph.node(page.app.selection().node);
  CHECK(node.role == Role::depthwise);
  CHECK(node.out.h == 14);
}

TEST_CASE("page: the old result stays on the screen until the new one is there", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "");
  const Snapshot* before = page.app.snapshot();
  REQUIRE(page.app.select("model=v1&width=0.25").ok());
  page.frame();
  CHECK(page.app.snapshot() == before);
  CHECK(page.app.model().info.entry->id == "v2");
  CHECK(page.app.busy());
  page.bring_untrained_model();
  page.settle();
  CHECK(page.app.model().info.variant == Variant{0.25, 128});
}

TEST_CASE("page: a new photo while a model is loading does not forget the model", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "");
  REQUIRE(page.app.select("model=v1").ok());
  page.bring_photo(32, 200);
  while (page.app.running()) page.app.work(8);
  page.frame();
  page.bring_untrained_model();
  page.settle();
  CHECK(page.app.model().info.entry->id == "v1");
  CHECK(page.app.photo()->width == 32);
}

TEST_CASE("page: refused requests change nothing", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "node=stem&view=cost");
  const std::string before = page.app.permalink();
  for (const char* text :
       {"model=v7", "node=bneck99.expand", "channel=4000", "channel=-2", "view=cost&node=nope",
        "model=v1&node=bneck3.expand", "width=0.3", "cell=112,0&channel=1", "cell=0,112",
        "view=cell&cell=1", "model=v1&cell=0,0", "node=head.pool&cell=0,1"}) {
    INFO(text);
    CHECK_FALSE(page.app.select(text).ok());
    CHECK(page.app.permalink() == before);
    CHECK_FALSE(page.app.busy());
  }
}

TEST_CASE("page: a broken model file gives a sentence and leaves the result", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "");
  const Snapshot* before = page.app.snapshot();
  const std::vector<FileBytes> files[] = {
      {FileBytes()}, {FileBytes(100, 7)}, {FileBytes(40, 0), FileBytes(3, 1)}};
  for (const std::vector<FileBytes>& broken : files) {
    const Result<bool> result = page.app.own_files_arrived("mine.tflite", broken);
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().message.size() > 20);
    page.settle();
    CHECK(page.app.snapshot() == before);
  }
}

TEST_CASE("page: an error is shown until it is dismissed", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "");
  page.app.show_error({"notes.jpg is not an image.", "Try another."});
  page.frame();
  CHECK(asked().events.back() == "error");
  REQUIRE(page.app.notice().has_value());
  page.app.press("Escape", false);
  CHECK_FALSE(page.app.notice().has_value());
}

TEST_CASE("page: clicking a bar of the network selects its layer", "[app]") {
  HeadlessPage page;
  start_with_photo(page, "node=stem");
  const NodeId before = page.app.selection().node;
  bool changed = false;
  for (float y = 120; y < 700 && !changed; y += 7) {
    page.frame(140, y);
    page.frame(140, y, true);
    page.frame(140, y);
    changed = page.app.selection().node != before;
  }
  CHECK(changed);
}
