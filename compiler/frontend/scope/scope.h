// Symbol tables: for each block of a program (module, class, function, comprehension, annotation,
// type parameters), which names it has and where each of them is bound. What CPython's `symtable`
// says of a program is what stands here.
//
// Building goes in two passes: collect.h walks the tree and notes what each block does with each
// name; resolve.cpp then finds for each use the block that binds it.
//
// A list, set or dict comprehension is a scope of its own for its names, but runs inside the
// enclosing code ("inlined"), unless that is an annotation scope that sees a class's names.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/parse/ast.h"
#include "compiler/frontend/scope/future.h"
#include "compiler/frontend/scope/names.h"

#include <deque>
#include <unordered_map>
#include <vector>

namespace pyc {

enum class ScopeKind : uint8_t {
  Module,
  Class,
  Function,   // also lambdas and comprehensions
  Annotation, // an `__annotate__` function
  TypeAlias,  // the value of a `type` statement
  TypeParams, // what holds the type parameters of a generic function, class or alias
  TypeVar,    // a bound, constraint or default of a type parameter
};

enum class ComprehensionKind : uint8_t { None, List, Set, Dict, Generator };

/// What a block does with a name.
enum SymbolFlags : uint32_t {
  kDefGlobal = 1u << 0, // `global` statement
  kDefLocal = 1u << 1,  // assigned
  kDefParam = 1u << 2,
  kDefNonlocal = 1u << 3,
  kUse = 1u << 4,
  kDefFreeClass = 1u << 6, // free variable of a method, with the same name as one of the class
  kDefImport = 1u << 7,
  kDefAnnot = 1u << 8,
  kDefCompIter = 1u << 9, // iteration variable of a comprehension
  kDefTypeParam = 1u << 10,
  kDefBound = kDefLocal | kDefParam | kDefImport | kDefTypeParam,
};

/// Where a name is bound.
enum class Binding : uint8_t { Unknown, Local, GlobalExplicit, GlobalImplicit, Free, Cell };

struct Symbol {
  NameId name;
  uint32_t flags = 0;
  Binding binding = Binding::Unknown;
};

/// A name of a `global` or `nonlocal` statement (or a walrus that acts as one), for errors.
struct NameDirective {
  NameId name;
  SourceSpan span;
};

class Scope {
public:
  Scope(ScopeKind k, NameId n, Scope* p, const SourceSpan& s)
      : kind(k), name(n), parent(p), span(s) {}

  ScopeKind kind;
  ComprehensionKind comprehension = ComprehensionKind::None;
  NameId name;
  Scope* parent;
  SourceSpan span;
  std::vector<Scope*> children;
  std::vector<NameId> parameters;

  bool isNested = false; // inside a function
  bool isGenerator = false;
  bool isCoroutine = false;
  bool isMethod = false;
  bool isInlined = false; // a comprehension that runs in its parent's code
  bool hasDocstring = false;
  /// An annotation or type-parameter scope right inside a class: it sees the class's names.
  bool seesClass = false;
  bool needsClassClosure = false; // class: a method uses `__class__`
  bool needsClassDict = false;    // class: an inner annotation scope looks names up in it
  bool hasConditionalAnnotations = false;
  /// The annotated function, for a function's annotations.
  NameId functionName = NameId::None;
  /// Class, module or function: the scope of its variables' annotations, or null.
  Scope* annotations = nullptr;
  /// The class whose private names are mangled here, or None.
  NameId mangleClass = NameId::None;
  /// For a generic class's header: the only names to mangle. Null: all are.
  const std::vector<NameId>* mangledNames = nullptr;
  std::vector<NameDirective> directives;
  /// Names bound by a walrus, also one of an inlined comprehension.
  std::vector<NameId> walrusTargets;

  /// Functions and what behaves as one: names are found by enclosed blocks.
  bool isFunctionLike() const { return kind != ScopeKind::Module && kind != ScopeKind::Class; }
  bool mayRebind(NameId target) const;

  std::deque<Symbol>& symbols() { return symbols_; }
  const std::deque<Symbol>& symbols() const { return symbols_; }
  Symbol* find(NameId symbol);
  const Symbol* find(NameId symbol) const { return const_cast<Scope*>(this)->find(symbol); }
  Symbol& findOrAdd(NameId symbol);

private:
  std::deque<Symbol> symbols_; // in the order of their first mention; addresses stay
  std::unordered_map<NameId, Symbol*> index_;
};

/// All scopes of a tree. Lives as long as its users; refers to the tree's nodes by address.
class ScopeTable {
public:
  Scope& root() { return scopes_.front(); }
  /// The scope that `node` opens; `kind` tells apart those that one node opens (a generic function:
  /// its type parameters, its annotations, itself). Null when there is none.
  Scope* find(const void* node, ScopeKind kind) const;
  /// As `find`, for the default value of a type parameter.
  Scope* findDefault(const ast::TypeParamNode& param) const;
  Scope& add(const void* node, ScopeKind kind, NameId name, Scope* parent, const SourceSpan& span);
  std::deque<Scope>& scopes() { return scopes_; }
  std::deque<std::vector<NameId>>& mangledNames() { return mangledNames_; }

private:
  static uintptr_t key(const void* node, ScopeKind kind) {
    return reinterpret_cast<uintptr_t>(node) * 8 + static_cast<uintptr_t>(kind);
  }
  std::deque<Scope> scopes_; // outer before inner
  std::deque<std::vector<NameId>> mangledNames_;
  std::unordered_map<uintptr_t, Scope*> byNode_;
};

/// Builds the scopes of `tree`. False after an error, which `sink` then has.
bool buildScopes(const ast::Tree& tree, const Source& source, const FutureFeatures& future,
                 NameTable& names, DiagnosticSink& sink, ScopeTable& table);

/// `name` as `scope` knows it: private names inside a class are mangled.
NameId mangleIn(NameTable& names, const Scope& scope, NameId name);

} // namespace pyc
