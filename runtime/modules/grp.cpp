// The module grp: the table of groups.
#include "runtime/modules/posix_parts.h"
#include "runtime/modules/struct_sequence.h"
#include "runtime/objects/signature.h"

#include <grp.h>

namespace pyc::rt {

namespace {

constexpr const char* kFields[] = {"gr_name", "gr_passwd", "gr_gid", "gr_mem"};
constexpr StructSequenceDef kDef = {kFields, 4, 4, true};
constinit TypeObject groupType =
    structSequenceType<kDef>("grp.struct_group", "A group: what getgrnam() and its like return.");

Ref makeEntry(const group& entry) {
  PYC_TRY(members, newList(0));
  for (char** member = entry.gr_mem; member && *member; ++member) {
    PYC_TRY(name, fileSystemDecode(*member));
    if (!listAppend(asList(members), name))
      return {};
  }
  Ref values[] = {fileSystemDecode(entry.gr_name),
                  entry.gr_passwd ? fileSystemDecode(entry.gr_passwd) : Ref::none(),
                  makeInt(entry.gr_gid), std::move(members)};
  return makeStructSequence(groupType, kDef, values);
}

/// An entry that lookUp(entry, buffer, size, result) finds; null with nothing raised: none.
template <class LookUp> Ref findEntry(LookUp lookUp) {
  for (std::string buffer(1024, '\0');; buffer.resize(2 * buffer.size())) {
    group entry;
    group* found = nullptr;
    if (lookUp(&entry, buffer.data(), buffer.size(), &found) == ERANGE)
      continue;
    return found ? makeEntry(entry) : Ref();
  }
}

Ref getgrgidFunction(const Value* args) {
  uint32_t id = 0;
  Ref entry;
  bool known = idArg("gid", args[0], id);
  if (!known && !catchRaised(overflowErrorType))
    return {};
  if (known)
    entry = findEntry([&](auto... rest) { return getgrgid_r(id, rest...); });
  if (entry || isRaised())
    return entry;
  return raise(keyErrorType, "getgrgid(): gid not found: %S", args[0]);
}

Ref getgrnamFunction(const Value* args) {
  std::string name;
  if (!isStr(args[0]))
    return raiseBadArgument("getgrnam", "name", "str", args[0]);
  if (!encodedArg(args[0], name))
    return {};
  Ref entry = findEntry([&](auto... rest) { return getgrnam_r(name.c_str(), rest...); });
  if (entry || isRaised())
    return entry;
  return raise(keyErrorType, "getgrnam(): name not found: %R", args[0]);
}

Ref getgrallFunction(const Value*) {
  PYC_TRY(result, newList(0));
  setgrent();
  bool failed = false;
  while (group* found = failed ? nullptr : getgrent()) { // NOLINT(concurrency-mt-unsafe)
    Ref entry = makeEntry(*found);
    failed = !entry || !listAppend(asList(result), entry);
  }
  endgrent();
  return failed ? Ref() : std::move(result);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "getgrgid(id)", .bound = getgrgidFunction},
    {.signature = "getgrnam(name)", .bound = getgrnamFunction},
    {.signature = "getgrall()", .bound = getgrallFunction},
};

} // namespace

bool fillModule_grp(ModuleObject* module) {
  readyType(&groupType);
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, groupType) &&
         addStr(module, "__doc__", "The system's groups of users.");
}

} // namespace pyc::rt
