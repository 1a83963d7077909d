# Escapes that mean nothing: the warning, and the error that a filter makes of it.
import warnings

for source in r"'\z'", "'''\n\\407'''", r"b'\q'", r"f'{1}\e'":
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        eval(source)
    print(*(str(w.message) for w in caught), caught[0].lineno)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            eval(source)
        except SyntaxError as error:
            print(error.msg, error.lineno)
