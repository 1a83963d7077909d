#include "tests/unit/runtime/numbers/cases.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <cctype>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <vector>

namespace pyc::rt::testing {

namespace {

std::string textOf(Value str) {
  std::string storage;
  return std::string(utf8View(str, storage));
}

std::string takeError() {
  Ref exception = takeRaised();
  Ref message = str(exception);
  return std::string(typeName(exception)) + ": " + (message ? textOf(message) : "?");
}

std::string fromHex(std::string_view hex) {
  std::string out;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(std::strtoul(std::string(hex.substr(i, 2)).c_str(), nullptr, 16));
  return out;
}

double doubleOf(std::string_view hex) {
  return std::bit_cast<double>(std::strtoull(std::string(hex.substr(0, 16)).c_str(), nullptr, 16));
}

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    size_t end = line.find(' ');
    if (end != 0)
      words.push_back(line.substr(0, end));
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return words;
}

using Words = std::vector<std::string_view>;

Ref readOperand(const Words& words, size_t& at) {
  std::string_view word = words[at++], rest = word.substr(1);
  switch (word[0]) {
  case 'i':
    return makeIntFromDigits(rest, 16);
  case 'f':
    return makeFloat(doubleOf(rest));
  case 'c':
    return makeComplex(doubleOf(rest), doubleOf(rest.substr(16)));
  case 's':
    return makeStr(fromHex(rest));
  case 'b':
    return makeBytes(fromHex(rest));
  case 'N':
    return Ref::none();
  case 'T':
  case 'F':
    return Ref::boolean(word[0] == 'T');
  default: {
    Ref list = newList(0);
    while (words[at] != "]") {
      Ref item = readOperand(words, at);
      listAppend(asList(list), item);
    }
    ++at;
    return list;
  }
  }
}

const std::map<std::string_view, BinaryOp> kBinary = {
    {"+", BinaryOp::Add},     {"-", BinaryOp::Sub},       {"*", BinaryOp::Mul},
    {"/", BinaryOp::TrueDiv}, {"//", BinaryOp::FloorDiv}, {"%", BinaryOp::Mod},
    {"**", BinaryOp::Pow},    {"<<", BinaryOp::LShift},   {">>", BinaryOp::RShift},
    {"&", BinaryOp::And},     {"|", BinaryOp::Or},        {"^", BinaryOp::Xor}};
const std::map<std::string_view, CompareOp> kCompare = {
    {"<", CompareOp::Lt},  {"<=", CompareOp::Le}, {"==", CompareOp::Eq},
    {"!=", CompareOp::Ne}, {">", CompareOp::Gt},  {">=", CompareOp::Ge}};
const std::map<std::string_view, UnaryOp> kUnary = {{"neg", UnaryOp::Neg},
                                                    {"pos", UnaryOp::Pos},
                                                    {"invert", UnaryOp::Invert},
                                                    {"abs", UnaryOp::Abs}};
const std::map<std::string_view, TypeObject*> kTypes = {
    {"int", &intType}, {"float", &floatType}, {"complex", &complexType}, {"bool", &boolType}};

/// Operands of a case: positional ones, then those of keywords.
struct Operands {
  std::vector<Ref> keep;
  std::vector<Value> args;
  std::vector<Value> keywords;
  Ref kwnames;

  void add(Ref value) {
    args.push_back(value);
    keep.push_back(std::move(value));
  }
};

Ref callWith(Value callee, const Operands& operands, size_t first) {
  size_t positional = operands.args.size() - operands.keywords.size();
  return call(callee, operands.args.data() + first, positional - first, operands.kwnames);
}

Ref run(std::string_view operation, const Operands& operands, FunctionFinder find) {
  const std::vector<Value>& args = operands.args;
  if (auto it = kBinary.find(operation); it != kBinary.end())
    return binaryOp(it->second, args[0], args[1]);
  if (auto it = kCompare.find(operation); it != kCompare.end())
    return compare(it->second, args[0], args[1]);
  if (auto it = kUnary.find(operation); it != kUnary.end())
    return unaryOp(it->second, args[0]);
  if (auto it = kTypes.find(operation); it != kTypes.end())
    return callWith(Value(it->second), operands, 0);
  if (operation == "divmod")
    return divmod(args[0], args[1]);
  if (operation == "pow")
    return power(args[0], args[1], args[2]);
  if (operation == "repr")
    return Ref::copy(args[0]);
  if (operation == "format")
    return format(args[0], args[1]);
  if (operation == "hash") {
    int64_t result;
    return hash(args[0], result) ? makeInt(result) : Ref();
  }
  size_t dot = operation.rfind('.');
  if (dot == 0) {
    PYC_TRY(method, getAttr(args[0], internLiteral(operation.substr(1))));
    return callWith(method, operands, 1);
  }
  if (operation[0] == '@')
    return getAttr(args[0], internLiteral(operation.substr(1)));
  Ref function = find(operation.substr(0, dot), operation.substr(dot + 1));
  return function ? callWith(function, operands, 0)
                  : Ref(raise(nameErrorType, "no such operation"));
}

bool beginsNumber(const char* text) {
  return std::isdigit(static_cast<unsigned char>(text[*text == '-' || *text == '+']));
}

/// Whether two texts are the same apart from small differences of the numbers in them.
bool sameWithin(const char* a, const char* b, double tolerance) {
  while (*a && *b) {
    if (beginsNumber(a) && beginsNumber(b)) {
      char *endOfA, *endOfB;
      double x = std::strtod(a, &endOfA), y = std::strtod(b, &endOfB);
      if (std::fabs(x - y) > tolerance * std::fabs(x))
        return false;
      a = endOfA;
      b = endOfB;
    } else if (*a++ != *b++) {
      return false;
    }
  }
  return *a == *b;
}

} // namespace

std::string runCase(std::string_view line, FunctionFinder find) {
  Words words = split(line);
  Operands operands;
  for (size_t at = 1; at < words.size();) {
    if (words[at][0] == 'K')
      operands.keywords.push_back(internLiteral(words[at++].substr(1)));
    operands.add(readOperand(words, at));
  }
  if (!operands.keywords.empty())
    operands.kwnames = makeTuple(operands.keywords.data(), operands.keywords.size());
  Ref result = run(words[0], operands, find);
  Ref text = result ? repr(result) : Ref();
  return text ? textOf(text) : takeError();
}

void checkCases(const std::string& path, FunctionFinder find, double tolerance) {
  std::ifstream file(path);
  ASSERT_TRUE(file.is_open()) << path;
  std::string line;
  size_t count = 0;
  while (std::getline(file, line)) {
    size_t arrow = line.find(" -> ");
    if (line.empty() || line[0] == '#' || arrow == std::string::npos)
      continue;
    ++count;
    std::string_view left = std::string_view(line).substr(0, arrow);
    std::string result = runCase(left, find), expected = line.substr(arrow + 4);
    if (tolerance == 0 || !sameWithin(result.c_str(), expected.c_str(), tolerance))
      EXPECT_EQ(result, expected) << left;
  }
  EXPECT_GT(count, 0u);
}

} // namespace pyc::rt::testing
