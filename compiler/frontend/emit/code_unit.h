// One code object, finished but not yet written: what the emitter makes of a module, class body or
// function, and what the image writer reads.
#pragma once

#include "compiler/frontend/emit/constants.h"
#include "compiler/frontend/scope/names.h"
#include "dialects/uop/image.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pyc {

struct LocalSlot {
  NameId name;
  uint8_t kind; // uop::LocalKind bits
};

struct CodeUnit {
  NameId name = NameId::None;
  std::string qualifiedName;
  uint32_t flags = 0; // uop::CodeFlags
  uint32_t argumentCount = 0;
  uint32_t positionalOnlyCount = 0;
  uint32_t keywordOnlyCount = 0;
  uint32_t firstLine = 1;
  /// Parameters, other locals, cells, free variables.
  std::vector<LocalSlot> locals;
  uint32_t freeCount = 0;
  uint32_t temporaryCount = 0;
  uint32_t attrCacheCount = 0;
  uint32_t callCacheCount = 0;
  std::vector<uint64_t> words;
  std::vector<ConstantId> constants;
  std::vector<NameId> names;
  std::vector<uop::ExceptionEntry> exceptions;
  std::vector<uop::PositionEntry> positions;
};

} // namespace pyc
