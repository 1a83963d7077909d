# contextvars: contexts, variables, tokens.
import contextvars
import gc
import weakref
from contextvars import Context, ContextVar, Token, copy_context


def t(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)).split(" at 0x")[0])
    except Exception as error:
        print(type(error).__name__, str(error).split(" at 0x")[0])


c = ContextVar("c")
d = ContextVar("d", default=[1])
t(Token), t(ContextVar), t(ContextVar, 1), t(ContextVar, "a", x=1), t(Context, 1), t(c.reset, 1)
t(c.get), t(c.get, 5), t(d.get), t(c.__repr__), t(d.__repr__)
token = c.set(1)
t(token.__repr__), print(token.old_value, token.var is c, Token.MISSING is token.old_value)
t(d.reset, token), t(copy_context().run, c.reset, token), t(c.reset, token), t(c.reset, token), t(c.get)
with c.set(3) as token:
    print(c.get(), token.var is c)
t(c.get)

variables = [ContextVar(str(i)) for i in range(200)]
empty = copy_context()
for i, v in enumerate(variables):
    v.set(i)
full = copy_context()
print(len(full) - len(empty), all(full[v] == i for i, v in enumerate(variables)), variables[0] in empty)
print(sorted(full.values()) == list(range(200)), full == copy_context(), full == empty, full != 1)
print(len(list(full)), len(list(full.keys())), full.get(c), full.get(variables[3]))
t(full.__getitem__, c), t(full.get, 1), t(full.__contains__, "a"), t(full.run), t(hash, full), t(lambda: full < full)
inner = full.copy()
print(inner.run(lambda: (variables[7].set("x"), variables[7].get())[1]), variables[7].get(), inner[variables[7]], full[variables[7]])
t(inner.run, inner.run, len)
tokens = inner.run(lambda: [v.set(None) for v in variables])
inner.run(lambda: [v.reset(token) for v, token in zip(variables, tokens)])
print(inner[variables[9]], len(inner), full == inner)


class Loop:
    pass


loop, context = Loop(), Context()
context.run(c.set, loop)
loop.context = context
w, wc = weakref.ref(loop), weakref.ref(context)
del loop, context
gc.collect()
print(w(), wc(), ContextVar[int], type(iter(full)))
