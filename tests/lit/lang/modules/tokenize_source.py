# tokenize: tokens, comments, blank lines, line ends; what ends a source too early.
import _tokenize
import io
import tokenize


def show(source, extras=True):
    print("---", repr(source))
    lines = iter(source.splitlines(True))
    try:
        for token in _tokenize.TokenizerIter(lambda: next(lines), extra_tokens=extras):
            print(token)
    except SyntaxError as error:
        print(type(error).__name__, error.msg, error.lineno)


for source in (
    "a = 1 # c\n\n# x\nif a:\n  b\\\n+2\n\nelse: pass",
    'f"a{b!r:>{c}}d{{" t\'{x}\'',
    '"""a\nb"""\n(1, # c\n 2)\r\n',
    "def f():\n\tpass\n  x\n",
    "é = [\n\n'ü'] $ 2\n",
    "(",
    "a\\",
    "\n  \n",
):
    show(source)
show("if a:\n  b = c ** 2 != (3)\n", False)
source = "def f(a,  b=1):\n    # c\n    return f'{a!r:>{b}}x{{' \\\n        + 'y'\n"
tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
print(tokenize.untokenize(tokens) == source, len(tokens))
data = "# coding: latin-1\nx = 'é'\n".encode("latin-1")
print([t.string for t in tokenize.tokenize(io.BytesIO(data).readline)])
