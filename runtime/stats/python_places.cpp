#include "runtime/stats/python_places.h"

#include "runtime/abi/native.h"

#include <algorithm>
#include <vector>

namespace pyc::rt {

namespace {

struct NativeFunction {
  uintptr_t begin;
  std::string name;
};

std::string baseName(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

void appendFunctions(const NativeModule* module, std::vector<NativeFunction>& functions) {
  uop::ImageView image(module->image);
  std::string file = baseName(module->file);
  const CallTable& calls = *module->calls;
  for (uint32_t i = 0; i < calls.functionCount; ++i) {
    const FunctionStart& start = calls.functions[i];
    std::string name = start.code == FunctionStart::kNoCode
                           ? "(runtime)"
                           : std::string(image.string(image.code(start.code).qualifiedName));
    functions.push_back(
        {reinterpret_cast<uintptr_t>(calls.code) + start.offset, file + " " + name});
  }
}

/// Functions of all modules by their addresses.
std::vector<NativeFunction> findFunctions(const NativeProgram* program) {
  std::vector<NativeFunction> functions;
  for (uint32_t m = 0; program && m < program->moduleCount; ++m)
    if (program->modules[m]->calls)
      appendFunctions(program->modules[m], functions);
  std::sort(functions.begin(), functions.end(),
            [](const NativeFunction& a, const NativeFunction& b) { return a.begin < b.begin; });
  return functions;
}

} // namespace

const NativeProgram* sampledProgram = nullptr;

std::string placeName(const CodeObject* code, int line) {
  std::string file, name;
  std::string place = baseName(std::string(utf8View(code->fileName, file)));
  if (line > 0)
    place += ":" + std::to_string(line);
  return place + " " + std::string(utf8View(code->qualifiedName, name));
}

std::string nativePlace(uintptr_t address) {
  static const std::vector<NativeFunction> functions = findFunctions(sampledProgram);
  auto behind = std::upper_bound(
      functions.begin(), functions.end(), address,
      [](uintptr_t wanted, const NativeFunction& function) { return wanted < function.begin; });
  return behind == functions.begin() ? "?" : std::prev(behind)->name;
}

} // namespace pyc::rt
