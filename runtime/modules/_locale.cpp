// The module _locale: how a language and country write numbers, dates and money.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/dict.h"
#include "runtime/objects/signature.h"

#include <cwchar>
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>

namespace pyc::rt {

namespace {

Value localeError; // the class locale.Error; made with the module

Ref ensureLocaleError() {
  if (!localeError) {
    PYC_TRY(name, makeStr("Error"));
    PYC_TRY(module, makeStr("locale"));
    PYC_TRY(bases, tupleOf(Value(&exceptionType)));
    PYC_TRY(attributes, newDict());
    if (!dictSetStr(asDict(attributes), names::__module__, module))
      return {};
    localeError = call(Value(&typeType), name, bases, attributes).release();
  }
  return localeError ? Ref::copy(localeError) : Ref();
}

Raised raiseLocale(const char* text) {
  Ref message = makeStr(text);
  Ref exception = message ? call(localeError, message) : Ref();
  return exception ? raiseValue(exception) : Raised();
}

Ref setlocaleFunction(const Value* args) {
  int category;
  std::string name;
  if (!intArg(args[0], category))
    return {};
  bool sets = args[1] && !args[1].isNone();
  if (sets && !isStr(args[1]))
    return raiseBadArgument("setlocale", 2, "str or None", args[1]);
  if (sets && !encodedArg(args[1], name))
    return {};
  const char* result = setlocale(category, sets ? name.c_str() : nullptr);
  if (!result)
    return raiseLocale(sets ? "unsupported locale setting" : "locale query failed");
  return fileSystemDecode(result);
}

/// Sizes of groups, with the end marker, as Python's locale module takes them.
Ref groupingList(const char* grouping) {
  PYC_TRY(result, newList(0));
  if (!*grouping)
    return result;
  for (const char* size = grouping;; ++size) {
    if (!listAppend(asList(result), Value::fromInt(*size)))
      return {};
    if (*size == '\0' || *size == CHAR_MAX)
      return result;
  }
}

Ref localeconvFunction(const Value*) {
  const lconv* conventions = localeconv(); // NOLINT(concurrency-mt-unsafe)
  PYC_TRY(result, newDict());
  auto add = [&](const char* name, Ref value) {
    return value && dictSetStr(asDict(result), internLiteral(name), value);
  };
#define TEXT(field) add(#field, fileSystemDecode(conventions->field))
#define NUMBER(field) add(#field, makeInt(conventions->field))
  bool done = TEXT(int_curr_symbol) && TEXT(currency_symbol) && TEXT(mon_decimal_point) &&
              TEXT(mon_thousands_sep) &&
              add("mon_grouping", groupingList(conventions->mon_grouping)) && TEXT(positive_sign) &&
              TEXT(negative_sign) && NUMBER(int_frac_digits) && NUMBER(frac_digits) &&
              NUMBER(p_cs_precedes) && NUMBER(p_sep_by_space) && NUMBER(n_cs_precedes) &&
              NUMBER(n_sep_by_space) && NUMBER(p_sign_posn) && NUMBER(n_sign_posn) &&
              TEXT(decimal_point) && TEXT(thousands_sep) &&
              add("grouping", groupingList(conventions->grouping));
#undef TEXT
#undef NUMBER
  return done ? std::move(result) : Ref();
}

/// A str as wide characters; ValueError for a null character in it.
bool wideArg(const char* function, int number, Value argument, std::wstring& out) {
  if (!strArg(function, number, argument))
    return false;
  const StrObject* text = asStr(argument);
  for (int64_t k = 0; k < text->length; ++k) {
    if (text->at(k) == 0)
      return raise(valueErrorType, "embedded null character");
    out += static_cast<wchar_t>(text->at(k));
  }
  return true;
}

Ref strcollFunction(const Value* args) {
  std::wstring first, second;
  if (!wideArg("strcoll", 1, args[0], first) || !wideArg("strcoll", 2, args[1], second))
    return {};
  return makeInt(wcscoll(first.c_str(), second.c_str()));
}

Ref strxfrmFunction(const Value* args) {
  std::wstring text;
  if (!wideArg("strxfrm", 0, args[0], text))
    return {};
  errno = 0;
  size_t size = wcsxfrm(nullptr, text.c_str(), 0);
  if (errno && errno != ERANGE)
    return raiseSystem();
  std::wstring result(size + 1, L'\0');
  wcsxfrm(result.data(), text.c_str(), result.size());
  StrBuilder out;
  for (size_t k = 0; k < size; ++k)
    out.appendChar(static_cast<uint32_t>(result[k]));
  return out.finish();
}

struct Item {
  const char* name;
  int number;
};
#define ITEM(name) {#name, static_cast<int>(name)}
constexpr Item kItems[] = {
    ITEM(DAY_1),       ITEM(DAY_2),     ITEM(DAY_3),      ITEM(DAY_4),     ITEM(DAY_5),
    ITEM(DAY_6),       ITEM(DAY_7),     ITEM(ABDAY_1),    ITEM(ABDAY_2),   ITEM(ABDAY_3),
    ITEM(ABDAY_4),     ITEM(ABDAY_5),   ITEM(ABDAY_6),    ITEM(ABDAY_7),   ITEM(MON_1),
    ITEM(MON_2),       ITEM(MON_3),     ITEM(MON_4),      ITEM(MON_5),     ITEM(MON_6),
    ITEM(MON_7),       ITEM(MON_8),     ITEM(MON_9),      ITEM(MON_10),    ITEM(MON_11),
    ITEM(MON_12),      ITEM(ABMON_1),   ITEM(ABMON_2),    ITEM(ABMON_3),   ITEM(ABMON_4),
    ITEM(ABMON_5),     ITEM(ABMON_6),   ITEM(ABMON_7),    ITEM(ABMON_8),   ITEM(ABMON_9),
    ITEM(ABMON_10),    ITEM(ABMON_11),  ITEM(ABMON_12),   ITEM(RADIXCHAR), ITEM(THOUSEP),
    ITEM(CRNCYSTR),    ITEM(D_FMT),     ITEM(D_T_FMT),    ITEM(T_FMT),     ITEM(AM_STR),
    ITEM(PM_STR),      ITEM(CODESET),   ITEM(T_FMT_AMPM), ITEM(ERA),       ITEM(ERA_D_FMT),
    ITEM(ERA_D_T_FMT), ITEM(ERA_T_FMT), ITEM(ALT_DIGITS), ITEM(YESEXPR),   ITEM(NOEXPR),
    ITEM(_DATE_FMT)};
constexpr Item kConstants[] = {ITEM(LC_ALL),      ITEM(LC_COLLATE),  ITEM(LC_CTYPE),
                               ITEM(LC_MESSAGES), ITEM(LC_MONETARY), ITEM(LC_NUMERIC),
                               ITEM(LC_TIME),     ITEM(CHAR_MAX)};
#undef ITEM

Ref nlLanginfoFunction(const Value* args) {
  int key;
  if (!intArg(args[0], key))
    return {};
  for (const Item& item : kItems)
    if (item.number == key)
      return fileSystemDecode(nl_langinfo(key)); // NOLINT(concurrency-mt-unsafe)
  return raise(valueErrorType, "unsupported langinfo constant");
}

Ref getencodingFunction(const Value*) {
  const char* name = nl_langinfo(CODESET); // NOLINT(concurrency-mt-unsafe)
  return makeStr(name && *name ? name : "utf-8");
}

// Translations.

bool optionalText(Value argument, std::string& text, bool& given) {
  given = argument && !argument.isNone();
  return !given || encodedArg(argument, text);
}

Ref gettextFunction(const Value* args) {
  std::string message;
  return encodedArg(args[0], message) ? fileSystemDecode(gettext(message.c_str())) : Ref();
}
Ref dgettextFunction(const Value* args) {
  std::string domain, message;
  bool hasDomain;
  if (!optionalText(args[0], domain, hasDomain) || !encodedArg(args[1], message))
    return {};
  return fileSystemDecode(dgettext(hasDomain ? domain.c_str() : nullptr, message.c_str()));
}
Ref dcgettextFunction(const Value* args) {
  std::string domain, message;
  bool hasDomain;
  int category;
  if (!optionalText(args[0], domain, hasDomain) || !encodedArg(args[1], message) ||
      !intArg(args[2], category))
    return {};
  return fileSystemDecode(
      dcgettext(hasDomain ? domain.c_str() : nullptr, message.c_str(), category));
}
Ref textdomainFunction(const Value* args) {
  std::string domain;
  bool hasDomain;
  if (!optionalText(args[0], domain, hasDomain))
    return {};
  const char* result = textdomain(hasDomain ? domain.c_str() : nullptr);
  return result ? fileSystemDecode(result) : Ref(raiseSystem());
}

/// bindtextdomain() and bind_textdomain_codeset().
Ref bindDomain(const Value* args, char* (*function)(const char*, const char*)) {
  std::string domain, value;
  bool hasValue;
  if (!encodedArg(args[0], domain))
    return {};
  if (domain.empty())
    return raiseLocale("domain must be a non-empty string");
  if (!optionalText(args[1], value, hasValue))
    return {};
  errno = 0;
  const char* result = function(domain.c_str(), hasValue ? value.c_str() : nullptr);
  if (result)
    return fileSystemDecode(result);
  return errno ? Ref(raiseSystem()) : Ref::none();
}
Ref bindtextdomainFunction(const Value* args) {
  return bindDomain(args, bindtextdomain);
}
Ref bindCodesetFunction(const Value* args) {
  return bindDomain(args, bind_textdomain_codeset);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "setlocale(category, locale=None, /)", .bound = setlocaleFunction},
    {.signature = "localeconv()", .bound = localeconvFunction},
    {.signature = "strcoll(os1, os2, /)", .bound = strcollFunction},
    {.signature = "strxfrm(string, /)", .bound = strxfrmFunction},
    {.signature = "nl_langinfo(key, /)", .bound = nlLanginfoFunction},
    {.signature = "getencoding()", .bound = getencodingFunction},
    {.signature = "gettext(msg, /)", .bound = gettextFunction},
    {.signature = "dgettext(domain, msg, /)", .bound = dgettextFunction},
    {.signature = "dcgettext(domain, msg, category, /)", .bound = dcgettextFunction},
    {.signature = "textdomain(domain, /)", .bound = textdomainFunction},
    {.signature = "bindtextdomain(domain, dir, /)", .bound = bindtextdomainFunction},
    {.signature = "bind_textdomain_codeset(domain, codeset, /)", .bound = bindCodesetFunction},
};

bool addItems(ModuleObject* module, std::span<const Item> items) {
  for (const Item& item : items)
    if (!addInt(module, item.name, item.number))
      return false;
  return true;
}

} // namespace

bool fillModule__locale(ModuleObject* module) {
  return addItems(module, kItems) && addItems(module, kConstants) &&
         addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addValue(module, "Error", ensureLocaleError()) &&
         addStr(module, "__doc__", "How languages and countries write things: below locale.");
}

} // namespace pyc::rt
