#include "tests/unit/profiler/format/samples.h"

namespace pyc::profile {

Profile onlyFunction(Function function, std::vector<std::string> types) {
  Profile profile;
  profile.program = "prog.py";
  profile.types = std::move(types);
  profile.functions.push_back(std::move(function));
  return profile;
}

Profile sampleProfile() {
  Slot number{{{0, 90}, {1, 7}}, 3, -5, 1 << 20};
  Slot extreme{{{0, UINT64_MAX}}, 0, INT64_MIN, INT64_MAX};
  Slot odd{{{2, 1}, {3, 1}}, 0, INT64_MAX, INT64_MIN};
  Profile profile =
      onlyFunction({"__main__", "C.f", 2, 0xFEDCBA9876543210, 12, 100, {number, Slot(), odd}, {}},
                   {"int", "instance __main__:C{a,b}@24", "text \"quoted\" \xC3\xA4", "float"});
  profile.functions[0].sites = {{0, 0, 100, {number}}, {3, 1, UINT64_MAX, {Slot(), extreme}, 17}};
  profile.functions.push_back({"pkg.mod", "<lambda>", 0, 1, 1, 0, {}, {}});
  profile.texts = {{"def f(): \"\xC3\xA4\"\n", "<string>", TextMode::Exec, 0, 0},
                   {"1 + 1", "made.py", TextMode::Eval, 0x1000000, 2}};
  for (const Text& text : profile.texts)
    profile.functions.push_back({textName(text), "f", 0, 2, 1, 9, {}, {}});
  profile.runs = 3;
  normalize(profile);
  return profile;
}

} // namespace pyc::profile
