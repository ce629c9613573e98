// What select() asks for: checked whole before anything changes, then carried out at once or, where
// it concerns a model that is on its way, together with that.
#include <utility>

#include "app/app.h"
#include "platform/shell.h"

namespace lens {

namespace {

// Layer, channel and cell of a request, in the graph of the model that it means. selected: the
// layer that it is about where it names none; kNoNode where the selected one may not exist.
Result<bool> check_place(const Request& request, const Target& target, NodeId selected) {
  const Graph graph = target.entry->build(target.variant, kPaperClasses);
  const NodeId node = request.node ? graph.find(*request.node) : selected;
  if (request.node && node == kNoNode) {
    return Error{"MobileNet " + std::string(target.entry->title) + " has no layer \"" +
                     *request.node + "\".",
                 "graph() lists the layers."};
  }
  const Shape out = node == kNoNode ? Shape{0, 0, 0} : graph.node(node).out;
  if (request.channel && (*request.channel < -1 || *request.channel >= out.c)) {
    return Error{"There is no such channel: " + std::to_string(*request.channel) + ".",
                 "Name a layer and one of its channels; -1 shows them all."};
  }
  if (request.cell && (request.cell->y >= out.h || request.cell->x >= out.w)) {
    return Error{"There is no such cell: row " + std::to_string(request.cell->y) + ", column " +
                     std::to_string(request.cell->x) + ".",
                 "Name a layer and a cell of its maps; graph() tells each layer's shape."};
  }
  return true;
}

// What `wish` asks for, and of layer, channel, cell and view what `more` asks for. Another layer
// shows all of its channels.
Request with_place(Request wish, const Request& more) {
  if (more.node) {
    wish.node = more.node;
    wish.channel = -1;
    wish.cell.reset();
  }
  if (more.channel) wish.channel = more.channel;
  if (more.cell) wish.cell = more.cell;
  if (more.view) wish.view = more.view;
  return wish;
}

}  // namespace

Result<bool> App::select(std::string_view text) {
  refused_.reset();
  const Result<Request> request = parse_request(text);
  if (!request) return request.error();
  const Target current = wanted();
  const Result<Target> target = target_of(*request, current);
  if (!target) return target.error();
  const bool switching = !(*target == current) || activity_.wanted;
  const NodeId selected = switching ? kNoNode : selection_.node;
  if (Result<bool> exists = check_place(*request, *target, selected); !exists) return exists;
  if (request->precision) {
    if (Result<bool> can = check_precision(*request->precision, *target); !can) return can;
  }
  if (!(*target == current)) {
    Request wish;
    wish.precision = request->precision;
    choose(*target, with_place(std::move(wish), *request));
    return true;
  }
  wish_ = with_place(std::move(wish_), *request);
  if (request->view) selection_.view = *std::exchange(wish_.view, std::nullopt);
  if (!activity_.wanted) apply_wish();
  return request->precision ? set_precision(*request->precision) : true;
}

void App::choose(const Target& target, Request wish) {
  activity_ = {.wanted = target.entry, .wanted_variant = target.variant};
  wish_ = std::move(wish);
  if (auto ready = library_.find(*target.entry, target.variant)) {
    take_chosen(std::move(ready));
    return;
  }
  if (!wish_.precision) runner_.stop();  // else the model may be refused, and this run wanted
  activity_.loading = true;
  fetching_.reset();  // the page follows one request at a time
  shell::request_model(std::string(target.entry->id), target.variant.width,
                       target.variant.resolution);
}

// The model that has been chosen is here: it runs, unless it was asked for in a precision that it
// turns out not to have. Then nothing has changed.
void App::take_chosen(std::shared_ptr<const ReadyModel> model) {
  activity_.loading = false;
  if (wish_.precision == Precision::int8 && !model->info.has_int8()) {
    refuse(model->info.no_int8);
    return;
  }
  if (wish_.precision) wished_ = *wish_.precision;
  run({std::move(model), job_.photo ? job_.photo : photo_});
}

void App::refuse(const Error& why) {
  refused_ = why;
  activity_ = {};
  wish_ = {};
  measure_next();  // which had to wait for the model
}

void App::apply_wish() {
  const Request wish = std::exchange(wish_, {});
  if (wish.node) selection_.node = shown_->graph.find(*wish.node);
  if (wish.channel) selection_.channel = *wish.channel;
  if (wish.cell) {
    const bool none = wish.cell->y < 0;
    selection_.pin = none ? Pin{} : Pin{selection_.node, wish.cell->y, wish.cell->x};
  }
  if (wish.view) selection_.view = *wish.view;
}

}  // namespace lens
