# Compiler flags shared by every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release" FORCE)
endif()
# Checks stay on in Release where they are PYC_CHECK; NDEBUG only drops PYC_DCHECK.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

find_program(PYC_CCACHE ccache)
if(PYC_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros ${PYC_CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wno-unused-parameter -fno-strict-aliasing
                    -ffunction-sections -fdata-sections -fno-omit-frame-pointer)
add_link_options(-fuse-ld=lld -Wl,--gc-sections)
if(PYC_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(PYC_SANITIZE)
  add_compile_options(-fsanitize=${PYC_SANITIZE} -fno-sanitize-recover=all -g)
  add_link_options(-fsanitize=${PYC_SANITIZE})
endif()
