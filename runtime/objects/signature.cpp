#include "runtime/objects/signature.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "runtime/objects/errors.h"
#include "runtime/objects/small_array.h"

#include <cstring>
#include <string>
#include <vector>

namespace pyc::rt {

namespace {

/// Splits the text between a signature's parentheses at its commas.
class ParameterScanner {
public:
  explicit ParameterScanner(std::string_view text) : rest_(text) {}

  bool next(std::string_view& parameter) {
    skipBlanks();
    if (rest_.empty())
      return false;
    size_t end = findComma();
    parameter = rest_.substr(0, end);
    rest_.remove_prefix(end < rest_.size() ? end + 1 : end);
    return true;
  }

private:
  void skipBlanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n'))
      rest_.remove_prefix(1);
  }
  /// The comma outside quotes and brackets, or the end.
  size_t findComma() const {
    int depth = 0;
    char quote = 0;
    for (size_t i = 0; i < rest_.size(); i++) {
      char c = rest_[i];
      if (quote) {
        if (c == '\\')
          i++;
        else if (c == quote)
          quote = 0;
        continue;
      }
      if (c == '\'' || c == '"')
        quote = c;
      depth += (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
      if (c == ',' && depth == 0)
        return i;
    }
    return rest_.size();
  }

  std::string_view rest_;
};

/// Builds a Signature parameter by parameter.
class SignatureBuilder {
public:
  SignatureBuilder(Signature& signature) : out_(signature) {}

  void add(std::string_view text) {
    if (text == "/") {
      out_.positionalOnly = out_.positional;
    } else if (text == "*") {
      keywordOnly_ = true;
    } else if (text.starts_with("**")) {
      out_.varKeywords = static_cast<int16_t>(parameters_.size());
      parameters_.push_back({text.substr(2), true});
    } else if (text.starts_with("*")) {
      out_.varArgs = static_cast<int16_t>(parameters_.size());
      parameters_.push_back({text.substr(1), true});
      keywordOnly_ = true;
    } else if (size_t bracket = text.find('['); bracket < text.find('=')) {
      addNamed(text.substr(0, bracket));
      addBracketed(text.substr(bracket));
    } else {
      addNamed(text);
    }
  }

  void finish() {
    out_.count = static_cast<uint16_t>(parameters_.size());
    out_.parameters = static_cast<Parameter*>(
        mi_mallocn(parameters_.empty() ? 1 : parameters_.size(), sizeof(Parameter)));
    PYC_CHECK(out_.parameters != nullptr);
    for (size_t i = 0; i < parameters_.size(); i++)
      out_.parameters[i] = parameters_[i];
  }

private:
  /// Optional parameters as "[, start[, end]]".
  void addBracketed(std::string_view text) {
    constexpr const char* kBetween = "[], ";
    for (size_t at = 0; (at = text.find_first_not_of(kBetween, at)) != std::string_view::npos;) {
      size_t end = text.find_first_of(kBetween, at);
      addNamed(text.substr(at, end - at), true);
      at = end;
    }
  }

  void addNamed(std::string_view text, bool bracketed = false) {
    if (text.starts_with("$")) {
      out_.takesSelf = true;
      out_.positionalOnly = 1;
      text.remove_prefix(1);
    }
    size_t equals = text.find('=');
    bool optional = bracketed || equals != std::string_view::npos;
    std::string_view name = text.substr(0, equals);
    while (name.ends_with(" "))
      name.remove_suffix(1);
    if (keywordOnly_) {
      if (out_.keywordOnly++ == 0)
        out_.firstKeywordOnly = static_cast<uint16_t>(parameters_.size());
    } else {
      out_.positional++;
      if (!optional)
        out_.required = out_.positional;
    }
    parameters_.push_back({name, optional});
  }

  Signature& out_;
  bool keywordOnly_ = false;
  std::vector<Parameter> parameters_;
};

/// "f(a[, b[, c]], /)" as "f(a, b=?, c=?, /)". Lives for ever, as signatures do.
const char* withoutBrackets(const char* text) {
  if (std::string_view(text).find("[,") == std::string_view::npos)
    return text;
  std::string out;
  int open = 0;
  bool isOptional = false;
  auto finishName = [&] {
    if (std::exchange(isOptional, false))
      out += "=?";
  };
  for (const char* at = text; *at; ++at) {
    if (at[0] == '[' && at[1] == ',') {
      finishName();
      isOptional = true;
      ++open;
    } else if (*at == ']' && open > 0) {
      finishName();
      --open;
    } else {
      out += *at;
    }
  }
  char* kept = static_cast<char*>(mi_malloc(out.size() + 1));
  PYC_CHECK(kept != nullptr);
  return strcpy(kept, out.c_str());
}

} // namespace

const Signature* parseSignature(const char* text) {
  text = withoutBrackets(text);
  auto* memory = mi_malloc(sizeof(Signature));
  PYC_CHECK(memory != nullptr);
  auto* signature = new (memory) Signature();
  const char* open = strchr(text, '(');
  signature->name = open ? std::string_view(text, static_cast<size_t>(open - text)) : text;
  SignatureBuilder builder(*signature);
  if (open) {
    signature->parameterText = open;
    const char* close = strrchr(open, ')');
    PYC_CHECK(close != nullptr);
    ParameterScanner scanner({open + 1, static_cast<size_t>(close - open - 1)});
    for (std::string_view parameter; scanner.next(parameter);)
      builder.add(parameter);
  } else {
    // Without parameters nothing is known: everything goes to the function, the object first.
    builder.add("$self");
    builder.add("/");
    builder.add("*args");
    builder.add("**kwargs");
  }
  builder.finish();
  return signature;
}

bool ConstructorSignature::bind(const Value* args, size_t argc, Value kwnames, Value* out) {
  const Signature* signature = __atomic_load_n(&parsed_, __ATOMIC_ACQUIRE);
  if (!signature) {
    signature = parseSignature(text_);
    __atomic_store_n(&parsed_, signature, __ATOMIC_RELEASE);
  }
  Ref keep[2];
  return bindSignature(*signature, args, argc, kwnames, out, keep);
}

Ref callMethodDef(const MethodDef* def, const Signature& signature, const Value* args, size_t argc,
                  Value kwnames) {
  if (PYC_LIKELY(!kwnames && def->bound && argc == signature.count && signature.isPlain()))
    return def->bound(args);
  if (def->raw && !(kwnames && signature.isPositionalOnly()))
    return def->raw(args, argc, kwnames);
  // Trailing parameters that are left out need no binding.
  constexpr size_t kFew = 8;
  if (!kwnames && def->bound && signature.isPlain() && argc >= signature.required &&
      argc < signature.count && signature.count <= kFew && signature.keywordOnly == 0) {
    Value few[kFew];
    std::copy_n(args, argc, few);
    return def->bound(few);
  }
  SmallArray<Value> bound(signature.count);
  if (!bound)
    return raiseMemoryError();
  std::fill_n(bound.data(), signature.count, Value());
  Ref keep[2];
  if (!bindSignature(signature, args, argc, kwnames, bound.data(), keep))
    return {};
  return def->bound ? def->bound(bound.data()) : def->raw(args, argc, {});
}

} // namespace pyc::rt
