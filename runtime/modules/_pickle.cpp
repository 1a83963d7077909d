// The module _pickle: what the module pickle is fast with.
#include "runtime/modules/pickle_parts.h"
#include "runtime/modules/registry.h"

namespace pyc::rt {

namespace {

constexpr MethodDef kFunctions[] = {
    {.signature = "dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)",
     .bound = pickle::dumpFunction,
     .doc = "Writes a pickle of the object to a file, as Pickler(file, protocol).dump(obj) does."},
    {.signature = "dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None)",
     .bound = pickle::dumpsFunction,
     .doc = "A pickle of the object, as bytes."},
    {.signature = "load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
     .bound = pickle::loadFunction,
     .doc = "The object that a pickle in a file stands for, as Unpickler(file).load() has it."},
    {.signature = "loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', "
                  "buffers=())",
     .bound = pickle::loadsFunction,
     .doc = "The object that a pickle stands for."},
};

} // namespace

bool fillModule__pickle(ModuleObject* module) {
  for (TypeObject* type : {&pickle::picklerMemoType, &pickle::unpicklerMemoType})
    readyType(type);
  for (TypeObject* type :
       {&pickle::pickleErrorType, &pickle::picklingErrorType, &pickle::unpicklingErrorType,
        &pickle::picklerType, &pickle::unpicklerType, &pickle::pickleBufferType}) {
    readyType(type);
    if (!addType(module, *type))
      return false;
  }
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "What the module pickle is fast with.");
}

} // namespace pyc::rt
