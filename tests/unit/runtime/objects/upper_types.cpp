// Types that the layers above the objects define, for tests that link only these: shapes refer to
// every built-in type.
#include "runtime/objects/type.h"

namespace pyc::rt {

#define PYC_UPPER_TYPE(variable)                                                                   \
  extern "C" __attribute__((weak)) constinit TypeObject variable = {.name = #variable};

PYC_UPPER_TYPE(frameType)
PYC_UPPER_TYPE(generatorType)
PYC_UPPER_TYPE(coroutineType)
PYC_UPPER_TYPE(coroutineWrapperType)
PYC_UPPER_TYPE(asyncGeneratorType)
PYC_UPPER_TYPE(asyncGenSendType)
PYC_UPPER_TYPE(asyncGenThrowType)
PYC_UPPER_TYPE(asyncGenWrappedType)
PYC_UPPER_TYPE(anextAwaitableType)
PYC_UPPER_TYPE(lazyImportType)
PYC_UPPER_TYPE(memoryViewType)
PYC_UPPER_TYPE(memoryIteratorType)
PYC_UPPER_TYPE(weakReferenceType)
PYC_UPPER_TYPE(weakProxyType)
PYC_UPPER_TYPE(weakCallableProxyType)
PYC_UPPER_TYPE(typeVarType)
PYC_UPPER_TYPE(typeVarTupleType)
PYC_UPPER_TYPE(typeAliasType)
PYC_UPPER_TYPE(paramSpecType)
PYC_UPPER_TYPE(paramSpecArgsType)
PYC_UPPER_TYPE(paramSpecKwargsType)
PYC_UPPER_TYPE(templateType)
PYC_UPPER_TYPE(templateIteratorType)
PYC_UPPER_TYPE(interpolationType)
PYC_UPPER_TYPE(sentinelType)

} // namespace pyc::rt
