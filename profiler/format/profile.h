// What runs of a program have shown: the profile. The recorder (profiler/record) makes it, `pyc
// profile` merges and shows it, the compiler specialises by it.
//
// Functions are found again by module, qualified name and the hash of their body, so that a profile
// outlives edits elsewhere in the file; places in a function by the word of their uop. Nothing in a
// profile depends on the target, on addresses or on the order of events: the same runs give the
// same bytes.
//
// Types are texts, in one table a profile:
//   int              fits a value's 48 bits           int64, bigint   need 64 bits, more
//   float bool None str bytes dict set ...            exact built-in types by their name
//   list[int] list[float] list[bool] list[object]     by storage (runtime/objects/list_storage.h)
//   array[d]                                          by what it stores
//   (runtime/base/item_storage.def);
//                                                     other arrays are instances
//   tuple[3]                                          by length; tuple[...] from 16 items on
//   instance M.Q{a,b}                                 of a class, with these attributes in this
//   order class M.Q        function M.Q       method M.Q    an object that is one, by what it
//   stands for:
//                                                     the class, the Python function, the function
//                                                     that the method binds
//   builtin M.Q                                       function or method written in C++
// M.Q is `module:qualified name`, with `#n` behind it for the n-th function of that name (from 1).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pyc::profile {

/// How often a type was seen.
struct Seen {
  uint32_t type; // index in Profile::types
  uint64_t count;
  bool operator==(const Seen&) const = default;
};

/// One value at a place: an operand, or a result.
struct Slot {
  std::vector<Seen> seen; // most frequent first; equal counts by the type's text
  uint64_t other = 0;     // values of further types
  int64_t least = INT64_MAX, greatest = INT64_MIN; // of the ints of 64 bits seen; empty: none was
  bool operator==(const Slot&) const = default;
};

/// One instruction. Slots are those of profiledOperands() (dialects/uop/profiled.h), in its order;
/// slots at the end that saw nothing are left out.
struct Site {
  uint32_t word = 0;
  uint32_t line = 0; // lines behind the function's first one
  uint64_t count = 0;
  std::vector<Slot> slots;
  uint64_t exits = 0; // times that native code left at a guard of it (PYC_STATS=FILE)
  bool operator==(const Site&) const = default;
};

struct Function {
  std::string module;
  std::string name;     // qualified
  uint32_t ordinal = 0; // among the module's functions of this name
  uint64_t hash = 0;    // of its body (dialects/uop/body_hash.h)
  uint32_t firstLine = 0;
  uint64_t calls = 0;
  std::vector<Slot> parameters; // the arguments, by local
  std::vector<Site> sites;      // that were executed, by word
  bool operator==(const Function&) const = default;
};

enum class TextMode : uint8_t { Exec, Eval, Single }; // compile()'s

/// A text that the program compiled while it ran (exec(), eval(), compile()), and how. Its
/// functions are those of a module called textName(text).
struct Text {
  std::string source;   // UTF-8
  std::string fileName; // as compile() was told
  TextMode mode = TextMode::Exec;
  uint32_t futureFlags = 0;
  uint32_t optimize = 0;
  auto operator<=>(const Text&) const = default;
};

/// `<text 0123456789abcdef>`: no module's name, and another one for every text.
std::string textName(const Text& text);

struct Profile {
  std::vector<std::string> types;
  std::vector<Function> functions; // by module, name, ordinal, hash
  uint64_t runs = 1;               // of which this is the sum
  std::string program;             // the main file's name, without folders
  std::vector<Text> texts;         // sorted
  bool operator==(const Profile&) const = default;
};

inline constexpr uint32_t kVersion = 2;
/// The oldest version that is read: 1 has no texts.
inline constexpr uint32_t kOldestVersion = 1;
/// Ends the names of profiles.
inline constexpr char kSuffix[] = ".pycprof";

/// Types that a slot tells apart at most.
inline constexpr size_t kMaxTypes = 8;

/// Puts everything into the order that the fields' comments promise, adds up functions, sites and
/// types that are there twice, and leaves out types and texts that nothing mentions.
void normalize(Profile& profile);

/// Adds a profile, its counts multiplied by `weight`, to another one, which is normalised then.
/// Counts saturate.
void merge(Profile& into, const Profile& from, uint64_t weight = 1);

/// The functions of one module, normalised: what the module's code is compiled by.
Profile slice(const Profile& profile, const std::string& module);

/// Whether profiles of this version are read, and the reason why those of others are not.
bool isReadable(uint64_t version);
std::string versionProblem(uint64_t version);

/// The file's bytes (docs/profile_format.md).
std::string encode(const Profile& profile);
/// Reads them. False with a reason, of the kind "is not a profile" or "is cut off", to be put
/// behind the file's name. Takes any bytes.
bool decode(const std::string& bytes, Profile& profile, std::string& error);

} // namespace pyc::profile
