// Generated programs: right ones compile to images that verify, damaged ones to an error that lies
// in the source. The generator is deterministic; a failure prints the program.
#include "compiler/frontend/compile.h"
#include "compiler/frontend/diag/render.h"
#include "dialects/uop/verify.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace pyc::test {
namespace {

/// Tokens of a program that the grammar allows, line by line.
class Generator {
public:
  explicit Generator(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}

  uint32_t below(uint32_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state_ >> 33) % limit;
  }

  /// Pieces with blanks and newlines where they belong; joined they are the program.
  std::vector<std::string> program() {
    pieces_.clear();
    put("async def f(a, /, b=1, *c, d, **e):\n");
    block(1, 3);
    return pieces_;
  }

private:
  void put(std::string text) { pieces_.push_back(std::move(text)); }
  std::string name() { return std::string(1, static_cast<char>('a' + below(6))); }

  void several(uint32_t most, uint32_t depth) {
    for (uint32_t count = 1 + below(most); count > 0; --count) {
      expression(depth);
      put(", ");
    }
  }

  void comprehension(uint32_t depth) {
    expression(depth);
    put(below(4) ? " for " : " async for ");
    put(name());
    put(" in ");
    atom(depth);
    if (below(2)) {
      put(" if ");
      atom(depth);
    }
  }

  void atom(uint32_t depth) {
    static constexpr const char* kSimple[] = {"a",   "b",         "1",    "2.5",   "3j",
                                              "'s'", "None",      "b'x'", "True",  "0xFF",
                                              "...", "'''t\n'''", "f''",  "f'{a}'"};
    if (depth == 0)
      return put(kSimple[below(std::size(kSimple))]);
    switch (below(13)) {
    case 0:
      put("("), expression(depth - 1), put(")");
      break;
    case 1:
      put("["), several(3, depth - 1), put("*"), atom(depth - 1), put("]");
      break;
    case 2:
      put("{"), expression(depth - 1), put(": "), expression(depth - 1), put(", **a}");
      break;
    case 3:
      put("["), comprehension(depth - 1), put("]");
      break;
    case 4:
      put(name()), put("("), several(2, depth - 1), put("*a, k="), expression(depth - 1), put(")");
      break;
    case 5:
      atomInParens(depth - 1), put("."), put(name());
      break;
    case 6:
      put(name()), put("["), expression(depth - 1), put(":"), expression(depth - 1), put("]");
      break;
    case 7:
      put("f'{"), put(name()), put("!r:>{"), put(name()), put("}}{{'");
      break;
    case 8:
      put("(await "), atomInParens(depth - 1), put(")");
      break;
    case 9:
      put("("), put(name()), put(" := "), expression(depth - 1), put(")");
      break;
    case 10:
      put("(yield "), expression(depth - 1), put(")");
      break;
    case 11:
      put("f("), comprehension(depth - 1), put(")");
      break;
    default:
      put(kSimple[below(std::size(kSimple))]);
    }
  }

  void atomInParens(uint32_t depth) { put("("), expression(depth), put(")"); }

  void expression(uint32_t depth) {
    static constexpr const char* kOperators[] = {" + ",  " - ",      " * ",  " @ ",  " ** ",
                                                 " < ",  " != ",     " in ", " | ",  " and ",
                                                 " or ", " is not ", " >> ", " // ", " not in "};
    if (depth == 0)
      return atom(0);
    switch (below(6)) {
    case 0:
      atom(depth - 1), put(kOperators[below(std::size(kOperators))]), atom(depth - 1);
      break;
    case 1:
      put("-"), atom(depth - 1);
      break;
    case 2:
      atom(depth - 1), put(" if "), atom(depth - 1), put(" else "), expression(depth - 1);
      break;
    case 3:
      put("(lambda x, *y, z="), atom(0), put(": "), expression(depth - 1), put(")");
      break;
    default:
      atom(depth);
    }
  }

  void indent(uint32_t level) { put(std::string(level * 2, ' ')); }

  void block(uint32_t level, uint32_t size) {
    for (uint32_t count = 1 + below(size); count > 0; --count)
      statement(level);
  }

  void header(uint32_t level, const char* word, bool hasExpression = true) {
    indent(level), put(word);
    if (hasExpression)
      expression(2);
    put(":\n");
    block(level + 1, 2);
  }

  void statement(uint32_t level) {
    uint32_t kind = below(level > 5 ? 7 : 16);
    switch (kind) {
    case 0:
      return indent(level), put(name()), put(", *"), put(name()), put(" = "), expression(3),
             put("\n");
    case 1:
      return indent(level), put(name()), put(" += "), expression(3), put("\n");
    case 2:
      return indent(level), put("return\n");
    case 3:
      return indent(level), put("del a."), put(name()), put("; pass\n");
    case 4:
      return indent(level), put("assert "), expression(2), put(", "), expression(1), put("\n");
    case 5:
      return indent(level), put("raise "), atom(2), put(" from "), atom(1), put("\n");
    case 6:
      return indent(level), expression(4), put("\n");
    case 7:
      header(level, "if ");
      return header(level, "elif "), header(level, "else", false);
    case 8:
      header(level, below(2) ? "for i in " : "async for i, *j in ");
      return header(level, "else", false);
    case 9:
      header(level, "while ");
      return indent(level + 1), put(below(2) ? "break\n" : "continue\n");
    case 10:
      return header(level, below(2) ? "with " : "async with ");
    case 11:
      header(level, "try", false), indent(level), put("except E as "), put(name()), put(":\n");
      block(level + 1, 2), header(level, "else", false);
      return header(level, "finally", false);
    case 12:
      header(level, "try", false);
      return indent(level), put("except* (E, F):\n"), indent(level + 1), put("pass\n");
    case 13:
      indent(level), put("match "), expression(2), put(":\n"), indent(level + 1);
      put("case [A(x, k=1 | None), *_] | {'k': x, **r} if x:\n");
      return indent(level + 2), put("pass\n");
    case 14:
      indent(level), put("@a\n"), indent(level), put("def g[T: int = a, *U](p: T, q=");
      return expression(1), put(") -> a: return q\n");
    default:
      indent(level), put("class "), put(name()), put("(b, m="), expression(1), put("):\n");
      return indent(level + 1), put("x: a = "), expression(1), put("\n");
    }
  }

  uint64_t state_;
  std::vector<std::string> pieces_;
};

std::string joined(const std::vector<std::string>& pieces) {
  std::string text;
  for (const std::string& piece : pieces)
    text += piece;
  return text;
}

struct Compiled {
  DiagnosticSink sink;
  Source source;
  CompileResult result;

  explicit Compiled(const std::string& text) {
    if (readSource(text, "<generated>", SourceForm::Text, sink, source))
      result = compileSource(source, {}, sink);
  }
};

/// What is wrong with what became of a source; empty where nothing is.
std::string complaint(Compiled& compiled) {
  const Diagnostic* error = compiled.sink.firstError();
  if (compiled.result) {
    const auto& image = compiled.result.image;
    return error ? "an image and an error" : uop::verifyImage(image.data(), image.size() * 8);
  }
  if (!error)
    return "neither an image nor an error";
  if (error->location.line > static_cast<int32_t>(compiled.source.lineCount()) + 1)
    return "an error behind the source";
  return renderPython(*error, compiled.source).empty() ? "an error without a text" : "";
}

TEST(Generated, RightProgramsCompile) {
  size_t images = 0;
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    std::string text = joined(Generator(seed).program());
    Compiled compiled(text);
    ASSERT_EQ(complaint(compiled), "") << text;
    images += bool(compiled.result);
  }
  // The others have a `return` or a `yield` where the scope has none, or the like.
  EXPECT_GT(images, 500u);
}

TEST(Generated, DamagedProgramsAreRefusedOrCompile) {
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    Generator generator(seed);
    std::vector<std::string> pieces = generator.program();
    auto size = static_cast<uint32_t>(pieces.size());
    for (uint32_t damages = 1 + generator.below(3); damages > 0; --damages) {
      uint32_t at = generator.below(size);
      switch (generator.below(4)) {
      case 0:
        pieces[at].clear();
        break;
      case 1:
        pieces[at] += pieces[generator.below(size)];
        break;
      case 2:
        pieces[at] = pieces[generator.below(size)];
        break;
      default:
        pieces[at].resize(pieces[at].size() / 2);
      }
    }
    std::string text = joined(pieces);
    if (generator.below(8) == 0)
      text.resize(text.size() / 2);
    Compiled compiled(text);
    ASSERT_EQ(complaint(compiled), "") << text;
  }
}

} // namespace
} // namespace pyc::test
