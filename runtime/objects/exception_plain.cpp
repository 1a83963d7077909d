// The exception types that add nothing to their base.
#include "runtime/objects/exception_fields.h"

namespace pyc::rt {

#define PYC_PLAIN_EXCEPTION(id, variable, baseVariable, text)                                      \
  extern "C" constinit TypeObject variable = {                                                     \
      .name = #id,                                                                                 \
      .base = &baseVariable,                                                                       \
      .basicSize = sizeof(ExceptionObject),                                                        \
      .flags = kExceptionFlags,                                                                    \
      .doc = text,                                                                                 \
  };

PYC_PLAIN_EXCEPTION(Exception, exceptionType, baseExceptionType,
                    "Common base class for all non-exit exceptions.")
PYC_PLAIN_EXCEPTION(GeneratorExit, generatorExitType, baseExceptionType,
                    "Request that a generator exit.")
PYC_PLAIN_EXCEPTION(KeyboardInterrupt, keyboardInterruptType, baseExceptionType,
                    "Program interrupted by user.")
PYC_PLAIN_EXCEPTION(ArithmeticError, arithmeticErrorType, exceptionType,
                    "Base class for arithmetic errors.")
PYC_PLAIN_EXCEPTION(FloatingPointError, floatingPointErrorType, arithmeticErrorType,
                    "Floating-point operation failed.")
PYC_PLAIN_EXCEPTION(OverflowError, overflowErrorType, arithmeticErrorType,
                    "Result too large to be represented.")
PYC_PLAIN_EXCEPTION(ZeroDivisionError, zeroDivisionErrorType, arithmeticErrorType,
                    "Second argument to a division or modulo operation was zero.")
PYC_PLAIN_EXCEPTION(AssertionError, assertionErrorType, exceptionType, "Assertion failed.")
PYC_PLAIN_EXCEPTION(BufferError, bufferErrorType, exceptionType, "Buffer error.")
PYC_PLAIN_EXCEPTION(EOFError, eofErrorType, exceptionType, "Read beyond end of file.")
PYC_PLAIN_EXCEPTION(LookupError, lookupErrorType, exceptionType, "Base class for lookup errors.")
PYC_PLAIN_EXCEPTION(IndexError, indexErrorType, lookupErrorType, "Sequence index out of range.")
PYC_PLAIN_EXCEPTION(MemoryError, memoryErrorType, exceptionType, "Out of memory.")
PYC_PLAIN_EXCEPTION(ReferenceError, referenceErrorType, exceptionType,
                    "Weak ref proxy used after referent went away.")
PYC_PLAIN_EXCEPTION(RuntimeError, runtimeErrorType, exceptionType, "Unspecified run-time error.")
PYC_PLAIN_EXCEPTION(NotImplementedError, notImplementedErrorType, runtimeErrorType,
                    "Method or function hasn't been implemented yet.")
PYC_PLAIN_EXCEPTION(PythonFinalizationError, pythonFinalizationErrorType, runtimeErrorType,
                    "Operation blocked during Python finalization.")
PYC_PLAIN_EXCEPTION(RecursionError, recursionErrorType, runtimeErrorType,
                    "Recursion limit exceeded.")
PYC_PLAIN_EXCEPTION(StopAsyncIteration, stopAsyncIterationType, exceptionType,
                    "Signal the end from iterator.__anext__().")
PYC_PLAIN_EXCEPTION(SystemError, systemErrorType, exceptionType,
                    "Internal error in the Python interpreter.\n\n"
                    "Please report this to the Python maintainer, along with the traceback,\n"
                    "the Python version, and the hardware/OS platform and version.")
PYC_PLAIN_EXCEPTION(TypeError, typeErrorType, exceptionType, "Inappropriate argument type.")
PYC_PLAIN_EXCEPTION(ValueError, valueErrorType, exceptionType,
                    "Inappropriate argument value (of correct type).")
PYC_PLAIN_EXCEPTION(UnicodeError, unicodeErrorType, valueErrorType, "Unicode related error.")
PYC_PLAIN_EXCEPTION(Warning, warningType, exceptionType, "Base class for warning categories.")
PYC_PLAIN_EXCEPTION(BytesWarning, bytesWarningType, warningType,
                    "Base class for warnings about bytes and buffer related problems, mostly\n"
                    "related to conversion from str or comparing to str.")
PYC_PLAIN_EXCEPTION(DeprecationWarning, deprecationWarningType, warningType,
                    "Base class for warnings about deprecated features.")
PYC_PLAIN_EXCEPTION(EncodingWarning, encodingWarningType, warningType,
                    "Base class for warnings about encodings.")
PYC_PLAIN_EXCEPTION(FutureWarning, futureWarningType, warningType,
                    "Base class for warnings about constructs that will change semantically\n"
                    "in the future.")
PYC_PLAIN_EXCEPTION(ImportWarning, importWarningType, warningType,
                    "Base class for warnings about probable mistakes in module imports")
PYC_PLAIN_EXCEPTION(PendingDeprecationWarning, pendingDeprecationWarningType, warningType,
                    "Base class for warnings about features which will be deprecated\n"
                    "in the future.")
PYC_PLAIN_EXCEPTION(ResourceWarning, resourceWarningType, warningType,
                    "Base class for warnings about resource usage.")
PYC_PLAIN_EXCEPTION(RuntimeWarning, runtimeWarningType, warningType,
                    "Base class for warnings about dubious runtime behavior.")
PYC_PLAIN_EXCEPTION(SyntaxWarning, syntaxWarningType, warningType,
                    "Base class for warnings about dubious syntax.")
PYC_PLAIN_EXCEPTION(UnicodeWarning, unicodeWarningType, warningType,
                    "Base class for warnings about Unicode related problems, mostly\n"
                    "related to conversion problems.")
PYC_PLAIN_EXCEPTION(UserWarning, userWarningType, warningType,
                    "Base class for warnings generated by user code.")

} // namespace pyc::rt
