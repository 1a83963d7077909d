# warnings: filters, registries, contexts; the runtime's own warnings obey them.
import _warnings
import warnings


def t(function, *args, **keywords):
    try:
        print(function.__name__, function(*args, **keywords))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


w = _warnings
t(w._release_lock), t(w._filters_mutated_lock_held)
t(w.warn, "x", 1), t(w.warn, "x", int), t(w.warn, "x", skip_file_prefixes=[]), t(w.warn, "x", skip_file_prefixes=(1,))
t(w.warn), t(w.warn_explicit, "a", 1, "f", 1), t(w.warn_explicit, "a", UserWarning, 1, 2)
t(w.warn_explicit, "a", UserWarning, "f.py", 2, registry=1)
for action in ("default", "always", "module", "once", "ignore", "error", "all"):
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter(action)
        registry = {}
        for line in (1, 1, 2):
            t(warnings.warn_explicit, "text", UserWarning, "file.py", line, "mod", registry)
        print(action, [m.lineno for m in log], len(registry))
with warnings.catch_warnings(record=True) as log:
    warnings.resetwarnings()
    warnings.filterwarnings("ignore", "quiet", UserWarning)
    warnings.filterwarnings("error", category=SyntaxWarning)
    warnings.warn("quiet please"), warnings.warn("loud"), warnings.warn(BytesWarning("b"))
    t(compile, "1 is 1", "f", "eval")
    t(lambda: ~True)
    print([(m.category.__name__, str(m.message)) for m in log])
for bad in ((1, None, UserWarning, None, 0), ("zz", None, UserWarning, None, 0)):
    warnings.filters.insert(0, bad)
    warnings._filters_mutated()
    t(w.warn, "q")
    del warnings.filters[0]


