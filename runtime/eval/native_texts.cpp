#include "runtime/eval/native_texts.h"

#include "runtime/objects/int_limit.h"

#include <atomic>
#include <string_view>
#include <vector>

namespace pyc::rt {

namespace {

/// One that nobody has taken yet.
struct Expected {
  const NativeText* text;
  std::atomic<bool> isTaken = false;
  explicit Expected(const NativeText* text) : text(text) {}
};
std::vector<std::unique_ptr<Expected>> expected; // complete before the program begins
bool keepsOrigins = false;

/// Whether nothing but the text, its file's name, the mode, the features and the level of
/// optimisation decides what the request's code is.
bool isPlain(const CompileRequest& request) {
  return !request.tree && request.isText && !request.allowTopLevelAwait &&
         !request.allowIncompleteInput && !request.dontImplyDedent &&
         intMaxStrDigits() == kDefaultMaxStrDigits;
}

bool fits(const NativeText& text, const CompileRequest& request) {
  const NativeModule& module = *text.module;
  return text.mode == static_cast<uint32_t>(request.mode) &&
         text.futureFlags == request.futureFlags &&
         text.optimize == static_cast<uint32_t>(request.optimize) &&
         request.source == std::string_view(module.source, module.sourceSize) &&
         request.fileName == module.file;
}

} // namespace

void setNativeTexts(const NativeProgram* program) {
  expected.clear();
  for (uint32_t i = 0; program && i < program->textCount; ++i)
    expected.push_back(std::make_unique<Expected>(program->texts + i));
}

void keepTextOrigins() {
  keepsOrigins = true;
}

const NativeModule* takeNativeText(const CompileRequest& request) {
  if (expected.empty() || !isPlain(request))
    return nullptr;
  for (auto& candidate : expected)
    if (fits(*candidate->text, request) &&
        !candidate->isTaken.exchange(true, std::memory_order_relaxed))
      return candidate->text->module;
  return nullptr;
}

std::unique_ptr<const TextOrigin> originOf(const CompileRequest& request) {
  if (!keepsOrigins || !isPlain(request))
    return nullptr;
  return std::make_unique<TextOrigin>(
      TextOrigin{request.source, request.fileName, static_cast<uint8_t>(request.mode),
                 request.futureFlags, static_cast<uint32_t>(request.optimize)});
}

} // namespace pyc::rt
