// Collects the uops of one code object: registers, the stack of temporaries, labels, exception
// handlers, positions.
//
// Temporaries are a stack (dialects/uop/uop_base.td), and the builder follows each uop's effect on
// it: `depth()` is always the number in use before the next uop. Uops after a `jump`, `return`, ...
// are dropped until a label that something jumps to.
//
// While code is collected, name and constant operands are ids of the whole compilation, label
// operands are LabelIds and registers of locals have provisional numbers; `finish` drops checks
// that can't fail and jumps to the next uop, and numbers all of these for good.
#pragma once

#include "compiler/frontend/emit/code_unit.h"
#include "compiler/frontend/source/span.h"
#include "dialects/uop/hints.h"
#include "dialects/uop/uop_info.h"
#include "uop/assembler.h"

#include <initializer_list>

namespace pyc {

using Reg = int16_t;
/// In place of a destination: the next temporary.
inline constexpr Reg kPush = INT16_MAX;

enum class LabelId : uint32_t { None = UINT32_MAX };
enum class HandlerId : uint32_t { None = UINT32_MAX };

class CodeBuilder : public uop::UopAssembler<CodeBuilder, LabelId> {
public:
  // Positions: of all uops from here on. A span with line 0 is none.
  void at(const SourceSpan& span) { position_ = span; }
  void atNone() { position_ = {}; }
  const SourceSpan& position() const { return position_; }

  // Temporaries.
  unsigned depth() const { return depth_; }
  /// The temporary on top of the stack.
  Reg top() const { return static_cast<Reg>(depth_ - 1); }
  /// The next temporary once the temporaries among `consumed` are gone.
  Reg slotAfter(std::initializer_list<Reg> consumed) const;
  /// Says how many temporaries are in use where control flow alone does not tell.
  void setDepth(unsigned depth) { depth_ = depth; }
  void dropTop(unsigned count = 1);

  // Labels.
  LabelId newLabel();
  void bind(LabelId label);
  bool isReachable() const { return isReachable_; }
  /// Something that was kept jumps to `label`.
  bool isUsed(LabelId label) const { return labels_[static_cast<size_t>(label)].isUsed; }
  /// The uops from here on can't be reached (a branch on a constant).
  void makeUnreachable() { isReachable_ = false; }

  // Handlers.
  /// A handler at `label` that keeps the current temporaries; the exception is the next one.
  HandlerId newHandler(LabelId label) { return newHandler(label, depth_); }
  HandlerId newHandler(LabelId label, unsigned depth);
  HandlerId handler() const { return handler_; }
  /// What the uops from here on raise goes to `handler`.
  void setHandler(HandlerId handler) { handler_ = handler; }
  /// Starts a handler's code: the exception is the temporary at the handler's depth.
  void bindHandler(HandlerId handler);
  unsigned handlerDepth(HandlerId handler) const {
    return handlers_[static_cast<size_t>(handler)].depth;
  }

  // Locals.
  Reg addLocal(NameId name, uint8_t kind);
  /// A plain local's annotation; the last one counts.
  void setHint(Reg local, uop::Hint hint);
  const std::vector<LocalSlot>& locals() const { return locals_; }
  void setParameterCount(unsigned count) { parameterCount_ = count; }

  // Operands that belong to the whole compilation.
  static uint32_t operandOf(NameId name) { return static_cast<uint32_t>(name); }
  static uint32_t operandOf(ConstantId constant) { return static_cast<uint32_t>(constant); }
  /// The constant with which the unit's list starts, wherever it is used (the docstring).
  void setFirstConstant(ConstantId constant) { firstConstant_ = constant; }

  /// More registers than an operand can name.
  bool hasOverflown() const { return hasOverflown_; }

  /// Completes the code and stores it into `unit`.
  void finish(CodeUnit& unit);

  // For UopAssembler.
  void emit(const uint64_t* words, unsigned count);
  int32_t labelOperand(LabelId label) { return static_cast<int32_t>(label); }

private:
  friend class CodeFinisher;

  struct Instruction {
    uint32_t word;
    uint16_t depth;
    HandlerId handler;
    SourceSpan position;
  };
  struct Label {
    uint32_t instruction = UINT32_MAX; // what follows it, once bound
    unsigned depth = 0;
    bool isUsed = false;
  };
  struct Handler {
    LabelId label;
    unsigned depth;
  };

  void followDepth(const uop::UopInfo& info, const uint64_t* words);

  std::vector<uint64_t> words_;
  std::vector<Instruction> instructions_;
  std::vector<Label> labels_;
  std::vector<Handler> handlers_;
  std::vector<LocalSlot> locals_;
  SourceSpan position_;
  unsigned parameterCount_ = 0;
  unsigned depth_ = 0;
  unsigned maxDepth_ = 0;
  HandlerId handler_ = HandlerId::None;
  ConstantId firstConstant_ = ConstantId::None;
  bool isReachable_ = true;
  bool hasOverflown_ = false;
};

} // namespace pyc
