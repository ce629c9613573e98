// What select() asks for: checked whole before anything changes, then carried out at once or, where
// it concerns a model that is on its way, together with that.
#include "app/app.h"

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

}  // namespace

Result<bool> App::select(std::string_view text) {
  const Result<Request> request = parse_request(text);
  if (!request) return request.error();
  const Target current = wanted();
  const Result<Target> target = target_of(*request, current);
  if (!target) return target.error();
  const bool switching = !(*target == current) || activity_.wanted;
  const NodeId selected = switching ? kNoNode : selection_.node;
  if (Result<bool> exists = check_place(*request, *target, selected); !exists) return exists;
  const Precision precision = request->precision.value_or(wished_);
  if (request->precision) {
    if (Result<bool> can = check_precision(precision, *target); !can) return can;
  }
  if (request->view) selection_.view = *request->view;
  if (request->node || request->channel || request->cell) {
    wish_ = *request;
    if (request->node && !request->channel) wish_->channel = -1;
  }
  if (*target == current) {
    if (!activity_.wanted) apply_wish();
    return set_precision(precision);
  }
  wished_ = precision;
  choose(*target);
  return true;
}

void App::apply_wish() {
  if (!wish_) return;
  if (wish_->node) selection_.node = shown_->graph.find(*wish_->node);
  if (wish_->channel) selection_.channel = *wish_->channel;
  if (wish_->cell) {
    const bool none = wish_->cell->y < 0;
    selection_.pin = none ? Pin{} : Pin{selection_.node, wish_->cell->y, wish_->cell->x};
  }
  wish_.reset();
}

}  // namespace lens
