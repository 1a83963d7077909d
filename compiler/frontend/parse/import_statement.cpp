// import, from ... import, and their lazy forms (PEP 810).
#include "compiler/frontend/parse/parser_impl.h"

namespace pyc::parsing {

StmtNode* Parser::importStatement(bool isLazy) {
  Mark first = pos_;
  if (wantsInvalid()) {
    invalidImport(first);
    if (raised_)
      return nullptr;
    pos_ = first;
  }
  pos_ += isLazy;
  if (accept(TokenKind::KwImport))
    return importNames(first, isLazy);
  return accept(TokenKind::KwFrom) ? importFrom(first, isLazy) : nullptr;
}

StmtNode* Parser::importNames(Mark first, bool isLazy) {
  Collector<Alias> names(*this);
  do {
    Mark back = pos_;
    Alias* name = importAsName(/*isDotted=*/true);
    if (!name) {
      if (raised_ || names.size() == 0)
        return nullptr;
      pos_ = back - 1;
      break;
    }
    names.push(name);
  } while (accept(TokenKind::Comma));
  auto* statement = make<Import>(first);
  statement->names = names.finish();
  statement->is_lazy = isLazy;
  return statement;
}

/// ('.' | '...')* [dotted_name] 'import' targets; the cursor is behind `from`.
StmtNode* Parser::importFrom(Mark first, bool isLazy) {
  int32_t level = 0;
  for (;; ++pos_) {
    if (at(TokenKind::Dot))
      level += 1;
    else if (at(TokenKind::Ellipsis))
      level += 3;
    else
      break;
  }
  Mark moduleAt = pos_;
  Identifier module = at(TokenKind::Name) ? dottedName() : nullptr;
  if (raised_ || (!module && level == 0))
    return nullptr;
  if (!accept(TokenKind::KwImport)) {
    if (wantsInvalid() && module)
      invalidLazyPlace();
    return nullptr;
  }
  Seq<Alias> names;
  if (!importTargets(names))
    return nullptr;
  bool isFuture = level == 0 && module && module->text == "__future__";
  if (isFuture && isLazy)
    return raise(DiagId::LazyFuture, spanOf(first));
  for (const Alias* name : names)
    isBarry_ |= isFuture && name->name->text == "barry_as_FLUFL";
  bool isSpacedLazy = !isLazy && level > 0 && module && module->text == "lazy" &&
                      tokens_[moduleAt - 1].end != tokens_[moduleAt].start;
  if (isSpacedLazy && isFirstVisit(moduleAt)) {
    std::string dots(static_cast<size_t>(level), '.');
    sink_.report(DiagId::LazyModule, source_, spanOf(moduleAt), {dots, dots, dots});
  }
  auto* statement = make<ImportFrom>(first);
  statement->module = module;
  statement->names = names;
  statement->level = level;
  statement->is_lazy = isLazy;
  return statement;
}

/// '(' names [','] ')' | names without a trailing comma | '*'
bool Parser::importTargets(Seq<Alias>& names) {
  Mark first = pos_;
  Collector<Alias> collected(*this);
  if (accept(TokenKind::LeftParen)) {
    if (!importAsNames(collected))
      return false;
    accept(TokenKind::Comma);
    if (!accept(TokenKind::RightParen))
      return false;
  } else if (at(TokenKind::Star)) {
    auto* star = arena_.create<Alias>();
    star->span = spanOf(pos_++);
    star->name = names_.intern("*");
    collected.push(star);
  } else {
    bool found = importAsNames(collected);
    if (raised_)
      return false;
    if (!found || at(TokenKind::Comma)) {
      if (found && wantsInvalid() && accept(TokenKind::Comma) && at(TokenKind::Newline))
        raiseAtFurthest(DiagId::TrailingImportComma);
      else if (!found && wantsInvalid() && tokens_[first].kind == TokenKind::Newline)
        raiseStartingFrom(DiagId::ExpectedImportNames, spanOf(first));
      return false;
    }
  }
  names = collected.finish();
  return true;
}

/// ','.import_from_as_name+, leaving a comma that no name follows.
bool Parser::importAsNames(Collector<Alias>& names) {
  do {
    Mark back = pos_;
    Alias* name = importAsName(/*isDotted=*/false);
    if (!name) {
      if (raised_ || names.size() == 0)
        return false;
      pos_ = back - 1;
      return true;
    }
    names.push(name);
  } while (accept(TokenKind::Comma));
  return true;
}

/// NAME or dotted_name, and ['as' NAME]
Alias* Parser::importAsName(bool isDotted) {
  Mark first = pos_;
  if (!at(TokenKind::Name))
    return nullptr;
  Identifier name = isDotted ? dottedName() : nameAt(pos_++);
  Identifier asName = nullptr;
  if (at(TokenKind::KwAs)) {
    Mark back = pos_++;
    if (wantsInvalid()) {
      invalidImportTarget();
      if (raised_)
        return nullptr;
      pos_ = back + 1;
    }
    asName = acceptName();
    if (!asName)
      pos_ = back;
  }
  auto* alias = arena_.create<Alias>();
  alias->span = spanFrom(first);
  alias->name = name;
  alias->asname = asName;
  return alias;
}

/// NAME ('.' NAME)*; the cursor is at the first name.
Identifier Parser::dottedName() {
  Identifier name = nameAt(pos_++);
  if (!at(TokenKind::Dot))
    return name;
  std::string text(name->text);
  while (at(TokenKind::Dot)) {
    Mark back = pos_++;
    if (!at(TokenKind::Name)) {
      pos_ = back;
      break;
    }
    text += '.';
    text += nameAt(pos_++)->text;
  }
  return names_.intern(text);
}

} // namespace pyc::parsing
