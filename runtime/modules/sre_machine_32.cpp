// The machine for texts of 4 bytes a character.
#include "runtime/modules/sre_machine_run.h"

namespace pyc::rt::sre {

template Outcome matchText<uint32_t>(Matching& matching, int64_t at, bool full, bool mustAdvance);
template Outcome searchText<uint32_t>(Matching& matching, int64_t from, bool mustAdvance);

} // namespace pyc::rt::sre
