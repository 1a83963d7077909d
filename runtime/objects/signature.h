// Parsed signatures of functions written in C++, and calls through them. Which TypeErrors a
// function raises follows from its signature, as CPython's argument parser generator has it.
#pragma once

#include "runtime/objects/function.h"

#include <string_view>

namespace pyc::rt {

struct Parameter {
  std::string_view name; // in the MethodDef's text
  bool optional;         // has a default
};

struct Signature {
  std::string_view name;
  std::string_view parameterText; // "($self, object, /)"; empty when not given
  const char* owner = nullptr;    // type or module, for "list.append()" in messages; or null
  bool takesSelf = false;         // the first parameter begins with `$`
  // Numbers of parameters, the `$` one included. Order: positional-only, positional or keyword,
  // *args, keyword-only, **kwargs.
  uint16_t count = 0;
  uint16_t positionalOnly = 0;
  uint16_t positional = 0; // positional-only ones included
  uint16_t required = 0;   // leading positional ones without default
  uint16_t keywordOnly = 0;
  int16_t varArgs = -1; // index, or -1
  int16_t varKeywords = -1;
  uint16_t firstKeywordOnly = 0;
  Parameter* parameters = nullptr;

  bool isPositionalOnly() const {
    return positionalOnly == positional && keywordOnly == 0 && varKeywords < 0;
  }
  /// The arguments of a call with exactly `count` positional ones are the parameters.
  bool isPlain() const { return positional == count; }
};

/// The arguments of a constructor (create and init slots), which come without the object: a static
/// object with the signature's text, parsed on first use. No *args and **kwargs.
class ConstructorSignature {
public:
  explicit constexpr ConstructorSignature(const char* text) : text_(text) {}
  /// out[i] is the i-th parameter, borrowed, null when left out.
  bool bind(const Value* args, size_t argc, Value kwnames, Value* out);

private:
  const char* text_;
  const Signature* parsed_ = nullptr;
};

/// Calls a C++ function. `args` include the `$` argument when the signature takes one.
Ref callMethodDef(const MethodDef* def, const Signature& signature, const Value* args, size_t argc,
                  Value kwnames);

} // namespace pyc::rt
