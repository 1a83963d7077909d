#include "runtime/objects/array_object.h"

namespace pyc::rt {

extern "C" {
constinit ShapeRef pycArrayShape = 0, pycArrayIteratorShape = 0;
}

} // namespace pyc::rt
