# Class and mapping patterns, alternatives.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(s, A):
    match s:
        case A(1, z=[p]) | {"k": p}:
            return p
        case {**rest}:
            return rest
        case None | True | "s" | A.b as w:
            return w
