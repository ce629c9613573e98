// Result<T>: either a value or an Error that a person can read. Every call that the world can make
// fail (a file, a photo, a download) returns one; our own mistakes are asserts, not Results.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace lens {

// message: what went wrong, with which, what was expected and what was found. hint: the way out.
struct Error {
  std::string message;
  std::string hint;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}

  Result(Error error) : state_(std::move(error)) {}

  bool ok() const { return state_.index() == 0; }

  explicit operator bool() const { return ok(); }

  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }

  T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }

  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }

  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

  const T& operator*() const& { return value(); }

  T& operator*() & { return value(); }

  const T* operator->() const { return &value(); }

  T* operator->() { return &value(); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace lens
