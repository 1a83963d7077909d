// How the arguments of a call become the parameters of a function that the compiler knows: keywords
// by the parameters' names, what is missing by the function's defaults.

#include "compiler/lower/function_lowering.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <climits>

using namespace mlir;

namespace pyc {

constexpr int kMissing = INT_MAX;

SmallVector<StringRef> FunctionLowering::keywordsOf(Operation* call) const {
  auto names = call->getAttrOfType<IntegerAttr>("names");
  if (!names)
    return {};
  const auto& tuple = image_.array<uop::ConstRecord>(current_->constants)[names.getInt()];
  const auto* items = image_.array<uop::ConstRecord>(tuple.payload);
  SmallVector<StringRef> keywords;
  for (unsigned k = 0; k < tuple.length; ++k)
    keywords.push_back(image_.string(items[k].payload));
  return keywords;
}

/// The parameter of the name that has no argument yet.
static std::optional<unsigned> findParameter(uop::ImageView image, const uop::CodeRecord& code,
                                             ArrayRef<int> sources, StringRef keyword) {
  const auto* names = image.array<uint32_t>(code.localNames);
  for (unsigned p = code.positionalOnlyCount; p < sources.size(); ++p)
    if (StringRef(image.string(names[p])) == keyword)
      return sources[p] == kMissing ? std::optional(p) : std::nullopt;
  return std::nullopt;
}

/// None where the call can only raise. `given`: the arguments, keywords among them.
std::optional<FunctionLowering::ParameterSources>
FunctionLowering::arrange(Operation* call, const NativeFunctions::Entry& known,
                          unsigned given) const {
  SmallVector<StringRef> keywords = keywordsOf(call);
  unsigned positional = given - keywords.size();
  bool isExact = keywords.empty() && positional == known.parameters;
  if (positional > known.parameters || (known.code < 0 && !isExact))
    return std::nullopt;
  ParameterSources sources(known.parameters, kMissing);
  for (unsigned p = 0; p < positional; ++p)
    sources[p] = static_cast<int>(p);
  for (auto [k, keyword] : llvm::enumerate(keywords)) {
    auto place = findParameter(image_, image_.code(known.code), sources, keyword);
    if (!place)
      return std::nullopt;
    sources[*place] = static_cast<int>(positional + k);
  }
  for (unsigned p = 0; p < known.parameters; ++p)
    if (sources[p] == kMissing)
      sources[p] = static_cast<int>(p) - static_cast<int>(known.parameters);
  return sources;
}

/// For the __init__ of a class that is called, whose first argument is the instance.
std::optional<FunctionLowering::ParameterSources>
FunctionLowering::arrangeConstruction(Operation* call, const NativeFunctions::Entry* init) const {
  if (!init)
    return std::nullopt;
  unsigned argc = call->getAttrOfType<IntegerAttr>("argc").getInt();
  return arrange(call, *init, argc + 1);
}

/// window[0](window[1..]), which is the function; `isMethod`: how to call it where it has too few
/// defaults. The result, or null.
Value FunctionLowering::callKnown(Operation* op, const NativeFunctions::Entry& known,
                                  const ParameterSources& sources, ValueRange window,
                                  bool isMethod) {
  int needed = 0;
  for (int source : sources)
    needed = std::max(needed, -source);
  Value defaults;
  Block* join = nullptr;
  if (needed > 0) {
    defaults = call("pyc_take_defaults", i64_, {window[0], constant(i32_, needed)});
    Block *with = new Block(), *without = coldBlock();
    join = new Block();
    auto next = std::next(b_.getInsertionBlock()->getIterator());
    for (Block* block : {with, join})
      function_.getBody().getBlocks().insert(next, block);
    join->addArgument(i64_, loc_);
    LLVM::CondBrOp::create(b_, loc_, isNull(defaults), without, ValueRange(), with, ValueRange(),
                           std::pair<int32_t, int32_t>(1, 1000000));
    b_.setInsertionPointToEnd(without);
    LLVM::BrOp::create(b_, loc_, generalCall(op, window, isMethod), join);
    b_.setInsertionPointToEnd(with);
  }
  SmallVector<Value> operands{window[0]};
  for (int source : sources)
    operands.push_back(source >= 0
                           ? window[1 + source]
                           : call("pyc_default_of", i64_, {defaults, constant(i32_, -source)}));
  Value result = func::CallOp::create(b_, loc_, known.symbol, i64_, operands).getResult(0);
  if (!join)
    return result;
  decref(defaults);
  LLVM::BrOp::create(b_, loc_, result, join);
  b_.setInsertionPointToEnd(join);
  return join->getArgument(0);
}

} // namespace pyc
