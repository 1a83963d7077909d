// What decimal_current.cpp has of decimal_context.cpp and gives to the module itself.
#pragma once

#include "runtime/modules/decimal_objects.h"

namespace pyc::rt {

/// decimal.DefaultContext: what a thread's first context is a copy of.
const DecimalContext* defaultDecimalContext();
/// Whether it is one of the module's contexts, which never become the current one themselves.
bool isContextTemplate(Value context);

/// The context variable that has the current context; once.
bool makeContextVariable();
/// localcontext(context, **keywords)
Ref makeLocalContext(Value context, DictObject* keywords);

} // namespace pyc::rt
