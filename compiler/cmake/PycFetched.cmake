# What is fetched rather than installed. Result:
#   PYC_STDLIB_DIR     folder of the standard library's modules (CPython 3.15's where it can be had)
#   PYC_MIMALLOC_DIR   mimalloc's source, empty where it cannot be had
#   pyc_mimalloc       the allocator as a target: a static library that leaves malloc alone
#   pyc_mpdecimal      libmpdec as a static library; no such target where its source cannot be had
#   fetched.h          says to C++ which of these are there (PYC_HAS_MPDECIMAL)

# pyc_fetch(WHAT FILE): run fetch.sh unless FILE is there; a failure is the caller's to handle.
function(pyc_fetch what file)
  if(NOT EXISTS ${file})
    execute_process(COMMAND ${CMAKE_COMMAND} -E env PYC_ATTEMPTS=1
                    ${CMAKE_SOURCE_DIR}/compiler/scripts/fetch.sh ${what})
  endif()
endfunction()

if(NOT PYC_STDLIB_DIR)
  set(fetched ${CMAKE_SOURCE_DIR}/build/stdlib/python3.15)
  pyc_fetch(stdlib ${fetched}/os.py)
  if(NOT EXISTS ${fetched}/os.py)
    file(GLOB installed /usr/lib/python3.1[1-9]/os.py)
    list(SORT installed COMPARE NATURAL ORDER DESCENDING)
    if(NOT installed)
      message(FATAL_ERROR "No standard library: fetching CPython 3.15's failed and no CPython from "
        "3.11 on is installed. Run ./x setup, or give one with -DPYC_STDLIB_DIR=DIR.")
    endif()
    list(GET installed 0 fetched)
    get_filename_component(fetched ${fetched} DIRECTORY)
    message(WARNING "CPython 3.15's library could not be fetched; using ${fetched}. "
      "Run ./x setup to try again.")
    set(PYC_STDLIB_DIR ${fetched}) # for this configure only, so that the next one tries again
  else()
    set(PYC_STDLIB_DIR ${fetched} CACHE PATH "The standard library's Python modules")
  endif()
endif()

# pyc looks for the library beside itself, in every build folder.
if(NOT EXISTS ${CMAKE_BINARY_DIR}/stdlib)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/stdlib)
  file(CREATE_LINK ${PYC_STDLIB_DIR} ${CMAKE_BINARY_DIR}/stdlib/python3.15 SYMBOLIC)
endif()

set(PYC_MIMALLOC_DIR ${CMAKE_SOURCE_DIR}/build/deps/mimalloc)
pyc_fetch(mimalloc ${PYC_MIMALLOC_DIR}/src/static.c)
if(EXISTS ${PYC_MIMALLOC_DIR}/src/static.c)
  add_library(pyc_mimalloc STATIC ${PYC_MIMALLOC_DIR}/src/static.c)
  target_include_directories(pyc_mimalloc SYSTEM PUBLIC ${PYC_MIMALLOC_DIR}/include)
  target_compile_options(pyc_mimalloc PRIVATE -O2 -w -ftls-model=initial-exec)
  target_compile_definitions(pyc_mimalloc PRIVATE
    $<$<STREQUAL:${PYC_SANITIZE},address>:MI_ASAN=1>
    $<$<STREQUAL:${PYC_SANITIZE},thread>:MI_TSAN=1>
    PUBLIC PYC_STATIC_MIMALLOC)
else()
  set(PYC_MIMALLOC_DIR "")
  find_library(PYC_MIMALLOC_SHARED mimalloc)
  if(NOT PYC_MIMALLOC_SHARED)
    message(FATAL_ERROR "mimalloc's source could not be fetched and libmimalloc is not installed. "
      "Run ./x setup with a network, or install the Debian package libmimalloc-dev.")
  endif()
  message(WARNING "mimalloc's source could not be fetched: executables will need libmimalloc.so.")
  add_library(pyc_mimalloc INTERFACE)
  target_link_libraries(pyc_mimalloc INTERFACE ${PYC_MIMALLOC_SHARED})
endif()

set(mpdecimal ${CMAKE_SOURCE_DIR}/build/deps/mpdecimal/libmpdec)
pyc_fetch(mpdecimal ${mpdecimal}/mpdecimal.c)
set(PYC_HAS_MPDECIMAL 0)
if(EXISTS ${mpdecimal}/mpdecimal.c)
  set(PYC_HAS_MPDECIMAL 1)
  # What its configure script finds out on the 64-bit systems that pyc is for.
  set(MPD_HEADER_CONFIG "#define MPD_CONFIG_64 1")
  configure_file(${mpdecimal}/mpdecimal.h.in ${CMAKE_BINARY_DIR}/mpdecimal/mpdecimal.h @ONLY)
  set(sources "")
  foreach(part basearith constants context convolute crt difradix2 fnt fourstep io mpalloc mpdecimal
               mpsignal numbertheory sixstep transpose)
    list(APPEND sources ${mpdecimal}/${part}.c)
  endforeach()
  add_library(pyc_mpdecimal STATIC ${sources})
  target_include_directories(pyc_mpdecimal SYSTEM PUBLIC ${CMAKE_BINARY_DIR}/mpdecimal)
  target_compile_options(pyc_mpdecimal PRIVATE -O2 -w)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|amd64|AMD64)$")
    target_compile_definitions(pyc_mpdecimal PRIVATE CONFIG_64 ASM)
  else()
    target_compile_definitions(pyc_mpdecimal PRIVATE CONFIG_64 ANSI HAVE_UINT128_T)
  endif()
else()
  message(WARNING "libmpdec's source could not be fetched: there will be no module _decimal, and "
    "decimal is the slower one in Python. Run ./x setup to try again.")
endif()
configure_file(${CMAKE_SOURCE_DIR}/compiler/cmake/fetched.h.in ${CMAKE_BINARY_DIR}/include/fetched.h)
