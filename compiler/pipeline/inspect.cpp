#include "compiler/pipeline/inspect.h"

#include "compiler/frontend/diag/render.h"
#include "compiler/frontend/lex/token_dump.h"
#include "compiler/frontend/parse/dump.h"
#include "compiler/pipeline/module_graph.h"
#include "compiler/pipeline/toolchain.h"
#include "dialects/uop/disassemble.h"

#include <cstdio>

namespace pyc {

static int write(const std::string& text, const std::string& output) {
  std::string error;
  if (writeOutput(output, text, error))
    return 0;
  std::fprintf(stderr, "pyc: error: %s\n", error.c_str());
  return 1;
}

int emitFrontend(const std::string& file, const std::string& what, const std::string& output) {
  ParsedFile parsed;
  if (!parseFile(file, parsed))
    return 1;
  if (what == "tokens")
    return write(dumpTokens(parsed.source, lex(parsed.source)), output);
  if (what == "ast")
    return write(dumpAst(parsed.parsed.tree), output);
  std::vector<uint64_t> image;
  if (!compileFile(parsed, image))
    return 1;
  return write(uop::disassemble(uop::ImageView(image.data())), output);
}

} // namespace pyc
