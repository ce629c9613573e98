// `lens bench`: how fast the kernels and whole networks are on this machine, as a part of what its
// SIMD unit can do at most.
#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/text.h"
#include "cost/cost.h"
#include "engine/inference.h"
#include "engine/simd/f32x4.h"
#include "weights/untrained.h"

namespace lens::cli {

namespace {

struct Measured {
  double best_ms = INFINITY;
  double median_ms = INFINITY;
};

// Runs f for about that long, three times at least.
template <class F>
Measured measure(double budget_ms, F f) {
  std::vector<double> times;
  const double start_ms = now_ms();
  while (times.size() < 3 || now_ms() - start_ms < budget_ms) {
    const double from_ms = now_ms();
    f();
    times.push_back(now_ms() - from_ms);
  }
  std::sort(times.begin(), times.end());
  return {times.front(), times[times.size() / 2]};
}

double giga_macs(double macs, double ms) {
  return macs / ms / 1e6;
}

constexpr int kPeakSums = 10;
constexpr int kPeakRounds = 200'000;

// Ten sums that do not wait for each other, in registers alone. Returns their sum.
[[gnu::noinline]] float multiply_and_add(float factor) {
  const F32x4 factors = simd::splat(factor);
  F32x4 sums[kPeakSums];
  for (F32x4& sum : sums) sum = factors;
  for (int round = 0; round < kPeakRounds; ++round) {
    for (F32x4& sum : sums) sum = simd::madd(sum, factors, factors);
  }
  float lanes[4];
  float total = 0;
  for (const F32x4& sum : sums) {
    simd::store(lanes, sum);
    total += lanes[0];
  }
  return total;
}

// What no kernel can beat: multiply-adds and nothing else.
double peak_giga_macs() {
  volatile float factor = 0.999f;  // unknown to the compiler, and its result is used
  const Measured time = measure(500, [&] { factor = 0.999f + 0 * multiply_and_add(factor); });
  return giga_macs(4.0 * kPeakSums * kPeakRounds, time.best_ms);
}

struct Case {
  const char* title;
  Op op;
  Shape in;
  int channels;
  int kernel;
  int stride;
  Activation activation;
};

// One layer of each kind and size that the four networks have.
constexpr Case kCases[] = {
    {"stem", Op::conv, {224, 224, 3}, 32, 3, 2, Activation::relu6},
    {"pointwise", Op::conv, {112, 112, 32}, 64, 1, 1, Activation::relu6},
    {"pointwise", Op::conv, {56, 56, 128}, 128, 1, 1, Activation::relu6},
    {"pointwise", Op::conv, {14, 14, 512}, 512, 1, 1, Activation::relu6},
    {"pointwise", Op::conv, {7, 7, 1024}, 1024, 1, 1, Activation::relu6},
    {"expand", Op::conv, {14, 14, 112}, 672, 1, 1, Activation::hard_swish},
    {"project", Op::conv, {14, 14, 672}, 112, 1, 1, Activation::none},
    {"depthwise", Op::depthwise, {112, 112, 32}, 32, 3, 1, Activation::relu6},
    {"depthwise", Op::depthwise, {112, 112, 64}, 64, 3, 2, Activation::relu6},
    {"depthwise", Op::depthwise, {14, 14, 512}, 512, 3, 1, Activation::relu6},
    {"depthwise", Op::depthwise, {28, 28, 120}, 120, 5, 1, Activation::relu},
    {"depthwise", Op::depthwise, {14, 14, 672}, 672, 5, 2, Activation::hard_swish},
    {"dense", Op::dense, {1, 1, 1280}, 1000, 1, 1, Activation::none},
};

// A network of that one layer, so that it runs exactly as it does in a model.
Graph graph_of(const Case& one) {
  GraphBuilder builder("bench", one.in.h, one.in.c);
  if (one.op == Op::depthwise) {
    builder.depthwise(builder.input(), "layer", one.kernel, one.stride, one.activation);
  } else if (one.op == Op::dense) {
    builder.dense(builder.input(), "layer", Role::head, one.channels, one.activation);
  } else {
    builder.conv(builder.input(), {.name = "layer",
                                   .role = Role::pointwise,
                                   .kernel = one.kernel,
                                   .stride = one.stride,
                                   .channels = one.channels,
                                   .activation = one.activation});
  }
  return builder.finish();
}

Result<std::shared_ptr<const Model>> untrained(Graph graph) {
  Weights weights = untrained_weights(graph);
  return Model::create(std::move(graph), std::move(weights), {});
}

double macs_of(const Graph& graph) {
  double macs = 0;
  for (const Cost& cost : cost_of(graph)) macs += static_cast<double>(cost.macs);
  return macs;
}

// A network's own time, without what is done once per run around it.
Measured measure_network(const std::shared_ptr<const Model>& model, double budget_ms) {
  Tensor input(model->graph().node(0).out);
  for (std::size_t i = 0; i < input.data.size(); ++i) {
    input.data[i] = static_cast<float>(i % 256) / 127.5f - 1.0f;
  }
  std::vector<double> times;
  measure(budget_ms, [&] { times.push_back(run(model, input.view())->total_ms()); });
  std::sort(times.begin(), times.end());
  return {times.front(), times[times.size() / 2]};
}

std::vector<std::string> row_of(const std::string& what, const std::string& shape, double macs,
                                const Measured& time, double peak) {
  const double rate = giga_macs(macs, time.best_ms);
  return {what,
          shape,
          with_unit(static_cast<std::int64_t>(macs)),
          formatted("%.3f", time.best_ms),
          formatted("%.3f", time.median_ms),
          formatted("%.1f", rate),
          formatted("%.0f %%", 100 * rate / peak)};
}

std::string shape_of(const Case& one, const Graph& graph) {
  return to_string(one.in) + " -> " + to_string(graph.node(graph.last()).out) +
         formatted(", %dx%d/%d", one.kernel, one.kernel, one.stride);
}

}  // namespace

Result<Output> bench(const BenchCommand& command) {
  const double peak = peak_giga_macs();
  std::vector<std::vector<std::string>> rows = {
      {"", "shape", "MACs", "best ms", "median ms", "GMAC/s", "of peak"}};
  for (const Case& one : kCases) {
    const Graph graph = graph_of(one);
    const auto model = untrained(graph);
    if (!model) return model.error();
    rows.push_back(row_of(one.title, shape_of(one, graph), macs_of(graph),
                          measure_network(*model, command.budget_ms), peak));
  }
  for (const CatalogEntry& entry : catalog()) {
    const Variant& variant = entry.variants.front();
    const Graph graph = entry.build(variant, kPaperClasses);
    const auto model = untrained(graph);
    if (!model) return model.error();
    rows.push_back(row_of(std::string(entry.title), to_string(graph.node(0).out), macs_of(graph),
                          measure_network(*model, 4 * command.budget_ms), peak));
  }
  return Output{.text = formatted("peak of one thread, four lanes: %.1f GMAC/s\n\n", peak) +
                        render_table(rows, {Align::left, Align::left, Align::right, Align::right,
                                            Align::right, Align::right, Align::right})};
}

}  // namespace lens::cli
