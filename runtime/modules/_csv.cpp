// The module _csv: reading and writing files of comma-separated values (csv_*.cpp).
#include "runtime/modules/csv_parts.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace csv {

/// The registered dialects; set once, when the module is filled.
static DictObject* registered = nullptr;
static int64_t limit = 128 * 1024; // atomic

constinit TypeObject errorType = {
    .name = "_csv.Error",
    .base = &exceptionType,
    .basicSize = sizeof(ExceptionObject),
    .flags = kExceptionFlags,
};

DictObject* dialects() {
  return registered;
}

Ref findDialect(Value name) {
  Ref dialect;
  if (!dictGet(registered, name, dialect))
    return {};
  return dialect ? std::move(dialect) : Ref(raise(errorType, "unknown dialect"));
}

int64_t fieldLimit() {
  return __atomic_load_n(&limit, __ATOMIC_RELAXED);
}

bool checkFirst(const char* name, size_t argc) {
  return checkArgumentCount(name, argc, 1, 2);
}

} // namespace csv

namespace {

Ref registerDialect(const Value* args, size_t argc, Value kwnames) {
  if (!csv::checkFirst("register_dialect", argc))
    return {};
  if (!isStr(args[0]))
    return raise(typeErrorType, "dialect name must be a string");
  PYC_TRY(dialect, csv::makeDialect(args + 1, argc - 1, kwnames));
  return dictSet(csv::dialects(), args[0], dialect) ? Ref::none() : Ref();
}

Ref unregisterDialect(const Value* args) {
  bool removed;
  if (!dictRemove(csv::dialects(), args[0], removed))
    return {};
  return removed ? Ref::none() : Ref(raise(csv::errorType, "unknown dialect"));
}

Ref getDialect(const Value* args) {
  return csv::findDialect(args[0]);
}

Ref listDialects(const Value*) {
  return sequenceList(Value(csv::dialects()));
}

Ref fieldSizeLimit(const Value* args) {
  int64_t before = csv::fieldLimit();
  if (args[0]) {
    int64_t most = 0;
    if (!isInteger(args[0]))
      return raise(typeErrorType, "limit must be an integer");
    if (!sizeArg(args[0], most))
      return {};
    __atomic_store_n(&csv::limit, most, __ATOMIC_RELAXED);
  }
  return makeInt(before);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "list_dialects()",
     .bound = listDialects,
     .doc = "The names of the registered dialects."},
    {.signature = "register_dialect(name, /, dialect='excel', **fmtparams)",
     .raw = registerDialect,
     .doc = "Gives a dialect a name."},
    {.signature = "unregister_dialect(name)",
     .bound = unregisterDialect,
     .doc = "Forgets the dialect of a name."},
    {.signature = "get_dialect(name)", .bound = getDialect, .doc = "The dialect of a name."},
    {.signature = "field_size_limit(new_limit=<unrepresentable>)",
     .bound = fieldSizeLimit,
     .doc = "The most characters that a field may have; sets it when `new_limit` is given."},
    {.signature = "reader(iterable, /, dialect='excel', **fmtparams)",
     .raw = csv::makeReader,
     .doc = "An iterator over the rows of an iterable of lines."},
    {.signature = "writer(fileobj, /, dialect='excel', **fmtparams)",
     .raw = csv::makeWriter,
     .doc = "An object that writes rows to a file: with writerow() and writerows()."},
};

} // namespace

bool fillModule__csv(ModuleObject* module) {
  readyType(&csv::readerType);
  readyType(&csv::writerType);
  if (!csv::registered) {
    PYC_TRY(dict, newDict());
    csv::registered = asDict(dict.release());
  }
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addType(module, csv::errorType) && addType(module, csv::dialectType) &&
         addValue(module, "Reader", Ref::copy(&csv::readerType.header)) &&
         addValue(module, "Writer", Ref::copy(&csv::writerType.header)) &&
         addValue(module, "_dialects", Ref::copy(Value(csv::registered))) &&
         addInt(module, "QUOTE_MINIMAL", csv::kQuoteMinimal) &&
         addInt(module, "QUOTE_ALL", csv::kQuoteAll) &&
         addInt(module, "QUOTE_NONNUMERIC", csv::kQuoteNonNumeric) &&
         addInt(module, "QUOTE_NONE", csv::kQuoteNone) &&
         addInt(module, "QUOTE_STRINGS", csv::kQuoteStrings) &&
         addInt(module, "QUOTE_NOTNULL", csv::kQuoteNotNull) &&
         addStr(module, "__doc__", "CSV parsing and writing.\n");
}

} // namespace pyc::rt
