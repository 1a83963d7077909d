#!/usr/bin/env python3
"""Runs Python programs by interpreting their uops, on CPython's objects.

usage: uop_interpreter.py TOOL UOPS_JSON PROGRAM.py [ARG...]
       uop_interpreter.py TOOL UOPS_JSON --module NAME PROGRAM.py

A second, plain reading of what each uop means, for testing the frontend without the runtime: TOOL
(frontend_tool) compiles the program, and every function, class and comprehension of it runs here.
What the program imports is CPython's. Needs CPython 3.15.
"""
import builtins
import inspect
import operator
import subprocess
import sys
import types
import typing

import uop_image as image

NULL = type("Null", (), {"__repr__": lambda self: "<null>"})()

BINARY = {"add": operator.add, "sub": operator.sub, "mul": operator.mul,
          "matmul": operator.matmul, "truediv": operator.truediv, "floordiv": operator.floordiv,
          "mod": operator.mod, "pow": operator.pow, "lshift": operator.lshift,
          "rshift": operator.rshift, "and": operator.and_, "or": operator.or_,
          "xor": operator.xor, "lt": operator.lt, "le": operator.le, "eq": operator.eq,
          "ne": operator.ne, "gt": operator.gt, "ge": operator.ge, "is": operator.is_,
          "is_not": operator.is_not, "contains": lambda a, b: a in b,
          "not_contains": lambda a, b: a not in b, "load_item": operator.getitem,
          "inplace_add": operator.iadd, "inplace_sub": operator.isub,
          "inplace_mul": operator.imul, "inplace_matmul": operator.imatmul,
          "inplace_truediv": operator.itruediv, "inplace_floordiv": operator.ifloordiv,
          "inplace_mod": operator.imod, "inplace_pow": operator.ipow,
          "inplace_lshift": operator.ilshift, "inplace_rshift": operator.irshift,
          "inplace_and": operator.iand, "inplace_or": operator.ior, "inplace_xor": operator.ixor}
UNARY = {"neg": operator.neg, "pos": operator.pos, "invert": operator.invert,
         "not": operator.not_, "to_bool": operator.truth, "get_iter": iter, "get_aiter": aiter,
         "get_len": len, "list_to_tuple": tuple}
COMMON = {"assertion_error": AssertionError, "not_implemented_error": NotImplementedError,
          "tuple_type": tuple, "list_type": list, "set_type": set, "builtin_all": all,
          "builtin_any": any}


class Frame:
    def __init__(self, code, globals_, namespace, closure):
        self.code, self.globals, self.namespace = code, globals_, namespace
        self.builtins = globals_.get("__builtins__", builtins)
        if isinstance(self.builtins, types.ModuleType):
            self.builtins = self.builtins.__dict__
        self.locals = [NULL] * code.local_count
        self.temps = [NULL] * code.temporary_count
        if code.free_count:
            self.locals[-code.free_count:] = closure
        self.pc = 0
        self.stack = 0  # temporaries in use, for checking


class CheckFailed(BaseException):
    """The code breaks a rule of uop_base.td."""


class Raised:
    """What a run returns when an exception leaves the frame."""

    def __init__(self, error):
        self.error = error


LEFT = object()  # what a nested run returns when its exception handler is left


class Awaited:
    """Yields one raw value out of a coroutine."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


class Interpreter:
    def __init__(self, frame):
        self.f = frame
        self.code = frame.code

    def check(self, condition, what):
        if not condition:
            raise CheckFailed(f"{self.code.qualname}, word {self.i.word}, {self.i.name}: {what}")

    # Registers.

    def get(self, reg):
        if reg >= 0:
            self.check(reg < self.f.stack, "temporary not in use")
            return self.f.temps[reg]
        value = self.f.locals[-1 - reg]
        self.check(value is not NULL, "unbound local is read")
        return value

    def take(self, reg):
        value = self.get(reg)
        if reg >= 0:
            self.consumed.append(reg)
        return value

    def take_window(self, reg, count):
        return [self.take(reg + k) for k in range(count)]

    def put(self, reg, value):
        if reg >= 0:
            self.f.temps[reg] = value
            self.produced.append(reg)
        else:
            self.f.locals[-1 - reg] = value

    def put_window(self, reg, values):
        for k, value in enumerate(values):
            self.put(reg + k, value)

    def settle(self):
        """Checks that the temporaries are a stack and gets the next instruction's depth."""
        used = set(range(self.f.stack)) - set(self.consumed) | set(self.produced)
        for reg in set(self.consumed) - set(self.produced):
            self.f.temps[reg] = NULL
        self.check(used == set(range(len(used))), f"temporaries are no stack: {used}")
        self.f.stack = len(used)

    # Running.

    def run(self):
        """A generator: yields what the code yields and returns what it returns, or Raised."""
        return (yield from self.loop())

    def loop(self):
        f = self.f
        while True:
            i = self.i = self.code.instructions[f.pc]
            self.check(f.stack == i.depth, f"{f.stack} temporaries in use, not {i.depth}")
            self.consumed, self.produced = [], []
            f.pc += 1
            try:
                if i.name == "return_value":
                    return self.take(i.args["src"])
                if i.name == "leave_handler":
                    self.take(i.args["previous"])
                    self.settle()
                    return LEFT
                if i.name == "yield_value":
                    value = self.take(i.args["src"])
                    self.put(i.args["dst"], (yield value))
                elif i.name == "yield_from":
                    iterator = self.get(i.args["iterator"])
                    result = yield from self.delegate(iterator)
                    self.f.temps[i.args["value"]] = result
                elif i.name == "enter_handler":
                    exception = self.get(i.args["exception"])
                    self.put(i.args["previous"], None)
                    self.settle()
                    result = yield from self.handle(exception)
                    if result is not LEFT:
                        return result
                    continue
                else:
                    getattr(self, "op_" + i.name, self.operation)(**i.args)
            except CheckFailed:
                raise
            except BaseException as error:
                if not self.unwind(error):
                    return Raised(error)
                continue
            self.settle()

    def delegate(self, iterator):
        if isinstance(iterator, types.CoroutineType):
            return (yield from iterator.__await__())
        return (yield from iterator)

    def unwind(self, error):
        f, i = self.f, self.i
        f.stack = i.depth
        if i.handler is None:
            return False
        target, depth = i.handler
        f.temps[depth:] = [NULL] * (len(f.temps) - depth)
        f.temps[depth] = error
        f.stack = depth + 1
        f.pc = target
        return True

    def handle(self, exception):
        """Runs a handler with `exception` as the one being handled, until it is left."""
        context, traceback = exception.__context__, exception.__traceback__
        suppress = exception.__suppress_context__
        try:
            raise exception
        except BaseException:
            exception.__context__, exception.__traceback__ = context, traceback
            exception.__suppress_context__ = suppress
            return (yield from self.loop())

    def jump(self):
        self.f.pc = self.i.target

    # Uops.

    def operation(self, **args):
        name = self.i.name
        if name in BINARY:
            first, second = [o.name for o in self.i.uop.operands if o.kind == "in"]
            a, b = self.take(args[first]), self.take(args[second])
            self.put(args["dst"], BINARY[name](a, b))
        elif name in UNARY:
            source = next(o for o in self.i.uop.operands if o.kind in ("in", "keep"))
            value = (self.take if source.kind == "in" else self.get)(args[source.name])
            self.put(args["dst"], UNARY[name](value))
        elif name.startswith("jump_if_") or name.startswith("jump_unless_"):
            wanted, op = name.startswith("jump_if_"), name.rpartition("_")[2]
            a, b = self.take(args["lhs"]), self.take(args["rhs"])
            if bool(BINARY[op](a, b)) == wanted:
                self.jump()
        else:
            raise SystemExit("no such uop: " + name)

    def op_load_const(self, dst, value):
        self.put(dst, self.code.constants[value])

    def op_move(self, dst, src):
        self.put(dst, self.take(src))

    def op_dup(self, dst, src):
        self.put(dst, self.get(src))

    def op_swap(self, a, b):
        temps = self.f.temps
        self.check(max(a, b) < self.f.stack, "temporary not in use")
        temps[a], temps[b] = temps[b], temps[a]

    def op_drop(self, src):
        self.take(src)

    def op_nop(self):
        pass

    def name_of(self, reg):
        return self.code.local_names[-1 - reg]

    def op_check_local(self, local):
        if self.f.locals[-1 - local] is NULL:
            name = self.name_of(local)
            raise UnboundLocalError(
                f"cannot access local variable '{name}' where it is not associated with a value",
                name=name)

    def op_delete_local(self, local):
        self.op_check_local(local)
        self.f.locals[-1 - local] = NULL

    def op_clear_local(self, local):
        self.f.locals[-1 - local] = NULL

    def op_jump(self, target):
        self.jump()

    def op_jump_back(self, target):
        self.jump()

    def op_jump_if_true(self, condition, target):
        if self.take(condition):
            self.jump()

    def op_jump_if_false(self, condition, target):
        if not self.take(condition):
            self.jump()

    def op_jump_if_true_keep(self, condition, target):
        if self.get(condition):
            self.jump()

    def op_jump_if_false_keep(self, condition, target):
        if not self.get(condition):
            self.jump()

    def op_jump_if_none(self, value, target):
        if self.take(value) is None:
            self.jump()

    def op_jump_if_not_none(self, value, target):
        if self.take(value) is not None:
            self.jump()

    def op_for_iter(self, dst, iterator, exhausted):
        try:
            value = next(self.get(iterator))
        except StopIteration:
            return self.jump()
        self.put(dst, value)

    # Names.

    def global_(self, name):
        try:
            return self.f.globals[name]
        except KeyError:
            pass
        try:
            return self.f.builtins[name]
        except KeyError:
            raise NameError(f"name '{name}' is not defined", name=name) from None

    def op_load_global(self, dst, name):
        self.put(dst, self.global_(self.code.names[name]))

    def op_store_global(self, src, name):
        self.f.globals[self.code.names[name]] = self.take(src)

    def op_delete_global(self, name):
        name = self.code.names[name]
        if name not in self.f.globals:
            raise NameError(f"name '{name}' is not defined", name=name)
        del self.f.globals[name]

    def op_load_name(self, dst, name):
        name = self.code.names[name]
        try:
            value = self.f.namespace[name]
        except KeyError:
            value = NULL
        self.put(dst, self.global_(name) if value is NULL else value)

    def op_store_name(self, src, name):
        self.f.namespace[self.code.names[name]] = self.take(src)

    def op_delete_name(self, name):
        name = self.code.names[name]
        try:
            del self.f.namespace[name]
        except KeyError:
            raise NameError(f"name '{name}' is not defined", name=name) from None

    def op_load_locals(self, dst):
        self.put(dst, self.f.namespace)

    def from_mapping(self, mapping, name):
        try:
            return mapping[name]
        except KeyError:
            return NULL

    def op_load_from_dict_or_globals(self, dst, mapping, name):
        name = self.code.names[name]
        value = self.from_mapping(self.take(mapping), name)
        self.put(dst, self.global_(name) if value is NULL else value)

    def op_load_from_dict_or_deref(self, dst, mapping, cell, name):
        value = self.from_mapping(self.take(mapping), self.code.names[name])
        self.put(dst, self.deref(cell) if value is NULL else value)

    def op_make_cell(self, local):
        value = self.f.locals[-1 - local]
        self.f.locals[-1 - local] = types.CellType() if value is NULL else types.CellType(value)

    def deref(self, cell):
        try:
            return self.get(cell).cell_contents
        except ValueError:
            name = self.name_of(cell)
            if self.code.local_kinds[-1 - cell] & image.FREE:
                raise NameError(f"cannot access free variable '{name}' where it is not associated"
                                " with a value in enclosing scope", name=name) from None
            raise UnboundLocalError(
                f"cannot access local variable '{name}' where it is not associated with a value",
                name=name) from None

    def op_load_deref(self, dst, cell):
        self.put(dst, self.deref(cell))

    def op_store_deref(self, cell, src):
        self.get(cell).cell_contents = self.take(src)

    def op_delete_deref(self, cell):
        self.deref(cell)
        del self.get(cell).cell_contents

    def op_setup_annotations(self):
        self.f.namespace.setdefault("__annotations__", {})

    # Imports.

    def op_import_name(self, dst, fromlist, level, laziness, name):
        importer = self.f.builtins["__import__"]
        fromlist = self.take(fromlist)
        namespace = self.f.namespace if self.f.namespace is not None else {}
        self.put(dst, importer(self.code.names[name], self.f.globals, namespace, fromlist, level))

    def op_lazy_import_name(self, dst, fromlist, level, name):
        self.op_import_name(dst, fromlist, level, "eager", name)

    def op_import_from(self, dst, module, name):
        module, name = self.get(module), self.code.names[name]
        try:
            value = getattr(module, name)
        except AttributeError:
            full = f"{getattr(module, '__name__', '?')}.{name}"
            if full not in sys.modules:
                raise ImportError(f"cannot import name {name!r} from {module!r}",
                                  name=getattr(module, "__name__", None)) from None
            value = sys.modules[full]
        self.put(dst, value)

    def op_import_star(self, module):
        module = self.take(module)
        names = getattr(module, "__all__", None)
        if names is None:
            names = [n for n in vars(module) if not n.startswith("_")]
        for name in names:
            self.f.namespace[name] = getattr(module, name)

    # Attributes and items.

    def op_load_attr(self, dst, object, name, attr):
        self.put(dst, getattr(self.take(object), self.code.names[name]))

    def op_store_attr(self, object, src, name, attr):
        setattr(self.take(object), self.code.names[name], self.take(src))

    def op_delete_attr(self, object, name):
        delattr(self.take(object), self.code.names[name])

    def op_load_method(self, dst, object, name, attr):
        self.put_window(dst, [getattr(self.take(object), self.code.names[name]), NULL])

    def op_load_super(interpreter, /, dst, callee, cell, self):
        f = interpreter.f
        instance = f.locals[-1 - self] if self < 0 else interpreter.get(self)
        callee = interpreter.take(callee)
        if callee is not super:
            return interpreter.put(dst, callee())
        try:
            owner = interpreter.get(cell).cell_contents
        except ValueError:
            raise RuntimeError("super(): empty __class__ cell") from None
        if instance is NULL:
            raise RuntimeError("super(): arg[0] deleted")
        interpreter.put(dst, super(owner, instance))

    def op_store_item(self, object, key, src):
        self.take(object)[self.take(key)] = self.take(src)

    def op_delete_item(self, object, key):
        del self.take(object)[self.take(key)]

    def op_load_special(self, dst, object, which):
        object = self.take(object)
        name = f"__{which}__"
        for cls in type(object).__mro__:
            if name in cls.__dict__:
                method = cls.__dict__[name]
                get = getattr(type(method), "__get__", None)
                return self.put_window(dst, [get(method, object, type(object)) if get else method,
                                             NULL])
        kind = "an asynchronous" if which.startswith("a") else "a"
        full = f"{type(object).__module__}.{type(object).__qualname__}"
        raise TypeError(f"'{full}' object does not support {'the asynchronous' if which.startswith('a') else 'the'}"
                        f" context manager protocol (missed {name} method)")

    # Containers and strings.

    def op_build_tuple(self, dst, items, count):
        self.put(dst, tuple(self.take_window(items, count)))

    def op_build_list(self, dst, items, count):
        self.put(dst, self.take_window(items, count))

    def op_build_set(self, dst, items, count):
        self.put(dst, set(self.take_window(items, count)))

    def op_build_map(self, dst, items, count):
        values = self.take_window(items, 2 * count)
        self.put(dst, dict(zip(values[::2], values[1::2])))

    def op_build_slice(self, dst, parts):
        self.put(dst, slice(*self.take_window(parts, 3)))

    def op_load_slice(self, dst, parts, object):
        key = slice(*self.take_window(parts, 3))
        self.put(dst, self.take(object)[key])

    def op_store_slice(self, parts, object, src):
        key = slice(*self.take_window(parts, 3))
        target, value = self.take(object), self.take(src)
        target[key] = value

    def op_build_string(self, dst, parts, count):
        self.put(dst, "".join(map(str, self.take_window(parts, count))))

    def op_build_interpolation(self, dst, parts, conversion):
        from string.templatelib import Interpolation
        value, text, spec = self.take_window(parts, 3)
        letter = {"none": None, "str": "s", "repr": "r", "ascii": "a"}[conversion]
        self.put(dst, Interpolation(value, text, letter, spec))

    def op_build_template(self, dst, strings, interpolations):
        from string.templatelib import Template
        strings, parts = self.take(strings), self.take(interpolations)
        mixed = [x for pair in zip(strings, parts) for x in pair] + [strings[-1]]
        self.put(dst, Template(*mixed))

    def op_convert_value(self, dst, src, conversion):
        self.put(dst, {"str": str, "repr": repr, "ascii": ascii}[conversion](self.take(src)))

    def op_format_value(self, dst, src, spec):
        self.put(dst, format(self.take(src), self.take(spec)))

    def op_format_simple(self, dst, src):
        self.put(dst, format(self.take(src), ""))

    def op_format_part(self, dst, src):
        value = self.take(src)
        self.put(dst, value if type(value) in (str, int) else format(value, ""))

    def op_list_append(self, **args):
        self.get(args["list"]).append(self.take(args["item"]))

    def op_list_extend(self, **args):
        target, items = self.get(args["list"]), self.take(args["iterable"])
        if not hasattr(type(items), "__iter__") and not hasattr(type(items), "__getitem__"):
            raise TypeError(
                f"Value after * must be an iterable, not {type(items).__name__}")
        target.extend(items)

    def op_set_add(self, **args):
        self.get(args["set"]).add(self.take(args["item"]))

    def op_set_update(self, **args):
        self.get(args["set"]).update(self.take(args["iterable"]))

    def op_map_add(self, map, key, value):
        self.get(map)[self.take(key)] = self.take(value)

    def op_dict_update(self, map, mapping):
        mapping = self.take(mapping)
        if not hasattr(mapping, "keys"):
            raise TypeError(f"'{type(mapping).__name__}' object is not a mapping")
        self.get(map).update(mapping)

    def op_dict_merge(self, map, mapping, callee):
        map, mapping, callee = self.get(map), self.take(mapping), self.get(callee)
        name = f"{getattr(callee, '__module__', 'builtins')}.{callee.__qualname__}()" \
            if hasattr(callee, "__qualname__") else str(callee)
        if not hasattr(mapping, "keys"):
            raise TypeError(
                f"Value after ** must be a mapping, not {type(mapping).__name__}")
        for key in mapping.keys():
            if key in map:
                raise TypeError(f"{name} got multiple values for keyword argument '{key}'")
            map[key] = mapping[key]

    def op_unpack_sequence(self, dst, src, count):
        items = unpack(self.take(src), count, count)
        self.put_window(dst, items[::-1])

    def op_unpack_ex(self, dst, src, before, total):
        items = list(iterate(self.take(src)))
        after = total - before - 1
        if len(items) < before + after:
            raise ValueError(f"not enough values to unpack (expected at least {before + after},"
                             f" got {len(items)})")
        middle = items[before:len(items) - after]
        values = items[:before] + [middle] + items[len(items) - after:]
        self.put_window(dst, values[::-1])

    # Calls.

    def op_call(self, dst, window, argc, call):
        callee, *args = self.take_window(window, argc + 1)
        self.put(dst, self.invoke(callee, args, {}))

    def op_call_kw(self, dst, window, argc, names):
        callee, *args = self.take_window(window, argc + 1)
        self.put(dst, self.invoke_kw(callee, args, names))

    def op_call_method(self, dst, window, argc, call):
        callee, self_, *args = self.take_window(window, argc + 2)
        self.put(dst, self.invoke(callee, args if self_ is NULL else [self_] + args, {}))

    def op_call_method_kw(self, dst, window, argc, names):
        callee, self_, *args = self.take_window(window, argc + 2)
        self.put(dst, self.invoke_kw(callee, args if self_ is NULL else [self_] + args, names))

    def invoke_kw(self, callee, args, names):
        names = self.code.constants[names]
        at = len(args) - len(names)
        return self.invoke(callee, args[:at], dict(zip(names, args[at:])))

    def invoke(self, callee, args, keywords):
        # What looks at its caller's frame has to be told of ours.
        if callee is builtins.locals and not args:
            return self.frame_locals()
        if callee is builtins.globals and not args:
            return self.f.globals
        if callee in (builtins.exec, builtins.eval) and len(args) == 1 and not keywords:
            args = args + [self.f.globals, self.frame_locals()]
        if callee is builtins.dir and not args:
            return sorted(self.frame_locals())
        if callee is builtins.vars and not args:
            return self.frame_locals()
        return callee(*args, **keywords)

    def frame_locals(self):
        if self.f.namespace is not None:
            return self.f.namespace
        found = {}
        for name, kind, value in zip(self.code.local_names, self.code.local_kinds, self.f.locals):
            if kind & image.HIDDEN or value is NULL:
                continue
            if kind & (image.CELL | image.FREE):
                try:
                    value = value.cell_contents
                except ValueError:
                    continue
            found[name] = value
        return found

    def op_call_ex(self, dst, window):
        callee, args, keywords = self.take_window(window, 3)
        if not hasattr(type(args), "__iter__") and not hasattr(type(args), "__getitem__"):
            raise TypeError(f"Value after * must be an iterable, not {type(args).__name__}")
        self.put(dst, self.invoke(callee, list(args), keywords or {}))

    def op_make_function(self, dst, parts, code):
        defaults, kwdefaults, annotate, closure = self.take_window(parts, 4)
        function = make_function(self.code.constants[code], self.f, closure or ())
        function.__defaults__ = defaults
        function.__kwdefaults__ = kwdefaults
        if annotate is not None:
            function.__annotate__ = annotate
        self.put(dst, function)

    def op_load_build_class(self, dst):
        self.put(dst, build_class)

    def op_load_common(self, dst, which):
        self.put(dst, COMMON[which])

    def op_intrinsic1(self, dst, operand, which):
        value = self.take(operand)
        if which == "print":
            value = sys.displayhook(value)
        elif which == "stopiteration_error":
            value = stop_iteration_error(value, self.code.flags)
        elif which == "type_var":
            value = typing.TypeVar(value, infer_variance=True)
        elif which == "param_spec":
            value = typing.ParamSpec(value, infer_variance=True)
        elif which == "type_var_tuple":
            value = typing.TypeVarTuple(value)
        elif which == "type_alias":
            value = make_alias(*value)
        elif which == "subscript_generic":
            value = typing.Generic[tuple(
                typing.Unpack[p] if isinstance(p, typing.TypeVarTuple) else p for p in value)]
        self.put(dst, value)

    def op_intrinsic2(self, dst, lhs, rhs, which):
        first, second = self.take(lhs), self.take(rhs)
        if which == "type_var_with_bound":
            value = type_var(first, bound=second)
        elif which == "type_var_with_constraints":
            value = type_var(first, constraints=second)
        elif which == "set_type_param_default":
            value = with_default(first, second)
        else:
            first.__type_params__ = second
            value = first
        self.put(dst, value)

    # Generators.

    def op_get_yield_from_iter(self, dst, iterable):
        value = self.take(iterable)
        self.put(dst, value if isinstance(value, types.GeneratorType) else iter(value))

    def op_get_awaitable(self, dst, object, context):
        value = self.take(object)
        if isinstance(value, types.CoroutineType) or (
                isinstance(value, types.GeneratorType) and
                value.gi_code.co_flags & inspect.CO_ITERABLE_COROUTINE):
            if inspect.iscoroutine(value) and value.cr_await is not None:
                raise RuntimeError("coroutine is being awaited already")
            return self.put(dst, value)
        method = getattr(type(value), "__await__", None)
        if method is None:
            phrase = {"plain": "", "aenter": "'async with' received an object from __aenter__ that"
                      " does not implement __await__: ", "aexit": "'async with' received an object"
                      " from __aexit__ that does not implement __await__: "}[context]
            if phrase:
                raise TypeError(phrase + type(value).__name__)
            raise TypeError(f"'{type(value).__name__}' object can't be awaited")
        self.put(dst, method(value))

    def op_get_anext(self, dst, iterator):
        awaitable = type(self.get(iterator)).__anext__(self.get(iterator))
        if isinstance(awaitable, types.CoroutineType):
            return self.put(dst, awaitable)
        self.put(dst, type(awaitable).__await__(awaitable))

    def op_end_async_for(self, exception, exhausted):
        error = self.take(exception)
        if not isinstance(error, StopAsyncIteration):
            raise error
        self.jump()

    def op_async_gen_wrap(self, dst, src):
        self.put(dst, ("wrapped", self.take(src)))

    # Exceptions.

    def op_raise_again(self):
        error = sys.exception()
        if error is None:
            raise RuntimeError("No active exception to reraise")
        raise error

    def op_raise(self, exception):
        raise self.take(exception)

    def op_raise_from(self, exception, cause):
        raise self.take(exception) from self.take(cause)

    def op_reraise(self, exception):
        error = self.take(exception)
        context = error.__context__
        suppress = error.__suppress_context__
        try:
            raise error
        finally:
            error.__context__ = context
            error.__suppress_context__ = suppress

    def op_match_exception(self, dst, exception, type):
        kind = self.take(type)
        for cls in kind if isinstance(kind, tuple) else (kind,):
            if not (isinstance(cls, builtins.type) and issubclass(cls, BaseException)):
                raise TypeError("catching classes that do not inherit from BaseException is not"
                                " allowed")
        self.put(dst, issubclass(builtins.type(self.get(exception)), kind))

    def op_match_exception_group(self, dst, exception, type):
        error, kind = self.take(exception), self.take(type)
        for cls in kind if isinstance(kind, tuple) else (kind,):
            if not (isinstance(cls, builtins.type) and issubclass(cls, BaseException)):
                raise TypeError("catching classes that do not inherit from BaseException is not"
                                " allowed")
            if issubclass(cls, BaseExceptionGroup):
                raise TypeError("catching ExceptionGroup with except* is not allowed. Use except"
                                " instead.")
        if error is None:
            rest, match = None, None
        elif isinstance(error, kind):
            rest, match = None, error
            if not isinstance(error, BaseExceptionGroup):
                match = BaseExceptionGroup("", [error])
                match.__traceback__ = error.__traceback__
        elif isinstance(error, BaseExceptionGroup):
            match, rest = error.split(kind)
        else:
            rest, match = error, None
        self.put_window(dst, [rest, match])

    def op_prep_reraise_star(self, dst, original, exceptions):
        original, found = self.take(original), self.take(exceptions)
        self.put(dst, prep_reraise_star(original, found))

    def op_with_except_start(self, dst, exit, exception):
        function, self_ = self.get(exit), self.get(exit + 1)
        error = self.get(exception)
        args = [type(error), error, error.__traceback__]
        self.put(dst, function(*(args if self_ is NULL else [self_] + args)))

    # Patterns.

    def op_match_sequence(self, dst, subject):
        value = self.get(subject)
        import collections.abc
        self.put(dst, isinstance(value, collections.abc.Sequence) and
                 not isinstance(value, (str, bytes, bytearray)))

    def op_match_mapping(self, dst, subject):
        import collections.abc
        self.put(dst, isinstance(self.get(subject), collections.abc.Mapping))

    def op_match_keys(self, dst, subject, keys):
        subject, keys = self.get(subject), self.get(keys)
        values, seen, dummy = [], set(), object()
        for key in keys:
            if key in seen:
                raise ValueError(f"mapping pattern checks duplicate key ({key!r})")
            seen.add(key)
            value = subject.get(key, dummy)
            if value is dummy:
                return self.put(dst, None)
            values.append(value)
        self.put(dst, tuple(values))

    def op_match_class(self, dst, subject, cls, names, count):
        subject, cls, names = self.get(subject), self.take(cls), self.take(names)
        self.put(dst, match_class(subject, cls, names, count))

    def op_copy_dict_without_keys(self, dst, subject, keys):
        rest = dict(self.get(subject))
        for key in self.get(keys):
            del rest[key]
        self.put(dst, rest)


# What uops call.

def iterate(value):
    if not hasattr(type(value), "__iter__") and not hasattr(type(value), "__getitem__"):
        raise TypeError(f"cannot unpack non-iterable {type(value).__name__} object")
    return iter(value)


def unpack(value, least, most):
    iterator, items = iterate(value), []
    for item in iterator:
        items.append(item)
        if len(items) > most:
            if isinstance(value, (list, tuple, dict)):
                raise ValueError(f"too many values to unpack (expected {most}, got {len(value)})")
            raise ValueError(f"too many values to unpack (expected {most})")
    if len(items) < least:
        raise ValueError(f"not enough values to unpack (expected {least}, got {len(items)})")
    return items


def match_class(subject, cls, names, count):
    if not isinstance(cls, type):
        raise TypeError("called match pattern must be a class")
    if not isinstance(subject, cls):
        return None
    values, seen = [], set()
    if count:
        own = bool(cls.__flags__ & (1 << 22))  # Py_TPFLAGS_MATCH_SELF
        args = getattr(cls, "__match_args__", NULL)
        if args is NULL:
            args, is_self = (), own
        else:
            is_self = False
            if type(args) is not tuple:
                raise TypeError(f"{cls.__name__}.__match_args__ must be a tuple (got"
                                f" {type(args).__name__})")
        allowed = 1 if is_self else len(args)
        if count > allowed:
            plural = "" if allowed == 1 else "s"
            raise TypeError(f"{cls.__name__}() accepts {allowed} positional sub-pattern{plural}"
                            f" ({count} given)")
        for k in range(count):
            if is_self:
                values.append(subject)
                continue
            if not isinstance(args[k], str):
                raise TypeError("__match_args__ elements must be strings (got"
                                f" {type(args[k]).__name__})")
            if args[k] in seen:
                raise TypeError(f"{cls.__name__}() got multiple sub-patterns for attribute"
                                f" {args[k]!r}")
            seen.add(args[k])
            values.append(getattr(subject, args[k], NULL))
    for name in names:
        if name in seen:
            raise TypeError(f"{cls.__name__}() got multiple sub-patterns for attribute {name!r}")
        seen.add(name)
        values.append(getattr(subject, name, NULL))
    return None if NULL in values else tuple(values)


def stop_iteration_error(error, flags):
    kind = ("async generator" if flags & image.ASYNC_GENERATOR else
            "coroutine" if flags & image.COROUTINE else "generator")
    what = None
    if isinstance(error, StopIteration):
        what = "StopIteration"
    elif isinstance(error, StopAsyncIteration) and flags & image.ASYNC_GENERATOR:
        what = "StopAsyncIteration"
    if what is None:
        return error
    result = RuntimeError(f"{kind} raised {what}")
    result.__cause__ = result.__context__ = error
    return result


def leaves(error):
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from leaves(inner)
    else:
        yield error


def prep_reraise_star(original, found):
    found = [error for error in found if error is not None]
    if not found:
        return None
    if not isinstance(original, BaseExceptionGroup):
        return found[0]
    raised, kept = [], []
    for error in found:
        same = (isinstance(error, BaseExceptionGroup) and
                error.__notes__ is original.__notes__
                if hasattr(error, "__notes__") and hasattr(original, "__notes__") else True)
        same = same and (error.__traceback__ is original.__traceback__ and
                         error.__cause__ is original.__cause__ and
                         error.__context__ is original.__context__)
        (kept if same else raised).append(error)
    wanted = {id(leaf) for error in kept for leaf in leaves(error)}
    rest = original.subgroup(
        lambda e: not isinstance(e, BaseExceptionGroup) and id(e) in wanted) if wanted else None
    if not raised:
        return rest
    if rest is not None:
        raised.append(rest)
    return raised[0] if len(raised) == 1 else BaseExceptionGroup("", raised)


def native(source, **names):
    scope = dict(names)
    exec(source, scope)
    return scope


def type_var(name, bound=None, constraints=None):
    evaluate = bound or constraints
    scope = native(f"def f[{name}: (evaluate(1))](): pass" if bound else
                   f"def f[{name}](): pass", evaluate=evaluate)
    if bound:
        return scope["f"].__type_params__[0]
    return typing.TypeVar(name, *constraints(1), infer_variance=True)


def with_default(param, evaluate):
    prefix = {typing.TypeVar: "", typing.ParamSpec: "**", typing.TypeVarTuple: "*"}[type(param)]
    name = param.__name__
    bound = ""
    if isinstance(param, typing.TypeVar) and param.__constraints__:
        bound = ": (*param.__constraints__,)"
    elif isinstance(param, typing.TypeVar) and param.evaluate_bound is not None:
        bound = ": (param.evaluate_bound(1))"
    if bound.startswith(": (*"):
        return typing.TypeVar(name, *param.__constraints__, default=evaluate(1),
                              infer_variance=True)
    scope = native(f"def f[{prefix}{name}{bound} = (evaluate(1))](): pass",
                   evaluate=evaluate, param=param)
    return scope["f"].__type_params__[0]


def make_alias(name, params, evaluate):
    if not params:
        scope = native(f"type {name} = evaluate(1)", evaluate=evaluate)
        return scope[name]
    return typing.TypeAliasType(name, evaluate(1), type_params=params)


def build_class(body, name, *bases, **keywords):
    resolved = types.resolve_bases(bases)
    meta, namespace, keywords = types.prepare_class(name, resolved, keywords)
    body.__uop_body__(namespace)
    if resolved is not bases:
        namespace["__orig_bases__"] = bases
    return meta(name, resolved, namespace, **keywords)


# Functions.

def run_plain(frame):
    runner = Interpreter(frame).run()
    try:
        next(runner)
    except StopIteration as stop:
        result = stop.value
    else:
        raise CheckFailed("a plain function yields")
    return finished(result)


def finished(result):
    if isinstance(result, Raised):
        raise result.error
    return result


def start(frame):
    flags = frame.code.flags
    if flags & image.GENERATOR:
        return named(generator(frame), frame.code)
    if flags & image.COROUTINE:
        return named(coroutine(frame), frame.code)
    if flags & image.ASYNC_GENERATOR:
        return named(async_generator(frame), frame.code)
    return run_plain(frame)


def named(object, code):
    object.__name__, object.__qualname__ = code.name, code.qualname
    return object


def generator(frame):
    return finished((yield from Interpreter(frame).run()))


async def coroutine(frame):
    runner = Interpreter(frame).run()
    step, argument = runner.send, None
    while True:
        try:
            value = step(argument)
        except StopIteration as stop:
            result = stop.value
            break
        step, argument = runner.send, None
        try:
            argument = await Awaited(value)
        except BaseException as error:
            step, argument = runner.throw, error
    return finished(result)


async def async_generator(frame):
    runner = Interpreter(frame).run()
    step, argument = runner.send, None
    while True:
        try:
            value = step(argument)
        except StopIteration as stop:
            result = stop.value
            break
        step, argument = runner.send, None
        try:
            if type(value) is tuple and value and value[0] == "wrapped":
                argument = yield value[1]
            else:
                argument = await Awaited(value)
        except BaseException as error:
            step, argument = runner.throw, error
    finished(result)


def identifier(name):
    return "dot_" + name[1:] if name.startswith(".") else name


def signature_source(code):
    names = [identifier(n) for n in code.local_names[:image.parameter_count(code)]]
    rest = names[code.argcount + code.kwonlyargcount:]
    # Markers stand for defaults, so that any parameter may have one.
    parts = []
    for k, name in enumerate(names[:code.argcount]):
        parts.append(name)
        if k + 1 == code.posonlyargcount:
            parts.append("/")
    if code.flags & image.VARARGS:
        parts.append("*" + rest[0])
    elif code.kwonlyargcount:
        parts.append("*")
    parts += names[code.argcount:code.argcount + code.kwonlyargcount]
    if code.flags & image.VARKEYWORDS:
        parts.append("**" + rest[-1])
    return ", ".join(parts), ", ".join(names) + ("," if names else "")


def make_function(code, frame, closure):
    is_optimized = code.flags & image.OPTIMIZED

    def run(values):
        inner = Frame(code, frame.globals, None, closure)
        inner.locals[:len(values)] = values
        return start(inner)

    def run_body(namespace):
        run_plain(Frame(code, frame.globals, namespace, closure))

    parameters, values = signature_source(code) if is_optimized else ("", "")
    source = f"def make(uop_run):\n def function({parameters}): return uop_run(({values}))\n return function"
    scope = {}
    exec(source, frame.globals, scope)
    function = scope["make"](run)
    function.__code__ = function.__code__.replace(
        co_name=code.name, co_qualname=code.qualname, co_firstlineno=code.firstlineno,
        co_filename=code.filename)
    function.__name__, function.__qualname__ = code.name, code.qualname
    function.__module__ = frame.globals.get("__name__")
    function.__doc__ = code.constants[0] if code.flags & image.HAS_DOCSTRING else None
    if not is_optimized:
        function.__uop_body__ = run_body
    return function


def load(tool, table, path):
    data = subprocess.run([tool, "image", path], stdout=subprocess.PIPE, check=True).stdout
    return image.Image(data, image.Table(table)).root


def main():
    tool, table, *rest = sys.argv[1:]
    name = "__main__"
    if rest[0] == "--module":
        name, rest = rest[1], rest[2:]
    sys.setrecursionlimit(20000)
    code = load(tool, table, rest[0])
    module = types.ModuleType(name)
    module.__dict__.update(__file__=rest[0], __builtins__=builtins,
                           __package__=name.rpartition(".")[0])
    sys.modules[name] = module
    sys.argv = rest
    run_plain(Frame(code, module.__dict__, module.__dict__, ()))
    if name != "__main__":
        import unittest
        unittest.main(module=module, argv=rest)


if __name__ == "__main__":
    main()
