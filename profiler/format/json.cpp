#include "profiler/format/json.h"

#include "profiler/format/texts.h"

#define JSON_NO_IO
#include <nlohmann/json.hpp>

#include <cinttypes>
#include <cstdio>
#include <limits>
#include <unordered_map>

namespace pyc::profile {
namespace {

using Json = nlohmann::json;

constexpr char kFormat[] = "pyc profile";

class JsonWriter {
public:
  explicit JsonWriter(const Profile& profile) : profile_(profile) {}

  std::string run() {
    out_ = "{\"format\": " + quoted(kFormat) + ", \"version\": " + std::to_string(kVersion) +
           ",\n \"program\": " + quoted(profile_.program) +
           ", \"runs\": " + std::to_string(profile_.runs) + ",\n";
    writeTexts();
    out_ += " \"functions\": [";
    const char* separator = "\n";
    for (const Function& function : profile_.functions) {
      out_ += separator;
      writeFunction(function);
      separator = ",\n";
    }
    out_ += "\n ]}\n";
    return std::move(out_);
  }

private:
  static std::string quoted(const std::string& text) {
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  void writeTexts() {
    const char* separator = " \"texts\": [\n";
    for (const Text& text : profile_.texts) {
      out_ += separator + std::string("  {\"module\": ") + quoted(textName(text)) +
              ", \"file\": " + quoted(text.fileName) +
              ", \"mode\": " + quoted(modeName(text.mode)) +
              ", \"flags\": " + std::to_string(text.futureFlags) +
              ", \"optimize\": " + std::to_string(text.optimize) +
              ",\n   \"source\": " + quoted(text.source) + "}";
      separator = ",\n";
    }
    if (!profile_.texts.empty())
      out_ += "\n ],\n";
  }

  void writeFunction(const Function& function) {
    char hash[17];
    std::snprintf(hash, sizeof hash, "%016" PRIx64, function.hash);
    out_ += "  {\"module\": " + quoted(function.module) + ", \"name\": " + quoted(function.name) +
            ", \"ordinal\": " + std::to_string(function.ordinal) + ", \"hash\": \"" + hash +
            "\", \"line\": " + std::to_string(function.firstLine) +
            ", \"calls\": " + std::to_string(function.calls) + ",\n   \"parameters\": ";
    writeSlots(function.parameters);
    out_ += ",\n   \"sites\": [";
    const char* separator = "\n";
    for (const Site& site : function.sites) {
      out_ += separator + std::string("    {\"word\": ") + std::to_string(site.word) +
              ", \"line\": " + std::to_string(site.line) +
              ", \"count\": " + std::to_string(site.count) + ", \"slots\": ";
      writeSlots(site.slots);
      if (site.exits != 0)
        out_ += ", \"exits\": " + std::to_string(site.exits);
      out_ += "}";
      separator = ",\n";
    }
    out_ += "]}";
  }

  void writeSlots(const std::vector<Slot>& slots) {
    out_ += "[";
    for (const Slot& slot : slots) {
      if (&slot != &slots.front())
        out_ += ", ";
      writeSlot(slot);
    }
    out_ += "]";
  }

  void writeSlot(const Slot& slot) {
    out_ += "{\"types\": {";
    for (const Seen& seen : slot.seen) {
      if (&seen != &slot.seen.front())
        out_ += ", ";
      out_ += quoted(profile_.types[seen.type]) + ": " + std::to_string(seen.count);
    }
    out_ += "}";
    if (slot.other != 0)
      out_ += ", \"other\": " + std::to_string(slot.other);
    if (slot.least <= slot.greatest)
      out_ += ", \"least\": " + std::to_string(slot.least) +
              ", \"greatest\": " + std::to_string(slot.greatest);
    out_ += "}";
  }

  const Profile& profile_;
  std::string out_;
};

/// Takes values out of parsed JSON; the first that is missing or of a wrong kind is remembered.
class JsonReader {
public:
  explicit JsonReader(Profile& profile) : profile_(profile) {}

  bool run(const Json& root, std::string& error) {
    if (!root.is_object() || text(root, "format") != kFormat) {
      error = "is not a profile";
      return false;
    }
    uint64_t version = number(root, "version");
    if (problem_.empty() && !isReadable(version)) {
      error = versionProblem(version);
      return false;
    }
    profile_.program = text(root, "program");
    profile_.runs = number(root, "runs");
    if (find(root, "texts"))
      for (const Json& text : list(root, "texts"))
        readText(text);
    for (const Json& function : list(root, "functions"))
      readFunction(function);
    error = "is damaged (" + problem_ + ")";
    return problem_.empty();
  }

private:
  static const Json* find(const Json& object, const char* name) {
    auto at = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && at != object.end() ? &*at : nullptr;
  }
  void complain(const char* name, const char* what) {
    if (problem_.empty())
      problem_ = "\"" + std::string(name) + "\" is missing or is not " + what;
  }

  std::string text(const Json& object, const char* name) {
    const Json* value = find(object, name);
    if (value && value->is_string())
      return value->get_ref<const std::string&>();
    complain(name, "a string");
    return "";
  }
  uint64_t number(const Json& object, const char* name, uint64_t greatest = UINT64_MAX) {
    const Json* value = find(object, name);
    if (value && value->is_number_unsigned() && value->get<uint64_t>() <= greatest)
      return value->get<uint64_t>();
    complain(name, "a number in the right range");
    return 0;
  }
  uint32_t number32(const Json& object, const char* name) {
    return static_cast<uint32_t>(number(object, name, UINT32_MAX));
  }
  const Json& list(const Json& object, const char* name) {
    static const Json empty = Json::array();
    const Json* value = find(object, name);
    if (value && value->is_array())
      return *value;
    complain(name, "a list");
    return empty;
  }

  uint64_t hash(const Json& object) {
    std::string digits = text(object, "hash");
    uint64_t value = 0;
    bool ok = digits.size() == 16;
    for (char c : digits) {
      bool isDigit = c >= '0' && c <= '9', isLetter = c >= 'a' && c <= 'f';
      ok &= isDigit || isLetter;
      value = value << 4 | static_cast<uint64_t>(isDigit ? c - '0' : c - 'a' + 10);
    }
    if (!ok)
      complain("hash", "made of 16 hexadecimal digits");
    return value;
  }

  int64_t bound(const Json& value, const char* name) {
    bool fits = value.is_number_integer() &&
                (!value.is_number_unsigned() || value.get<uint64_t>() <= INT64_MAX);
    if (!fits)
      complain(name, "an integer of 64 bits");
    return fits ? value.get<int64_t>() : 0;
  }

  uint32_t type(const std::string& name) {
    auto [at, isNew] = types_.try_emplace(name, static_cast<uint32_t>(profile_.types.size()));
    if (isNew)
      profile_.types.push_back(name);
    return at->second;
  }

  void readSlot(const Json& in, Slot& slot) {
    const Json* types = find(in, "types");
    if (!types || !types->is_object())
      return complain("types", "an object");
    for (auto& [name, count] : types->items()) {
      if (!count.is_number_unsigned())
        return complain(name.c_str(), "a number");
      slot.seen.push_back({type(name), count.get<uint64_t>()});
    }
    if (find(in, "other"))
      slot.other = number(in, "other");
    const Json *least = find(in, "least"), *greatest = find(in, "greatest");
    if (least && greatest) {
      slot.least = bound(*least, "least");
      slot.greatest = bound(*greatest, "greatest");
      if (slot.least > slot.greatest)
        complain("greatest", "as great as \"least\"");
    }
  }

  void readSlots(const Json& in, const char* name, std::vector<Slot>& slots) {
    for (const Json& slot : list(in, name))
      readSlot(slot, slots.emplace_back());
  }

  void readText(const Json& in) {
    Text& result = profile_.texts.emplace_back();
    result.source = text(in, "source");
    result.fileName = text(in, "file");
    std::optional<TextMode> mode = modeOfName(text(in, "mode"));
    if (!mode)
      return complain("mode", "one of compile()'s");
    result.mode = *mode;
    result.futureFlags = number32(in, "flags");
    result.optimize = number32(in, "optimize");
  }

  void readFunction(const Json& in) {
    Function& function = profile_.functions.emplace_back();
    function.module = text(in, "module");
    function.name = text(in, "name");
    function.ordinal = number32(in, "ordinal");
    function.hash = hash(in);
    function.firstLine = number32(in, "line");
    function.calls = number(in, "calls");
    readSlots(in, "parameters", function.parameters);
    for (const Json& inSite : list(in, "sites")) {
      Site& site = function.sites.emplace_back();
      site.word = number32(inSite, "word");
      site.line = number32(inSite, "line");
      site.count = number(inSite, "count");
      readSlots(inSite, "slots", site.slots);
      if (find(inSite, "exits"))
        site.exits = number(inSite, "exits");
    }
  }

  Profile& profile_;
  std::string problem_;
  std::unordered_map<std::string, uint32_t> types_;
};

} // namespace

std::string toJson(const Profile& profile) {
  return JsonWriter(profile).run();
}

bool fromJson(const std::string& text, Profile& profile, std::string& error) {
  Json root = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (root.is_discarded()) {
    error = "is not JSON, or is cut off";
    return false;
  }
  profile = {};
  if (!JsonReader(profile).run(root, error))
    return false;
  normalize(profile);
  return true;
}

} // namespace pyc::profile
