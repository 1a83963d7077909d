// Which values of an instruction a profile records: the registers that it reads, before it runs,
// and those that it writes, after it. Recorder and compiler walk them in the same order.
#pragma once

#include "dialects/uop/uop_info.h"

namespace pyc::uop {

/// Results of an unpacking that are recorded; the others are not.
inline constexpr unsigned kProfiledResults = 4;

struct ProfiledOperand {
  int16_t reg;
  bool isResult;
  const OperandInfo* operand;
};

/// Calls visit(ProfiledOperand) for each slot of the instruction at `at`, in the order of
/// profile::Site::slots. Of a call's window only the callee counts: the arguments are recorded
/// where they arrive.
template <class Visit> void forEachProfiledOperand(const uint64_t* at, Visit visit) {
  Opcode opcode = opcodeAt(at);
  const UopInfo& info = infoOf(opcode);
  if (info.renames || opcode == Opcode::LoadConst)
    return;
  bool calls = opcode == Opcode::Call || opcode == Opcode::CallKw || opcode == Opcode::CallMethod ||
               opcode == Opcode::CallMethodKw || opcode == Opcode::CallEx;
  for (unsigned i = 0; i < info.operandCount; ++i) {
    const OperandInfo& operand = info.operands[i];
    auto reg = static_cast<int16_t>(readOperand(at, operand));
    switch (operand.kind) {
    case OperandKind::In:
    case OperandKind::Keep:
      visit(ProfiledOperand{reg, false, &operand});
      break;
    case OperandKind::Out:
    case OperandKind::Inout:
      visit(ProfiledOperand{reg, true, &operand});
      break;
    case OperandKind::InWindow:
      if (calls)
        visit(ProfiledOperand{reg, false, &operand});
      break;
    case OperandKind::OutWindow: {
      unsigned count = windowCount(at, info, operand);
      for (unsigned k = 0; k < count && k < kProfiledResults; ++k)
        visit(ProfiledOperand{static_cast<int16_t>(reg + k), true, &operand});
      break;
    }
    default:
      break;
    }
  }
}

} // namespace pyc::uop
