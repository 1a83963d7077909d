// The passes on the `uop` dialect, in the order of the pipeline. Each runs alone with `pyc opt`.
#pragma once

#include "mlir/Pass/Pass.h"

#include <memory>

namespace pyc {

/// -place-guards: guards from what a profile saw; erases uop.observe.
std::unique_ptr<mlir::Pass> createPlaceGuards();
/// -specialize-attributes: attributes by offset, behind guards of the object's shape.
std::unique_ptr<mlir::Pass> createSpecializeAttributes();
/// -expand-reductions: turns sum, any and all of a generator expression into loops.
std::unique_ptr<mlir::Pass> createExpandReductions();
/// -inline-generators: runs generators inside of the loops that consume them.
std::unique_ptr<mlir::Pass> createInlineGenerators();
/// -self-calls: a global that names the running function is `self`.
std::unique_ptr<mlir::Pass> createSelfCalls();
/// -typed-entries: passes numbers in registers to functions that a profile knows.
std::unique_ptr<mlir::Pass> createTypedEntries();
/// -known-methods: methods of known classes and of str, bytes and set come from cells, and their
/// objects are not counted.
std::unique_ptr<mlir::Pass> createKnownMethods();
/// -known-properties: properties of known classes are calls of the functions that get and set them.
std::unique_ptr<mlir::Pass> createKnownProperties();
std::unique_ptr<mlir::Pass> createKnownItems();
/// -known-managers: __enter__ and __exit__ of known classes come from cells.
std::unique_ptr<mlir::Pass> createKnownManagers();
/// -number-functions: where loops call functions that only compute with numbers, these are
/// expected.
std::unique_ptr<mlir::Pass> createNumberFunctions();
/// -borrow-loads: attributes and items that are only looked at are not counted.
std::unique_ptr<mlir::Pass> createBorrowLoads();
/// -merge-additions: attributes that are added in a row have one guard.
std::unique_ptr<mlir::Pass> createMergeAdditions();
/// -merge-guards: takes away guards of what is known already.
std::unique_ptr<mlir::Pass> createMergeGuards();
/// -move-counts: values that end behind a store hand their count over to the attribute.
std::unique_ptr<mlir::Pass> createMoveCounts();
/// -list-loops: loops over lists of numbers take the numbers from the lists.
std::unique_ptr<mlir::Pass> createListLoops();
/// -typed-loops: splits loops from where their variables have become numbers.
std::unique_ptr<mlir::Pass> createTypedLoops();
/// -list-views: loops find out before they begin where the items of lists lie.
std::unique_ptr<mlir::Pass> createListViews();
std::unique_ptr<mlir::Pass> createHoistChecks();
std::unique_ptr<mlir::Pass> createDropIntChecks();
/// -prune-block-arguments: removes block arguments that have one incoming value.
std::unique_ptr<mlir::Pass> createPruneBlockArguments();
/// -range-loops: `for i in range(...)` becomes a counted loop behind guards.
std::unique_ptr<mlir::Pass> createRangeLoops();
/// -inline-functions: code of small functions that take apart what others make, in their callers.
std::unique_ptr<mlir::Pass> createInlineFunctions();
/// -virtual-objects: does not make tuples and instances that nobody sees.
std::unique_ptr<mlir::Pass> createVirtualObjects();
/// -unpack-items: items of tuples and lists that are unpacked are loaded in line.
std::unique_ptr<mlir::Pass> createUnpackItems();
/// -unbox: infers which values are ints, floats and bools and keeps them in machine registers.
std::unique_ptr<mlir::Pass> createUnbox();
/// Slices that are stored in other slices, taken right before that (sink_slices.cpp).
std::unique_ptr<mlir::Pass> createSinkSlices();

/// -explain-general: changes nothing; remarks on guards and on what stayed general.
std::unique_ptr<mlir::Pass> createExplainGeneral();

/// Makes the passes known to `pyc opt`.
void registerUopPasses();

} // namespace pyc
