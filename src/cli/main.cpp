// `lens`: the engine without a window. What each command prints is in commands.h, what may be typed
// in command_line.h.
#include <cstdio>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "cli/commands.h"

namespace {

using lens::Error;
using lens::Result;
using lens::cli::Output;

// Exit status.
constexpr int kDone = 0;
constexpr int kFailed = 1;  // the world's fault
constexpr int kUsage = 2;   // the command line was not understood

// One line: what went wrong, and the way out.
void print_error(const Error& error) {
  const bool ended = !error.message.empty() && error.message.back() == '.';
  std::fprintf(stderr, "lens: %s%s %s\n", error.message.c_str(), ended ? "" : ".",
               error.hint.c_str());
}

struct Execute {
  Result<Output> operator()(const lens::cli::ClassifyCommand& command) const {
    return lens::cli::classify(command);
  }

  Result<Output> operator()(const lens::cli::CostCommand& command) const {
    return lens::cli::cost(command);
  }

  Result<Output> operator()(const lens::cli::InspectCommand& command) const {
    return lens::cli::inspect(command);
  }

  Result<Output> operator()(const lens::cli::BenchCommand& command) const {
    return lens::cli::bench(command);
  }

  Result<Output> operator()(const lens::cli::HelpCommand&) const {
    return Output{.text = lens::cli::help_text()};
  }
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const Result<lens::cli::Command> command = lens::cli::parse_command_line(arguments);
  if (!command) {
    print_error(command.error());
    return kUsage;
  }
  const Result<Output> output = std::visit(Execute{}, *command);
  if (!output) {
    print_error(output.error());
    return kFailed;
  }
  for (const std::string& note : output->notes) std::fprintf(stderr, "lens: %s\n", note.c_str());
  const std::string& text = output->text;
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) std::fprintf(stderr, "lens: the output could not be written\n");
  return written ? kDone : kFailed;
}
