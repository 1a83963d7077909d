# What platform says of the implementation: sys.version has the form that it takes apart.
import platform
import sys

print(platform.python_implementation(), platform.python_version_tuple()[:2])
print(sys.version.split()[0] == platform.python_version(), len(platform.python_build()))
print(platform.python_compiler() in sys.version, platform.system() == "Linux")
