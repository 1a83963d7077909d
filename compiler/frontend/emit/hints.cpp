// Annotations as hints for the compiler (dialects/uop/hints.h).
#include "compiler/frontend/emit/emitter.h"

namespace pyc {

namespace {

std::string_view nameIn(const ast::ExprNode* expr) {
  auto* name = expr ? ast::dynCast<ast::Name>(expr) : nullptr;
  return name ? std::string_view(name->id->text) : std::string_view();
}

uop::Hint hintOf(const ast::ExprNode* annotation) {
  std::string_view name = nameIn(annotation);
  if (name == "int")
    return uop::Hint::Int;
  if (name == "float")
    return uop::Hint::Float;
  if (name == "bool")
    return uop::Hint::Bool;
  auto* subscript = annotation ? ast::dynCast<ast::Subscript>(annotation) : nullptr;
  if (!subscript || nameIn(subscript->value) != "list")
    return uop::Hint::None;
  std::string_view item = nameIn(subscript->slice);
  return item == "int"     ? uop::Hint::IntList
         : item == "float" ? uop::Hint::FloatList
         : item == "bool"  ? uop::Hint::BoolList
                           : uop::Hint::None;
}

} // namespace

void Emitter::hintLocal(Reg local, const Expr* annotation) {
  if (uop::Hint hint = hintOf(annotation); hint != uop::Hint::None)
    b_.setHint(local, hint);
}

void Emitter::hintParameters(const ast::Arguments& args) {
  unsigned local = 0;
  for (const auto& group : {args.posonlyargs, args.args, args.kwonlyargs})
    for (const ast::Arg* arg : group)
      hintLocal(uop::localRegister(local++), arg->annotation);
}

void Emitter::hintResult(const Expr* annotation) {
  if (uop::Hint hint = hintOf(annotation); uop::isScalar(hint))
    unit_.flags |= static_cast<uint32_t>(hint) << uop::kResultHintShift;
}

} // namespace pyc
