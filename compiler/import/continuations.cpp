#include "compiler/import/continuations.h"

#include "dialects/uop/uop_info.h"

#include <map>

namespace pyc {

llvm::SmallVector<uint32_t> continuationWords(uop::ImageView image, const uop::CodeRecord& code) {
  llvm::SmallVector<uint32_t> words;
  if (code.flags & uop::kCodeSuspends)
    return words;
  const uint64_t* begin = image.words(code);
  std::map<uint32_t, uint32_t> loops; // the last back-edge by the word that it leads to
  for (uint32_t word = 0; word < code.wordCount;) {
    uop::Opcode opcode = uop::opcodeAt(begin + word);
    if (opcode == uop::Opcode::JumpBack)
      loops[word + reinterpret_cast<const uop::JumpBackUop*>(begin + word)->target] = word;
    word += uop::infoOf(opcode).words;
  }
  words.push_back(0);
  int64_t end = -1; // of the last outermost loop
  for (auto [first, last] : loops) {
    if (first <= end)
      continue;
    end = last;
    if (first != 0)
      words.push_back(first);
  }
  return words;
}

std::string continuationSymbol(const std::string& symbol, uint32_t word) {
  return symbol + (word == 0 ? "$general" : "$loops");
}

} // namespace pyc
