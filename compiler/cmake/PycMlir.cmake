# Finds LLVM and MLIR and defines pyc_mlir_library(), for the compiler's side only.
find_package(MLIR 22.1 REQUIRED CONFIG HINTS /usr/lib/llvm-22/lib/cmake/mlir)

# Same as pyc_library, with MLIR's headers in reach and a shared precompiled header.
function(pyc_mlir_library name)
  pyc_library(${name} ${ARGN})
  target_include_directories(${name} SYSTEM PUBLIC ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
  target_link_libraries(${name} PUBLIC MLIR LLVM)
  # LLVM's own build uses RTTI, and so do we where its classes are derived from.
  target_compile_options(${name} PRIVATE -frtti)
endfunction()
