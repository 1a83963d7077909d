// The verifier: takes what the frontend writes, refuses what is wrong, survives anything.
#include "dialects/uop/verify.h"

#include "compiler/frontend/compile.h"
#include "dialects/uop/disassemble.h"
#include "dialects/uop/uop_info.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

namespace pyc::uop {
namespace {

constexpr const char* kProgram = R"(
def f(a, *b, k=(1, 2.5, 1 << 70), **c):
    try:
        for x in a:
            if x < 3 and x is not None:
                yield [lambda: y for y in b]
        with a as d, b:
            return f"{x!r:>{d}}"
    except (A, B) as e:
        del x
    finally:
        c[k] += x.y(1, z=2)
class C(f, m=1):
    def g(self):
        return super().g, b'bytes'
match f:
    case [1, x, *_] | {"a": x}:
        print(*x, **f)
)";

std::vector<uint64_t> imageOf(const char* text) {
  DiagnosticSink sink;
  Source source;
  EXPECT_TRUE(readSource(text, "<test>", SourceForm::Text, sink, source));
  return compileSource(source, {}, sink).image;
}

std::string verify(const std::vector<uint64_t>& image) {
  return verifyImage(image.data(), image.size() * sizeof(uint64_t));
}

/// The instructions of one code object, to be changed in place.
class Editor {
public:
  explicit Editor(const char* text, unsigned index = 1) : image(imageOf(text)), code_(index) {}

  CodeRecord& code() { return const_cast<CodeRecord&>(view().code(code_)); }
  ImageView view() const { return ImageView(image.data()); }
  /// The n-th instruction with that opcode.
  template <class Uop> Uop& find(int n = 0) {
    auto* words = const_cast<uint64_t*>(view().words(code()));
    for (uint32_t word = 0; word < code().wordCount; word += infoOf(opcodeAt(words + word)).words)
      if (opcodeAt(words + word) == Uop::kOpcode && n-- == 0)
        return *reinterpret_cast<Uop*>(words + word);
    ADD_FAILURE() << "no such uop in\n" << disassemble(view());
    return *reinterpret_cast<Uop*>(words);
  }
  std::string error() const { return verify(image); }

  std::vector<uint64_t> image;

private:
  unsigned code_;
};

bool says(const std::string& error, std::string_view part) {
  return error.find(part) != std::string::npos;
}

TEST(Verify, TakesWhatTheFrontendWrites) {
  EXPECT_EQ(verify(imageOf(kProgram)), "");
  EXPECT_EQ(verify(imageOf("")), "");
}

TEST(Verify, RefusesWhatIsNoImage) {
  std::vector<uint64_t> image = imageOf(kProgram);
  EXPECT_NE(verifyImage(image.data(), 0), "");
  EXPECT_NE(verifyImage(image.data(), 16), "");
  EXPECT_NE(verifyImage(image.data(), image.size() * 8 - 8), "");
  image[0] ^= 1;
  EXPECT_TRUE(says(verify(image), "not an image"));
}

TEST(Verify, RefusesOperandsOutOfRange) {
  {
    Editor editor("def f(a): return a + 1");
    editor.find<AddUop>().lhs = -9;
    EXPECT_TRUE(says(editor.error(), "add: operand `lhs` is out of range"));
  }
  {
    Editor editor("def f(a): return a + 1");
    editor.find<LoadConstUop>().value = 77;
    EXPECT_TRUE(says(editor.error(), "out of range"));
  }
  {
    Editor editor("def f(a): return a.b(1, 2)");
    editor.find<CallMethodUop>().argc = 500;
    EXPECT_TRUE(says(editor.error(), "out of range"));
  }
  {
    Editor editor("def f(a): return a(b=1)");
    editor.find<CallKwUop>().argc = 0;
    EXPECT_NE(editor.error(), "");
  }
  {
    Editor editor("def f(a): return f'{a!r}'");
    editor.find<ConvertValueUop>().conversion = 9;
    EXPECT_TRUE(says(editor.error(), "out of range"));
  }
}

TEST(Verify, RefusesJumpsIntoInstructionsAndBackwards) {
  {
    Editor editor("def f(a):\n if a: print(a)\n");
    editor.find<JumpIfFalseUop>().target += 1;
    EXPECT_NE(editor.error(), "");
  }
  {
    Editor editor("def f(a):\n while a: a()\n");
    editor.find<JumpIfFalseUop>().target = 0;
    EXPECT_TRUE(says(editor.error(), "target"));
  }
  {
    Editor editor("def f(a):\n while a: a()\n");
    editor.find<JumpBackUop>().target = 1;
    EXPECT_TRUE(says(editor.error(), "target"));
  }
}

TEST(Verify, RefusesTemporariesThatAreNoStack) {
  {
    Editor editor("def f(a): return a(a)");
    editor.find<MoveUop>(1).dst = 0;
    EXPECT_TRUE(says(editor.error(), "overwrites a temporary"));
  }
  {
    Editor editor("def f(a): return a[0] + a[1]");
    editor.find<AddUop>().rhs = 2;
    EXPECT_NE(editor.error(), "");
  }
  {
    Editor editor("def f(a):\n a()\n");
    editor.find<DropUop>().src = -1;
    EXPECT_TRUE(says(editor.error(), "temporaries") || says(editor.error(), "depth"));
  }
}

TEST(Verify, RefusesUnboundLocals) {
  Editor editor("def f(a):\n if a: b = 1\n return b\n");
  auto& check = editor.find<CheckLocalUop>();
  check.opcode = Opcode::ClearLocal;
  EXPECT_TRUE(says(editor.error(), "may be unbound"));
}

TEST(Verify, RefusesWrongTables) {
  {
    Editor editor("def f(a): return a");
    const_cast<PositionEntry*>(editor.view().array<PositionEntry>(editor.code().positions))->depth =
        1;
    EXPECT_TRUE(says(editor.error(), "depth"));
  }
  {
    Editor editor("def f(a):\n try: a()\n except: pass\n");
    const_cast<ExceptionEntry*>(editor.view().array<ExceptionEntry>(editor.code().exceptions))
        ->depth += 1;
    EXPECT_NE(editor.error(), "");
  }
  {
    Editor editor("def f(a):\n try: a()\n except: pass\n");
    const_cast<ExceptionEntry*>(editor.view().array<ExceptionEntry>(editor.code().exceptions))
        ->handler += 1;
    EXPECT_NE(editor.error(), "");
  }
}

TEST(Verify, RefusesCellsThatAreNone) {
  Editor editor("def f(a):\n b = 1\n def g(): return b\n return b\n");
  editor.find<LoadDerefUop>().cell = -1;
  EXPECT_TRUE(says(editor.error(), "no cell"));
}

TEST(Verify, SurvivesAnyDamage) {
  const std::vector<uint64_t> sound = imageOf(kProgram);
  std::mt19937 random(12345);
  unsigned accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    std::vector<uint64_t> image = sound;
    auto* bytes = reinterpret_cast<unsigned char*>(image.data());
    for (unsigned changes = 1 + random() % 4; changes > 0; --changes) {
      size_t at = random() % (image.size() * 8);
      switch (random() % 4) {
      case 0:
        bytes[at] = static_cast<unsigned char>(random());
        break;
      case 1:
        bytes[at] ^= static_cast<unsigned char>(1u << (random() % 8));
        break;
      case 2:
        bytes[at] = 0xFF;
        break;
      default: { // an offset or count
        uint32_t value = random() % 3 ? random() % (image.size() * 8) : random();
        std::memcpy(bytes + at / 4 * 4, &value, 4);
      }
      }
    }
    // What is accepted has to be printable without harm.
    if (verify(image).empty()) {
      ++accepted;
      disassemble(ImageView(image.data()));
    }
  }
  EXPECT_GT(accepted, 0u);
  EXPECT_LT(accepted, 20000u);
}

TEST(Verify, SurvivesNoise) {
  std::mt19937_64 random(4711);
  for (int round = 0; round < 2000; ++round) {
    std::vector<uint64_t> image(1 + random() % 100);
    for (uint64_t& word : image)
      word = random();
    auto& header = *reinterpret_cast<ImageHeader*>(image.data());
    header.magic = kImageMagic;
    if (image.size() * 8 >= sizeof header) {
      header.version = kImageVersion;
      header.size = static_cast<uint32_t>(image.size() * 8);
      header.codeCount = static_cast<uint32_t>(random() % 4);
      header.codes = static_cast<uint32_t>(random() % header.size);
    }
    EXPECT_NE(verify(image), "");
  }
}

} // namespace
} // namespace pyc::uop
