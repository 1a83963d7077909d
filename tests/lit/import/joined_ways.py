# RUN: %pyc profile run -o %t.pycprof %s
# RUN: %pyc build --emit=mlir-import --profile-use=%t.pycprof %s | FileCheck %s
# RUN: %pyc build --emit=mlir --profile-use=%t.pycprof %s | FileCheck %s --check-prefix=PASSES
# REQUIRES: compiler

# What is made where ways meet is seen by what reads it behind them.


class Switch:
    def __init__(self, on, ready):
        self.on = on
        self.ready = ready

    # CHECK-LABEL: func.func @__main__.Switch.works
    # CHECK-COUNT-2: uop.load_attr {{.*}}seen = {{\[\[}}"bool"]
    # PASSES-LABEL: func.func @__main__.Switch.works
    # PASSES-COUNT-2: uop.load_slot_bool
    # PASSES-NOT: uop.load_slot %
    # PASSES: return
    def works(self):
        return self.on or self.ready


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    # CHECK-LABEL: func.func @__main__.Point.larger
    # CHECK-COUNT-4: uop.load_attr {{.*}}seen = {{\[\[}}"float"]
    # PASSES-LABEL: func.func @__main__.Point.larger
    # PASSES-COUNT-4: uop.load_slot_float
    # PASSES-NOT: uop.load_slot %
    # PASSES: return
    def larger(self):
        return (self.x if self.x > self.y else self.y) * 2.0


def main():
    count = 0
    total = 0.0
    for i in range(200):
        count += Switch(i % 3 == 0, i % 5 == 0).works()
        total += Point(i * 1.0, 100.0).larger()
    print(count, total)


main()
