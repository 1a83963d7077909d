// posix: who runs the process: users, groups, sessions.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <grp.h>
#include <limits.h>
#include <unistd.h>

namespace pyc::rt {

namespace {

template <auto function> Ref numberOf(const Value*) {
  return makeInt(function());
}

constexpr const char kUser[] = "uid", kGroup[] = "gid";

/// function(ids...), each a user or group number.
template <const char* what, class... Ids, size_t... kIndex>
Ref callWithIds(int (*function)(Ids...), const Value* args, std::index_sequence<kIndex...>) {
  std::tuple<Ids...> ids;
  if (!(idArg(what, args[kIndex], std::get<kIndex>(ids)) && ...))
    return {};
  return noneOrRaise(function(std::get<kIndex>(ids)...));
}
template <const char* what, class... Ids>
Ref callWithIds(int (*function)(Ids...), const Value* args) {
  return callWithIds<what>(function, args, std::index_sequence_for<Ids...>());
}
template <const char* what, auto function> Ref setIds(const Value* args) {
  return callWithIds<what>(function, args);
}

Ref intTriple(uint32_t a, uint32_t b, uint32_t c) {
  return tupleOf(makeInt(a), makeInt(b), makeInt(c)); // small ints own nothing
}
Ref getresuidFunction(const Value*) {
  uid_t real, effective, saved;
  return getresuid(&real, &effective, &saved) == 0 ? intTriple(real, effective, saved)
                                                   : Ref(raiseSystem());
}
Ref getresgidFunction(const Value*) {
  gid_t real, effective, saved;
  return getresgid(&real, &effective, &saved) == 0 ? intTriple(real, effective, saved)
                                                   : Ref(raiseSystem());
}

// Groups.

Ref listOfGroups(const std::vector<gid_t>& groups) {
  PYC_TRY(result, newList(groups.size()));
  for (gid_t group : groups)
    if (!listAppend(asList(result), Value::fromInt(group)))
      return {};
  return result;
}

Ref getgroupsFunction(const Value*) {
  int count = getgroups(0, nullptr);
  std::vector<gid_t> groups(static_cast<size_t>(std::max(count, 0)));
  if (count > 0)
    count = getgroups(count, groups.data());
  if (count < 0)
    return raiseSystem();
  groups.resize(static_cast<size_t>(count));
  return listOfGroups(groups);
}

Ref setgroupsFunction(const Value* args) {
  if (!isList(args[0]) && !isTuple(args[0]) && !typeOf(args[0])->slots.getItem)
    return raise(typeErrorType, "setgroups argument must be a sequence");
  PYC_TRY(items, sequenceTuple(args[0]));
  if (asTuple(items)->count > NGROUPS_MAX)
    return raise(valueErrorType, "too many groups");
  std::vector<gid_t> groups;
  for (int64_t k = 0; k < asTuple(items)->count; ++k) {
    Value item = asTuple(items)->items()[k];
    if (!isInteger(item))
      return raise(typeErrorType, "groups must be integers");
    gid_t group;
    if (!idArg(kGroup, item, group))
      return {};
    groups.push_back(group);
  }
  return noneOrRaise(setgroups(groups.size(), groups.data()));
}

Ref getgrouplistFunction(const Value* args) {
  if (!strArg("getgrouplist", 1, args[0]))
    return {};
  std::string user;
  gid_t group;
  if (!encodedArg(args[0], user) || !idArg(kGroup, args[1], group))
    return {};
  int count = 16;
  std::vector<gid_t> groups;
  do {
    groups.resize(static_cast<size_t>(count *= 2));
  } while (getgrouplist(user.c_str(), group, groups.data(), &count) < 0);
  groups.resize(static_cast<size_t>(count));
  return listOfGroups(groups);
}

Ref initgroupsFunction(const Value* args) {
  std::string user;
  gid_t group;
  if (!encodedArg(args[0], user) || !idArg(kGroup, args[1], group))
    return {};
  return noneOrRaise(initgroups(user.c_str(), group));
}

Ref getloginFunction(const Value*) {
  errno = 0;
  char name[LOGIN_NAME_MAX + 1];
  int error = getlogin_r(name, sizeof name);
  return error ? Ref(raiseErrno(error)) : fileSystemDecode(name);
}

// Sessions and process groups.

Ref setsidFunction(const Value*) {
  return setsid() < 0 ? Ref(raiseSystem()) : Ref::none();
}
Ref setpgrpFunction(const Value*) {
  return noneOrRaise(setpgrp());
}
Ref umaskFunction(const Value* args) {
  int mask;
  return intArg(args[0], mask) ? makeInt(umask(static_cast<mode_t>(mask))) : Ref();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "getpid()", .bound = numberOf<getpid>},
    {.signature = "getppid()", .bound = numberOf<getppid>},
    {.signature = "getuid()", .bound = numberOf<getuid>},
    {.signature = "geteuid()", .bound = numberOf<geteuid>},
    {.signature = "getgid()", .bound = numberOf<getgid>},
    {.signature = "getegid()", .bound = numberOf<getegid>},
    {.signature = "getpgrp()", .bound = numberOf<getpgrp>},
    {.signature = "setuid(uid, /)", .bound = setIds<kUser, setuid>},
    {.signature = "seteuid(euid, /)", .bound = setIds<kUser, seteuid>},
    {.signature = "setreuid(ruid, euid, /)", .bound = setIds<kUser, setreuid>},
    {.signature = "setresuid(ruid, euid, suid, /)", .bound = setIds<kUser, setresuid>},
    {.signature = "setgid(gid, /)", .bound = setIds<kGroup, setgid>},
    {.signature = "setegid(egid, /)", .bound = setIds<kGroup, setegid>},
    {.signature = "setregid(rgid, egid, /)", .bound = setIds<kGroup, setregid>},
    {.signature = "setresgid(rgid, egid, sgid, /)", .bound = setIds<kGroup, setresgid>},
    {.signature = "getresuid()", .bound = getresuidFunction},
    {.signature = "getresgid()", .bound = getresgidFunction},
    {.signature = "getgroups()", .bound = getgroupsFunction},
    {.signature = "setgroups(groups, /)", .bound = setgroupsFunction},
    {.signature = "getgrouplist(user, group, /)", .bound = getgrouplistFunction},
    {.signature = "initgroups(username, gid, /)", .bound = initgroupsFunction},
    {.signature = "getlogin()", .bound = getloginFunction},
    {.signature = "getpgid(pid)", .bound = plainForInt<getpgid>},
    {.signature = "setpgid(pid, pgrp, /)", .bound = plainForNone<setpgid>},
    {.signature = "setpgrp()", .bound = setpgrpFunction},
    {.signature = "getsid(pid, /)", .bound = plainForInt<getsid>},
    {.signature = "setsid()", .bound = setsidFunction},
    {.signature = "umask(mask, /)", .bound = umaskFunction},
};

} // namespace

std::span<const MethodDef> posixIdentityFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
