#!/usr/bin/env python3
"""Writes CPython's syntax trees of Python files beside them: x.py's as x.tree.

    python3.15 update_trees.py tests/unit/compiler/frontend/parse/trees/*.py

Run it with the CPython whose trees are wanted. positions.py's tree has the nodes' positions.
"""
import ast
import sys
import warnings

warnings.simplefilter("ignore")
for path in sys.argv[1:]:
    with open(path, "rb") as source:
        tree = ast.parse(source.read(), path)
    dump = ast.dump(tree, indent=2, include_attributes=path.endswith("positions.py"))
    with open(path[:-3] + ".tree", "w", encoding="utf-8") as out:
        out.write(dump + "\n")
