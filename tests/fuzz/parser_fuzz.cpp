// Feeds any bytes to the frontend's syntax half: it must neither crash nor hang, a failed parse
// must have an error, and what parses must print.
#include "compiler/frontend/diag/render.h"
#include "compiler/frontend/lex/token_dump.h"
#include "compiler/frontend/parse/dump.h"
#include "compiler/frontend/parse/parser.h"
#include "runtime/base/check.h"

#include <cstdint>

using namespace pyc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0)
    return 0;
  // The first byte chooses how the rest is read.
  ParseOptions options;
  options.mode = static_cast<ParseMode>(data[0] % 3);
  options.allowIncompleteInput = data[0] & 0x10;
  options.dontImplyDedent = data[0] & 0x20;
  options.barryAsFlufl = data[0] & 0x40;
  options.maxErrors = data[0] & 0x80 ? 20 : 1;
  auto form = static_cast<SourceForm>((data[0] >> 2) % 3);
  std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  DiagnosticSink sink;
  Source source;
  if (readSource(std::move(text), "fuzz.py", form, sink, source)) {
    ParseResult result = parse(source, options, sink);
    PYC_CHECK(bool(result) == (sink.errorCount() == 0));
    if (result)
      dumpAst(result.tree, {true});
    dumpTokens(source, lex(source));
  } else {
    PYC_CHECK(sink.errorCount() == 1);
  }
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    renderPython(diagnostic, source);
    renderCompiler(diagnostic, source);
  }
  return 0;
}
