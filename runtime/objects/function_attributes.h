// The attributes of functions (__name__, __defaults__, __annotations__, ...).
#pragma once

#include "runtime/objects/function.h"

namespace pyc::rt {

inline constexpr size_t kFunctionGetSetCount = 10;
extern const GetSetDef functionGetSets[kFunctionGetSetCount];
inline constexpr size_t kFunctionMemberCount = 3;
extern const MemberDef functionMembers[kFunctionMemberCount];

/// FunctionObject::directArgs of functions with this code.
uint32_t directArgsOf(const CodeObject* code);

} // namespace pyc::rt
