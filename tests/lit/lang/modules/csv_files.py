import csv
import io


def attempt(f):
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def read(text, **how):
    return attempt(lambda: list(csv.reader(io.StringIO(text, newline=""), **how)))


def write(row, **how):
    out = io.StringIO()
    return attempt(lambda: (csv.writer(out, **how).writerow(row), out.getvalue()))


print(read('a,"b ""x"" y",c\r\n"1\n2",,3\n\nlast'), read("a,'b'", quotechar="'"))
print(read('1,"2",', quoting=csv.QUOTE_NONNUMERIC), read('1,"",', quoting=csv.QUOTE_STRINGS))
print(read("a\\,b|c", delimiter="|", escapechar="\\"), read(' a, "b"', skipinitialspace=True))
print(read('"a"b', strict=True), read('"a', strict=True), read("a\rb"), attempt(lambda: list(csv.reader([b"a"]))))
for row in [1, None, "x,y", 2.5], ['q"', "a\nb", " "], [""], [], [None], ["\u20ac\\", "|"]:
    print(write(row), write(row, quoting=csv.QUOTE_ALL), write(row, quoting=csv.QUOTE_NONE, escapechar="\\"))
    print(write(row, quoting=csv.QUOTE_NOTNULL), write(row, doublequote=False), write(row, delimiter="|"))
for bad in dict(delimiter=""), dict(quotechar=3), dict(quoting=9), dict(delimiter='"'), dict(x=1), dict(dialect="no"):
    print(bad, read("", **bad))
csv.register_dialect("mine", delimiter=";", lineterminator="!")
print(csv.list_dialects(), csv.get_dialect("mine").delimiter, write([1, 2], dialect="mine"))
reader = csv.DictReader(io.StringIO("x,y\n1,2\n3\n4,5,6\n"))
print(list(reader), reader.line_num, csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter)
