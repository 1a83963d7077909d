// Facts about uops as data, for code that handles them all alike: the verifier,
// the disassembler, the importer into SSA, liveness. Generated from the records.
#pragma once

#include "uop/layout.h"

namespace pyc::uop {

enum class OperandKind : uint8_t {
  In,
  Keep,
  Out,
  Inout,
  InWindow,
  KeepWindow,
  OutWindow,
  Imm,
  Name,
  Const,
  Label,
  Cache,
};

struct OperandInfo {
  const char* name;
  OperandKind kind;
  uint8_t offset; // bytes from the instruction's start
  int8_t counter; // windows: index of the immediate that counts, or -1
  uint8_t extra;  // windows: count = scale * counter + extra
  uint8_t scale;
  const char* const* cases; // immediates with an enumeration: its names
  uint8_t caseCount;
};

struct UopInfo {
  const char* name;
  uint8_t words;
  uint8_t operandCount;
  const OperandInfo* operands;
  bool raises, terminator, suspends;
  bool renames; // only moves values between registers
};

extern const UopInfo kUopInfo[kUopCount];

inline const UopInfo& infoOf(Opcode opcode) {
  return kUopInfo[static_cast<unsigned>(opcode)];
}

/// Reads an operand of the instruction at `word`: registers and labels sign-extended.
inline int32_t readOperand(const uint64_t* word, const OperandInfo& operand) {
  const char* at = reinterpret_cast<const char*>(word) + operand.offset;
  switch (operand.kind) {
  case OperandKind::Imm:
    return *reinterpret_cast<const uint16_t*>(at);
  case OperandKind::Name:
  case OperandKind::Const:
  case OperandKind::Label:
  case OperandKind::Cache:
    return *reinterpret_cast<const int32_t*>(at);
  default:
    return *reinterpret_cast<const int16_t*>(at);
  }
}

/// How many registers a window operand of the instruction at `word` covers.
inline unsigned windowCount(const uint64_t* word, const UopInfo& info, const OperandInfo& window) {
  unsigned count = window.extra;
  if (window.counter >= 0)
    count += window.scale * readOperand(word, info.operands[window.counter]);
  return count;
}

inline Opcode opcodeAt(const uint64_t* word) {
  return static_cast<Opcode>(*reinterpret_cast<const uint16_t*>(word));
}

} // namespace pyc::uop
