#include "dialects/uop/disassemble.h"

#include "dialects/uop/uop_info.h"

#include <bit>
#include <charconv>
#include <cstdio>
#include <map>

namespace pyc::uop {

namespace {

std::string quoted(std::string_view text, bool isBytes) {
  std::string result = isBytes ? "b'" : "'";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    char escape[8];
    if (c == '\n')
      result += "\\n";
    else if (c == '\t')
      result += "\\t";
    else if (c == '\'' || c == '\\')
      (result += '\\') += c;
    else if (byte < 0x20 || byte == 0x7F || (isBytes && byte >= 0x80))
      result += (std::snprintf(escape, sizeof escape, "\\x%02x", byte), escape);
    else
      result += c;
  }
  return result + "'";
}

std::string floatText(double value) {
  char buffer[40];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  std::string text(buffer, end);
  bool isPlain = text.find_first_not_of("-0123456789") == text.npos;
  return isPlain ? text + ".0" : text;
}

class Disassembler {
public:
  Disassembler(ImageView image, const CodeRecord& code, const DisassembleOptions& options)
      : image_(image), code_(code), options_(options), words_(image.words(code)) {}

  std::string run();

private:
  void findLabels();
  void header();
  void instruction(uint32_t word);
  void exceptions();
  std::string localList(uint32_t from, uint32_t to) const;
  std::string registerText(int32_t reg) const;
  std::string operandText(uint32_t word, const UopInfo& info, const OperandInfo& operand) const;
  std::string labelText(uint32_t word) const { return "L" + std::to_string(labels_.at(word)); }

  ImageView image_;
  const CodeRecord& code_;
  DisassembleOptions options_;
  const uint64_t* words_;
  std::map<uint32_t, unsigned> labels_; // by word
  int32_t lastLine_ = -1;
  std::string text_;
};

void Disassembler::findLabels() {
  for (uint32_t word = 0; word < code_.wordCount;) {
    const UopInfo& info = infoOf(opcodeAt(words_ + word));
    for (unsigned i = 0; i < info.operandCount; ++i)
      if (info.operands[i].kind == OperandKind::Label)
        labels_[word + static_cast<uint32_t>(readOperand(words_ + word, info.operands[i]))] = 0;
    word += info.words;
  }
  const ExceptionEntry* entries = image_.array<ExceptionEntry>(code_.exceptions);
  for (uint32_t i = 0; i < code_.exceptionCount; ++i)
    labels_[entries[i].start] = labels_[entries[i].end] = labels_[entries[i].handler] = 0;
  unsigned number = 0;
  for (auto& [word, label] : labels_)
    label = ++number;
}

std::string Disassembler::localList(uint32_t from, uint32_t to) const {
  std::string list;
  for (uint32_t i = from; i < to; ++i) {
    list += list.empty() ? "" : ", ";
    list += registerText(localRegister(i));
    uint8_t kind = image_.array<uint8_t>(code_.localKinds)[i];
    list += kind & kLocalCell ? " (cell)" : kind & kLocalFree ? " (free)" : "";
    list += kind & kLocalHidden ? " (hidden)" : "";
  }
  return list;
}

void Disassembler::header() {
  static constexpr struct {
    uint32_t flag;
    const char* name;
  } kFlags[] = {{kCodeModule, "module"},       {kCodeClassBody, "class"},
                {kCodeOptimized, "function"},  {kCodeGenerator, "generator"},
                {kCodeCoroutine, "coroutine"}, {kCodeAsyncGenerator, "async generator"}};
  std::string what;
  for (const auto& [flag, name] : kFlags)
    if (code_.flags & flag)
      what += what.empty() ? name : std::string(" ") + name;
  text_ += what + " " + std::string(image_.string(code_.qualifiedName)) + " (code " +
           std::to_string(code_.index) + ", line " + std::to_string(code_.firstLine) + ")\n";
  uint32_t parameters = code_.argumentCount + code_.keywordOnlyCount +
                        ((code_.flags & kCodeVarargs) != 0) +
                        ((code_.flags & kCodeVarKeywords) != 0);
  if (parameters)
    text_ += "  parameters: " + localList(0, parameters) + "\n";
  if (code_.localCount > parameters)
    text_ += "  locals: " + localList(parameters, code_.localCount) + "\n";
}

/// A local's name; `name#5` where two locals have the same.
std::string Disassembler::registerText(int32_t reg) const {
  if (!isLocalRegister(reg))
    return "t" + std::to_string(reg);
  const uint32_t* names = image_.array<uint32_t>(code_.localNames);
  unsigned local = localOfRegister(reg);
  std::string name(image_.string(names[local]));
  for (uint32_t i = 0; i < code_.localCount; ++i)
    if (i != local && names[i] == names[local])
      return name + "#" + std::to_string(local);
  return name;
}

std::string Disassembler::operandText(uint32_t word, const UopInfo& info,
                                      const OperandInfo& operand) const {
  int32_t value = readOperand(words_ + word, operand);
  switch (operand.kind) {
  case OperandKind::In:
  case OperandKind::Keep:
  case OperandKind::Out:
  case OperandKind::Inout:
    return registerText(value);
  case OperandKind::InWindow:
  case OperandKind::KeepWindow:
  case OperandKind::OutWindow: {
    unsigned count = windowCount(words_ + word, info, operand);
    if (count == 0)
      return "[]";
    std::string first = "[t" + std::to_string(value);
    return count == 1
               ? first + "]"
               : first + "..t" + std::to_string(value + static_cast<int32_t>(count) - 1) + "]";
  }
  case OperandKind::Imm:
    return operand.cases ? operand.cases[value] : std::to_string(value);
  case OperandKind::Name:
    return std::string(image_.string(image_.array<uint32_t>(code_.names)[value]));
  case OperandKind::Const:
    return constantText(image_, image_.array<ConstRecord>(code_.constants)[value]);
  case OperandKind::Label:
    return labelText(word + static_cast<uint32_t>(value));
  case OperandKind::Cache:
    return {};
  }
  return {};
}

void Disassembler::instruction(uint32_t word) {
  if (labels_.contains(word))
    text_ += " " + labelText(word) + ":\n";
  const UopInfo& info = infoOf(opcodeAt(words_ + word));
  const PositionEntry* at = findPosition(image_, code_, word);
  char buffer[80];
  bool isNewLine = at && at->line >= 0 && at->line != lastLine_;
  if (isNewLine) {
    lastLine_ = at->line;
    std::snprintf(buffer, sizeof buffer, "%6d  ", at->line);
    text_ += buffer;
  } else {
    text_ += "        ";
  }
  if (options_.offsets)
    text_ += (std::snprintf(buffer, sizeof buffer, "%5u  ", word), buffer);
  if (options_.depths && at)
    text_ += (std::snprintf(buffer, sizeof buffer, "%3u  ", at->depth), buffer);
  text_ += info.name;
  const char* separator = " ";
  for (unsigned i = 0; i < info.operandCount; ++i) {
    // The number of a window's registers is in the window's text already.
    bool isCount = false;
    for (unsigned k = 0; k < info.operandCount; ++k)
      isCount |= info.operands[k].counter == static_cast<int>(i);
    std::string operand = isCount ? "" : operandText(word, info, info.operands[i]);
    if (operand.empty())
      continue;
    text_ += separator + operand;
    separator = ", ";
  }
  if (options_.positions && at && at->line >= 0)
    text_ += (std::snprintf(buffer, sizeof buffer, "  ; %d:%d-%d:%d", at->line, at->column,
                            at->endLine, at->endColumn),
              buffer);
  text_ += "\n";
}

void Disassembler::exceptions() {
  if (code_.exceptionCount == 0)
    return;
  text_ += "  handlers:\n";
  const ExceptionEntry* entries = image_.array<ExceptionEntry>(code_.exceptions);
  for (uint32_t i = 0; i < code_.exceptionCount; ++i)
    text_ += "    " + labelText(entries[i].start) + " to " + labelText(entries[i].end) + " -> " +
             labelText(entries[i].handler) + ", keeps " + std::to_string(entries[i].depth) + "\n";
}

std::string Disassembler::run() {
  findLabels();
  header();
  for (uint32_t word = 0; word < code_.wordCount; word += infoOf(opcodeAt(words_ + word)).words)
    instruction(word);
  if (labels_.contains(code_.wordCount))
    text_ += " " + labelText(code_.wordCount) + ":\n";
  exceptions();
  return std::move(text_);
}

} // namespace

std::string constantText(ImageView image, const ConstRecord& constant) {
  switch (constant.kind) {
  case ConstKind::None:
    return "None";
  case ConstKind::True:
    return "True";
  case ConstKind::False:
    return "False";
  case ConstKind::Ellipsis:
    return "Ellipsis";
  case ConstKind::Int:
    return std::to_string(static_cast<int64_t>(constant.payload));
  case ConstKind::BigInt: {
    std::string_view digits = image.string(constant.payload);
    bool isNegative = digits.starts_with('-');
    return (isNegative ? "-0x" : "0x") + std::string(digits.substr(isNegative));
  }
  case ConstKind::Float:
    return floatText(std::bit_cast<double>(constant.payload));
  case ConstKind::Complex: {
    const double* parts = image.array<double>(constant.payload);
    return "complex(" + floatText(parts[0]) + ", " + floatText(parts[1]) + ")";
  }
  case ConstKind::Str:
    return quoted(image.string(constant.payload), false);
  case ConstKind::Bytes:
    return quoted({image.array<char>(constant.payload), constant.length}, true);
  case ConstKind::Tuple:
  case ConstKind::FrozenSet: {
    bool isTuple = constant.kind == ConstKind::Tuple;
    std::string text = isTuple ? "(" : "frozenset({";
    for (uint32_t i = 0; i < constant.length; ++i)
      text += (i ? ", " : "") + constantText(image, image.array<ConstRecord>(constant.payload)[i]);
    if (isTuple && constant.length == 1)
      text += ",";
    return text + (isTuple ? ")" : "})");
  }
  case ConstKind::Code: {
    const auto& code = image.at<CodeRecord>(constant.payload);
    return "<code " + std::to_string(code.index) + " " +
           std::string(image.string(code.qualifiedName)) + ">";
  }
  }
  return "?";
}

std::string disassemble(ImageView image, const CodeRecord& code,
                        const DisassembleOptions& options) {
  return Disassembler(image, code, options).run();
}

std::string disassemble(ImageView image, const DisassembleOptions& options) {
  std::string text;
  for (uint32_t i = 0; i < image.header().codeCount; ++i) {
    if (i)
      text += "\n";
    text += disassemble(image, image.code(i), options);
  }
  return text;
}

} // namespace pyc::uop
