# A generator's function is entered by a switch: its start, or behind one of its yields.
# RUN: %pyc build --emit=mlir-import %s | FileCheck %s
# REQUIRES: compiler

# CHECK-LABEL: func.func @__main__.pair(
# CHECK-SAME: %[[SELF:.*]]: !uop.value, %[[REGISTERS:.*]]: i64, %[[WHERE:.*]]: i64, %[[SENT:.*]]: !uop.value)
# CHECK: cf.switch %[[WHERE]] : i64, [
# CHECK-NEXT: default: ^[[OTHER:bb[0-9]+]],
# CHECK-NEXT: 0: ^[[START:bb[0-9]+]],
# CHECK-NEXT: {{[0-9]+}}: ^[[FIRST:bb[0-9]+]],
# CHECK-NEXT: {{[0-9]+}}: ^[[SECOND:bb[0-9]+]]
# CHECK: ^[[START]]:
# CHECK: %[[A:.*]] = uop.load_register %[[REGISTERS]] -1
# CHECK: uop.suspend state(
# CHECK-NEXT: return %
# CHECK: ^[[FIRST]]:
# CHECK-NEXT: uop.load_register %[[REGISTERS]] -1
# CHECK: uop.suspend
# CHECK: ^[[SECOND]]:
# CHECK: ^[[OTHER]]:
# CHECK-NEXT: %[[RESULT:.*]] = uop.resume_interpreted %[[SELF]] %[[REGISTERS]] %[[SENT]]
# CHECK-NEXT: return %[[RESULT]]
def pair(a):
    yield a
    yield a + 1


# CHECK-LABEL: func.func @__main__.delegate(
# CHECK: %[[RESULT:.*]], %[[YIELDED:.*]] = uop.send
# CHECK: cf.cond_br %[[YIELDED]], ^[[YIELDED:bb[0-9]+]], ^{{bb[0-9]+}}
# CHECK: ^[[YIELDED]]:
# CHECK: uop.suspend
# CHECK-NEXT: return %[[RESULT]]
def delegate(a):
    return (yield from a)
