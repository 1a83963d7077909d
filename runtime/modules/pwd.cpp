// The module pwd: the table of users.
#include "runtime/modules/posix_parts.h"
#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/signature.h"

#include <pwd.h>

namespace pyc::rt {

namespace {

constexpr const char* kFields[] = {"pw_name",  "pw_passwd", "pw_uid",  "pw_gid",
                                   "pw_gecos", "pw_dir",    "pw_shell"};
constexpr StructSequenceDef kDef = {kFields, 7, 7, true};
constinit TypeObject passwdType =
    structSequenceType<kDef>("pwd.struct_passwd", "A user: what getpwnam() and its like return.");

Ref textOrNone(const char* text) {
  return text ? fileSystemDecode(text) : Ref::none();
}

Ref makeEntry(const passwd& user) {
  Ref values[] = {textOrNone(user.pw_name), textOrNone(user.pw_passwd), makeInt(user.pw_uid),
                  makeInt(user.pw_gid),     textOrNone(user.pw_gecos),  textOrNone(user.pw_dir),
                  textOrNone(user.pw_shell)};
  return makeStructSequence(passwdType, kDef, values);
}

/// An entry that lookUp(entry, buffer, size, result) finds; null with nothing raised: none.
template <class LookUp> Ref findEntry(LookUp lookUp) {
  for (std::string buffer(1024, '\0');; buffer.resize(2 * buffer.size())) {
    passwd user;
    passwd* found = nullptr;
    int error = lookUp(&user, buffer.data(), buffer.size(), &found);
    if (error == ERANGE)
      continue;
    if (found)
      return makeEntry(user);
    return Ref();
  }
}

Ref getpwuidFunction(const Value* args) {
  uint32_t id = 0;
  Ref entry;
  bool known = idArg("uid", args[0], id);
  if (!known && !catchRaised(overflowErrorType))
    return {};
  if (known)
    entry = findEntry([&](auto... rest) { return getpwuid_r(id, rest...); });
  if (entry || isRaised())
    return entry;
  return raise(keyErrorType, "getpwuid(): uid not found: %S", args[0]);
}

Ref getpwnamFunction(const Value* args) {
  std::string name;
  if (!strArg("getpwnam", 0, args[0]) || !encodedArg(args[0], name))
    return {};
  Ref entry = findEntry([&](auto... rest) { return getpwnam_r(name.c_str(), rest...); });
  if (entry || isRaised())
    return entry;
  return raise(keyErrorType, "getpwnam(): name not found: %R", args[0]);
}

Ref getpwallFunction(const Value*) {
  PYC_TRY(result, newList(0));
  setpwent();
  bool failed = false;
  while (passwd* user = failed ? nullptr : getpwent()) { // NOLINT(concurrency-mt-unsafe)
    Ref entry = makeEntry(*user);
    failed = !entry || !listAppend(asList(result), entry);
  }
  endpwent();
  return failed ? Ref() : std::move(result);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "getpwuid(uidobj, /)", .bound = getpwuidFunction},
    {.signature = "getpwnam(name, /)", .bound = getpwnamFunction},
    {.signature = "getpwall()", .bound = getpwallFunction},
};

} // namespace

bool fillModule_pwd(ModuleObject* module) {
  readyType(&passwdType);
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, passwdType) &&
         addStr(module, "__doc__", "The system's users.");
}

} // namespace pyc::rt
