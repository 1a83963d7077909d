// sys: versions, limits of the number types, flags.
#include "runtime/modules/system.h"

#include "runtime/modules/registry.h"
#include "runtime/modules/stdlib_names.h"
#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/int.h"
#include "runtime/objects/set.h"

#include <cfloat>
#include <cstdint>

#define PYC_TEXT_OF(x) #x
#define PYC_TEXT(x) PYC_TEXT_OF(x)
#define PYC_COMPILER_TEXT                                                                          \
  "Clang " PYC_TEXT(__clang_major__) "." PYC_TEXT(__clang_minor__) "." PYC_TEXT(                   \
      __clang_patchlevel__)

namespace pyc::rt {

namespace {

constexpr int kMajor = 3, kMinor = 15, kMicro = 2;
constexpr int64_t kHexVersion = (kMajor << 24) | (kMinor << 16) | (kMicro << 8) | 0xF0;

Ref number(int64_t value) {
  return makeInt(value);
}
Ref text(std::string_view value) {
  return makeStr(value);
}
Ref real(double value) {
  return Ref::number(Value::fromDouble(value));
}

// Each record: its fields, its type, its instance.

#define FIELD_NAMES(name, ...) constexpr const char* name[] = {__VA_ARGS__}

FIELD_NAMES(kVersionFields, "major", "minor", "micro", "releaselevel", "serial");
constexpr StructSequenceDef kVersionDef = {kVersionFields, 5, 5, false};
constinit TypeObject versionType = structSequenceType<kVersionDef>(
    "sys.version_info", "sys.version_info\n\nVersion information as a named tuple.");

Ref versionInfo() {
  Ref values[] = {number(kMajor), number(kMinor), number(kMicro), text("final"), number(0)};
  return makeStructSequence(versionType, kVersionDef, values);
}

FIELD_NAMES(kFlagFields, "debug", "inspect", "interactive", "optimize", "dont_write_bytecode",
            "no_user_site", "no_site", "ignore_environment", "verbose", "bytes_warning", "quiet",
            "hash_randomization", "isolated", "dev_mode", "utf8_mode", "warn_default_encoding",
            "safe_path", "int_max_str_digits", "gil", "thread_inherit_context",
            "context_aware_warnings", "lazy_imports");
constexpr StructSequenceDef kFlagDef = {kFlagFields, 22, 18, false};
constinit TypeObject flagsType =
    structSequenceType<kFlagDef>("sys.flags", "sys.flags\n\nFlags provided through command line "
                                              "arguments or environment vars.");

Ref flags() {
  Ref values[22];
  for (Ref& value : values)
    value = number(0);
  values[4] = number(1);            // dont_write_bytecode
  values[11] = number(1);           // hash_randomization
  values[13] = Ref::boolean(false); // dev_mode
  values[14] = number(1);           // utf8_mode
  values[16] = Ref::boolean(false); // safe_path
  values[17] = number(4300);        // int_max_str_digits
  values[18] = Ref::none();         // gil: there is none
  values[19] = number(1);           // thread_inherit_context
  values[20] = number(1);           // context_aware_warnings
  values[21] = number(-1);          // lazy_imports: not set on the command line
  return makeStructSequence(flagsType, kFlagDef, values);
}

FIELD_NAMES(kFloatFields, "max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig",
            "mant_dig", "epsilon", "radix", "rounds");
constexpr StructSequenceDef kFloatDef = {kFloatFields, 11, 11, true};
constinit TypeObject floatInfoType = structSequenceType<kFloatDef>("sys.float_info", nullptr);

Ref floatInfo() {
  Ref values[] = {real(DBL_MAX),     number(DBL_MAX_EXP),  number(DBL_MAX_10_EXP),
                  real(DBL_MIN),     number(DBL_MIN_EXP),  number(DBL_MIN_10_EXP),
                  number(DBL_DIG),   number(DBL_MANT_DIG), real(DBL_EPSILON),
                  number(FLT_RADIX), number(FLT_ROUNDS)};
  return makeStructSequence(floatInfoType, kFloatDef, values);
}

FIELD_NAMES(kIntFields, "bits_per_digit", "sizeof_digit", "default_max_str_digits",
            "str_digits_check_threshold");
constexpr StructSequenceDef kIntDef = {kIntFields, 4, 4, true};
constinit TypeObject intInfoType = structSequenceType<kIntDef>("sys.int_info", nullptr);

/// Limbs of 64 bits, as large ints are stored here.
Ref intInfo() {
  Ref values[] = {number(64), number(8), number(4300), number(640)};
  return makeStructSequence(intInfoType, kIntDef, values);
}

FIELD_NAMES(kHashFields, "width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits",
            "seed_bits", "cutoff");
constexpr StructSequenceDef kHashDef = {kHashFields, 9, 9, true};
constinit TypeObject hashInfoType = structSequenceType<kHashDef>("sys.hash_info", nullptr);

Ref hashInfo() {
  Ref values[] = {number(64),      makeInt((int64_t{1} << 61) - 1),
                  number(314159),  number(0),
                  number(1000003), text("siphash13"),
                  number(64),      number(128),
                  number(0)};
  return makeStructSequence(hashInfoType, kHashDef, values);
}

FIELD_NAMES(kThreadFields, "name", "lock", "version");
constexpr StructSequenceDef kThreadDef = {kThreadFields, 3, 3, true};
constinit TypeObject threadInfoType = structSequenceType<kThreadDef>("sys.thread_info", nullptr);

Ref threadInfo() {
  Ref values[] = {text("pthread"), text("pymutex"), Ref::none()};
  return makeStructSequence(threadInfoType, kThreadDef, values);
}

bool addTo(Value dict, std::string_view name, Ref value) {
  return value && dictSetStr(asDict(dict), internLiteral(name), value);
}

Ref implementation() {
  PYC_TRY(fields, newDict());
  if (!addTo(fields, "name", text("pyc")) || !addTo(fields, "cache_tag", Ref::none()) ||
      !addTo(fields, "version", versionInfo()) ||
      !addTo(fields, "hexversion", number(kHexVersion)) ||
      !addTo(fields, "_multiarch", text("x86_64-linux-gnu")) ||
      !addTo(fields, "supports_isolated_interpreters", Ref::boolean(false)))
    return {};
  return makeSimpleNamespace(fields);
}

Ref abiInfo() {
  PYC_TRY(fields, newDict());
  if (!addTo(fields, "pointer_bits", number(64)) ||
      !addTo(fields, "free_threaded", Ref::boolean(true)) ||
      !addTo(fields, "debug", Ref::boolean(false)) || !addTo(fields, "byteorder", text("little")))
    return {};
  return makeSimpleNamespace(fields);
}

Ref builtinModuleNames() {
  PYC_TRY(result, newTuple(builtinModules().size()));
  size_t k = 0;
  for (const BuiltinModule& module : builtinModules())
    asTuple(result)->items()[k++] = internLiteral(module.name);
  return result;
}

/// In CPython's form, "version (build) [compiler]", which platform.py takes apart.
constexpr char kVersionText[] = "3.15.2 (pyc) [" PYC_COMPILER_TEXT "]";

bool addVersions(ModuleObject* module) {
  return addStr(module, "version", kVersionText) &&
         addValue(module, "version_info", versionInfo()) &&
         addInt(module, "hexversion", kHexVersion) && addInt(module, "api_version", 1013) &&
         addStr(module, "copyright",
                "Copyright (c) 2001 Python Software Foundation.\nAll Rights Reserved.") &&
         addValue(module, "implementation", implementation()) &&
         addValue(module, "abi_info", abiInfo()) && addStr(module, "abiflags", "") &&
         addStr(module, "platform", "linux") && addStr(module, "byteorder", "little");
}

} // namespace

bool addSystemFacts(ModuleObject* module) {
  return addVersions(module) && addInt(module, "maxsize", INT64_MAX) &&
         addInt(module, "maxunicode", 0x10FFFF) && addValue(module, "flags", flags()) &&
         addValue(module, "float_info", floatInfo()) && addValue(module, "int_info", intInfo()) &&
         addValue(module, "hash_info", hashInfo()) &&
         addValue(module, "thread_info", threadInfo()) &&
         addStr(module, "float_repr_style", "short") &&
         addValue(module, "builtin_module_names", builtinModuleNames()) &&
         addValue(module, "stdlib_module_names", stdlibModuleNames()) &&
         addValue(module, "dont_write_bytecode", Ref::boolean(true)) &&
         addValue(module, "pycache_prefix", Ref::none()) && addStr(module, "prefix", "/usr") &&
         addStr(module, "exec_prefix", "/usr") && addStr(module, "base_prefix", "/usr") &&
         addStr(module, "base_exec_prefix", "/usr") && addStr(module, "platlibdir", "lib") &&
         addStr(module, "_framework", "") && addValue(module, "_home", Ref::none());
}

} // namespace pyc::rt
