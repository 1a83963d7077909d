# The names of built-in types that Python code alone can't get at.
import types

print(types.LazyImportType, types.CapsuleType)
print(types.LambdaType is types.FunctionType, types.MethodType, types.UnionType)
try:
    types.CapsuleType()
except TypeError as error:
    print(error)
