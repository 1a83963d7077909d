// Builtins about code: compile, eval, exec, __import__, __build_class__, breakpoint.
#include "runtime/modules/builtins.h"
#include "runtime/modules/registry.h"

#include "runtime/interp/compile.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/import.h"
#include "runtime/interp/namespaces.h"
#include "runtime/modules/file_system.h"
#include "runtime/modules/import_lazy.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/system.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {

// Flags of compile() that are no future features (CPython's compile.h).
enum CompileFlags : uint32_t {
  kDontImplyDedent = 0x200,
  kOnlyAst = 0x400,
  kTypeComments = 0x1000,
  kTopLevelAwait = 0x2000,
  kIncompleteInput = 0x4000,
  kOptimizedAst = 0x8000 | kOnlyAst,
};
constexpr uint32_t kFutureMask = 0x1FFE0000 | 0x10 | 0x20;
constexpr uint32_t kOtherFlags =
    kDontImplyDedent | kOnlyAst | kTypeComments | kTopLevelAwait | kIncompleteInput | kOptimizedAst;

/// The source of compile(), eval() and exec(): a str or bytes-like object.
bool readSourceArgument(Value source, const char* function, CompileRequest& request) {
  if (isStr(source)) {
    request.isText = true;
    return toUtf8(source, request.source);
  }
  if (!hasBuffer(source))
    return raise(typeErrorType, "%s arg 1 must be a string, bytes or code object", function);
  BytesLike bytes;
  if (!bytes.open(source))
    return false;
  request.isText = false;
  request.source = std::string(bytes.get());
  return true;
}

/// A file name: str, bytes or path-like.
bool readFileName(Value value, std::string& out) {
  if (isStr(value))
    return toUtf8(value, out);
  PYC_TRY(path, fileSystemPath(value));
  if (isStr(path))
    return toUtf8(path, out);
  BytesLike bytes;
  if (!bytes.open(path))
    return false;
  out = std::string(bytes.get());
  return true;
}

/// The __future__ features of the calling code.
uint32_t inheritedFlags() {
  Frame* frame = thisThread().frame;
  return frame ? frame->code->flags() & kFutureMask : 0;
}

bool readMode(Value mode, CompileMode& out, uint32_t flags) {
  if (isStr(mode)) {
    StrObject* text = asStr(mode);
    out = strEquals(text, "eval")     ? CompileMode::Eval
          : strEquals(text, "single") ? CompileMode::Single
                                      : CompileMode::Exec;
    if (out != CompileMode::Exec || strEquals(text, "exec"))
      return true;
    if (strEquals(text, "func_type") && !(flags & kOnlyAst))
      return raise(valueErrorType, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    return raise(valueErrorType, "compile() mode must be 'exec', 'eval' or 'single'");
  }
  return raise(typeErrorType, "compile() argument 'mode' must be str, not %T", mode);
}

/// An int argument, or a default when it was left out.
bool readInt(Value value, int64_t fallback, int64_t& out) {
  out = fallback;
  return !value || toInt64(value, out, &overflowErrorType);
}

Ref compileFunction(const Value* args) {
  enum { kSource, kFileName, kMode, kFlags, kDontInherit, kOptimize };
  CompileRequest request;
  int64_t flags, optimize;
  bool dontInherit = false;
  if (!readFileName(args[kFileName], request.fileName) || !readInt(args[kFlags], 0, flags) ||
      (args[kDontInherit] && !truth(args[kDontInherit], dontInherit)) ||
      !readInt(args[kOptimize], -1, optimize))
    return {};
  if (flags & ~int64_t{kFutureMask | kOtherFlags})
    return raise(valueErrorType, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2)
    return raise(valueErrorType, "compile(): invalid optimize value");
  if (!readMode(args[kMode], request.mode, static_cast<uint32_t>(flags)))
    return {};
  if (isSyntaxTree(args[kSource]))
    request.tree = args[kSource];
  else if (!readSourceArgument(args[kSource], "compile()", request))
    return {};
  request.futureFlags =
      (static_cast<uint32_t>(flags) & kFutureMask) | (dontInherit ? 0 : inheritedFlags());
  request.optimize = optimize < 0 ? 0 : static_cast<int>(optimize);
  request.allowTopLevelAwait = (flags & kTopLevelAwait) != 0;
  request.allowIncompleteInput = (flags & kIncompleteInput) != 0;
  request.dontImplyDedent = (flags & kDontImplyDedent) != 0;
  return flags & kOnlyAst ? parseText(std::move(request)) : compileText(std::move(request));
}

/// The namespaces of eval() and exec().
struct Namespaces {
  Ref globals, locals;
};

bool readNamespaces(bool isEval, Value globals, Value locals, Namespaces& out) {
  if (globals && globals.isNone())
    globals = Value();
  if (locals && locals.isNone())
    locals = Value();
  bool isFrozen = globals && isInstance(globals, &frozenDictType);
  if (globals && !isFrozen && !isDict(globals)) {
    if (!isEval)
      return raise(typeErrorType, "exec() globals must be a dict or a frozendict, not %T", globals);
    return raise(typeErrorType,
                 typeOf(globals)->slots.getItem
                     ? "globals must be a real dict or a frozendict; try eval(expr, {}, mapping)"
                     : "globals must be a dict or a frozendict");
  }
  if (locals && !typeOf(locals)->slots.getItem)
    return isEval ? raise(typeErrorType, "locals must be a mapping")
                  : raise(typeErrorType, "exec() locals must be a mapping or None, not %T", locals);
  Frame* frame = thisThread().frame;
  if (!globals) {
    if (!frame)
      return raise(systemErrorType, "globals and locals cannot be NULL");
    out.globals = Ref::copy(Value(&frame->globals->header));
    out.locals = locals ? Ref::copy(locals) : frameLocals(frame);
  } else {
    out.globals = Ref::copy(globals);
    out.locals = Ref::copy(locals ? locals : globals);
  }
  if (!out.locals)
    return false;
  DictObject* dict = asDict(out.globals);
  if (dictFindStr(dict, names::__builtins__))
    return true;
  if (isFrozen)
    return raise(typeErrorType, "cannot assign __builtins__ to frozendict globals");
  DictObject* builtins = frame ? frame->builtins : builtinsDict;
  return dictSetStr(dict, names::__builtins__, Value(&builtins->header));
}

bool checkClosure(CodeObject* code, Value closure) {
  size_t free = code->freeCount;
  if (!closure || closure.isNone()) {
    if (free)
      return raise(typeErrorType, "code object passed to exec() may not contain free variables");
    return true;
  }
  if (!free)
    return raise(typeErrorType, "cannot use a closure with this code object");
  bool good =
      hasShape(closure, kShapeTuple) && static_cast<size_t>(asTuple(closure)->count) == free;
  for (size_t k = 0; good && k < free; ++k)
    good = hasShape(asTuple(closure)->items()[k], kShapeCell);
  return good || static_cast<bool>(raise(
                     typeErrorType, "code object requires a closure of exactly length %zu", free));
}

/// Code with free variables runs as a function's body with that closure.
Ref runWithClosure(CodeObject* code, const Namespaces& spaces, Value closure) {
  if (!closure || closure.isNone())
    return runCode(code, asDict(spaces.globals), spaces.locals);
  PYC_TRY(function, makeFunction(code, asDict(spaces.globals), Value::none(), Value::none(),
                                 Value::none(), closure));
  return runCode(code, asDict(spaces.globals), spaces.locals, asFunction(function));
}

Ref evalFunction(const Value* args) {
  Namespaces spaces;
  if (!readNamespaces(true, args[1], args[2], spaces))
    return {};
  if (hasShape(args[0], kShapeCode)) {
    if (asCode(args[0])->freeCount)
      return raise(typeErrorType, "code object passed to eval() may not contain free variables");
    return runCode(asCode(args[0]), asDict(spaces.globals), spaces.locals);
  }
  CompileRequest request;
  if (!readSourceArgument(args[0], "eval()", request))
    return {};
  request.source.erase(0, std::min(request.source.find_first_not_of(" \t"), request.source.size()));
  request.fileName = "<string>";
  request.mode = CompileMode::Eval;
  request.futureFlags = inheritedFlags();
  PYC_TRY(code, compileText(std::move(request)));
  return runCode(asCode(code), asDict(spaces.globals), spaces.locals);
}

Ref execFunction(const Value* args) {
  Namespaces spaces;
  if (!readNamespaces(false, args[1], args[2], spaces))
    return {};
  Ref code;
  if (hasShape(args[0], kShapeCode)) {
    code = Ref::copy(args[0]);
    if (!checkClosure(asCode(code), args[3]))
      return {};
  } else {
    if (args[3] && !args[3].isNone())
      return raise(typeErrorType, "closure can only be used when source is a code object");
    CompileRequest request;
    if (!readSourceArgument(args[0], "exec()", request))
      return {};
    request.fileName = "<string>";
    request.futureFlags = inheritedFlags();
    code = compileText(std::move(request));
    if (!code)
      return {};
  }
  PYC_TRY(result, runWithClosure(asCode(code), spaces, args[3]));
  return Ref::none();
}

Ref importFunction(const Value* args) {
  int64_t level;
  if (!isStr(args[0]))
    return raise(typeErrorType, "__import__() argument 1 must be str, not %T", args[0]);
  if (!readInt(args[4], 0, level))
    return {};
  return importByName(asStr(args[0]), args[1], args[3] ? args[3] : Value::none(),
                      static_cast<int>(level));
}

Ref buildClassFunction(const Value* args, size_t argc, Value kwnames) {
  return buildClass(args, argc, kwnames);
}

Ref breakpointFunction(const Value* args, size_t argc, Value kwnames) {
  Ref hook = systemValue("breakpointhook");
  if (!hook)
    return raise(runtimeErrorType, "lost sys.breakpointhook");
  return call(hook, args, argc, kwnames);
}

const MethodDef kFunctions[] = {
    {.signature = "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, "
                  "module=None, "
                  "_feature_version=-1)",
     .bound = compileFunction},
    {.signature = "eval(source, /, globals=None, locals=None)", .bound = evalFunction},
    {.signature = "exec(source, /, globals=None, locals=None, *, closure=None)",
     .bound = execFunction},
    {.signature = "__import__(name, globals=None, locals=None, fromlist=(), level=0)",
     .bound = importFunction},
    {.signature = "__lazy_import__(name, globals=None, locals=None, fromlist=(), level=0)",
     .bound = lazyImportFunction},
    {.signature = "__build_class__", .raw = moduleRaw<buildClassFunction>},
    {.signature = "breakpoint", .raw = moduleRaw<breakpointFunction>},
};

} // namespace

std::span<const MethodDef> codeBuiltins() {
  return kFunctions;
}

} // namespace pyc::rt
