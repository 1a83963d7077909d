#include "runtime/threads/thread_state.h"

namespace pyc::rt {

extern "C" constinit thread_local ThreadState pycThread __attribute__((tls_model("local-exec"))){};

} // namespace pyc::rt
