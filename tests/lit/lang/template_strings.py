name, n = "Ann", 7
template = t"Hello {name!r:>10}, {n + 1:{n}d}!"
print(template.strings, template.values)
for part in template:
    print(part if isinstance(part, str) else (part.value, part.expression, part.conversion, part.format_spec))
print(t"".strings, (t"a{n}" + t"b").strings, type(template).__name__, rt"\n{n}".strings)


def render(template):
    return "".join(part if isinstance(part, str) else f"<{part.value}>" for part in template)


print(render(template), render(t"{n=}"))
