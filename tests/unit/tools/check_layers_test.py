import unittest

from tool_test import FolderTest
from check_layers import Layers, offences

LAYERS = """
runtime/base:
uop: runtime/base
dialects/uop: uop
dialects/uop/uop_dialect: dialects/uop llvm
runtime/objects: runtime/base   # a comment
"""


class OffencesTest(FolderTest):
    def offences(self, path, text):
        self.write("docs/layers.txt", LAYERS)
        self.write(path, text)
        return list(offences(self.folder))

    def test_a_library_may_include_itself_and_what_it_reaches(self):
        text = '#include "uop/opcodes.h"\n#include "runtime/base/check.h"\n#include <vector>\n'
        self.assertEqual(self.offences("dialects/uop/image.cpp", text), [])

    def test_a_library_may_not_include_the_layer_above(self):
        found = self.offences("runtime/base/check.cpp", '\n# include "runtime/objects/list.h"\n')
        self.assertEqual(found, ["runtime/base/check.cpp:2: runtime/base may not use "
                                 "runtime/objects (runtime/objects/list.h)"])

    def test_only_those_who_reach_llvm_may_include_it(self):
        text = "#include <mlir/IR/Builders.h>\n"
        self.assertEqual(self.offences("dialects/uop/uop_dialect.cpp", text), [])
        self.assertEqual(len(self.offences("dialects/uop/image.h", text)), 1)

    def test_every_source_needs_a_library(self):
        found = self.offences("profiler/format/reader.cpp", "")
        self.assertEqual(found, ["profiler/format/reader.cpp: belongs to no library of "
                                 "docs/layers.txt"])


class LayersTest(unittest.TestCase):
    def test_a_cycle_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "cycle: a -> b -> a"):
            Layers("a: b\nb: a\n")

    def test_an_unknown_library_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "a uses c"):
            Layers("a: c\n")

    def test_a_name_does_not_claim_a_longer_word(self):
        self.assertIsNone(Layers("runtime/jit:").library_of("runtime/jitter/a.h"))


if __name__ == "__main__":
    unittest.main()
