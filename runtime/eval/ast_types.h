// Python's classes of syntax trees (what the module _ast has), and trees made of their instances.
#pragma once

#include "runtime/eval/ast_schema.h"
#include "runtime/objects/type.h"

namespace pyc::rt {

extern TypeObject astType;

/// Makes the classes unless they are there; false with an exception. The others below call it.
bool makeAstClasses();
/// After makeAstClasses().
TypeObject* astClass(AstClass id);
/// The shared instance of an operator or context.
Ref astConstant(AstClass id);
/// The class itself is one of the abstract ones, or AST.
bool isAbstractAstClass(Value type);

/// A tree of the frontend as Python objects: an instance of Module, Expression or Interactive.
Ref treeToObjects(const ast::Tree& tree);
/// Makes a tree of the frontend from Python objects; a root of the class `root` is wanted.
/// TypeError and ValueError as CPython's compile() raises them; false then.
bool objectsToTree(Value object, AstClass root, ast::Tree& tree);
/// Whether the tree is one that the grammar can make (contexts, empty bodies, constants):
/// ValueError and false where it is not.
bool checkTree(const ast::Tree& tree);

} // namespace pyc::rt
