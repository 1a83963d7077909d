# codecs: the registry, error handlers as functions, the codecs of _codecs.
import _codecs as c
import codecs
import warnings


def t(function, *args, **keywords):
    try:
        print(function.__name__, function(*args, **keywords))
    except Exception as error:
        print(function.__name__, type(error).__name__, error, getattr(error, "__notes__", None))


t(c.lookup,'xx'); t(c.lookup,1); t(c.lookup_error,'xx'); t(c.register,1); t(c.register_error,'a',1); t(c._unregister_error,'strict'); t(c._unregister_error,'zz')
t(c.lookup_error('strict'),1); t(c.lookup_error('ignore'),ValueError()); t(c.lookup_error('strict'),ValueError(2))
t(c.charmap_encode,'ab','strict',{97:1}); t(c.charmap_encode,'ab','replace',{97:1});t(c.charmap_encode,'ab','replace',{97:1,63:b'zz'});t(c.charmap_encode,'ab','strict',{97:1,98:300});t(c.charmap_encode,'ab','strict',{97:1,98:'x'})
t(c.charmap_encode,'ab','xmlcharrefreplace',{97:1,38:38,35:35,57:57,56:56,59:59})
t(c.charmap_encode,'bbb','strict',{97:1})
t(c.charmap_decode,b'ab','strict','a'); t(c.charmap_decode,b'\x00','strict',{}); t(c.charmap_decode,b'\x00','replace',{});t(c.charmap_decode,b'\x00','replace',{0:None});t(c.charmap_decode,b'\x00','strict',{0:'abc'});t(c.charmap_decode,b'\x00','strict',{0:0x110000});t(c.charmap_decode,b'\x00','strict',{0:b'1'});t(c.charmap_decode,b'\x00','strict',{0:0xfffe})
t(c.charmap_decode,b'\x00\x80'); t(c.charmap_encode,'a\x80'); t(c.charmap_encode,'a\u0180')
for b in (b'\\x', b'\\x4', b'\\xzz', b'\\u12', b'\\U00110000', b'\\U0011', b'\\N', b'\\N{', b'\\N{foo}', b'\\N{DIGIT ONE}', b'\\',b'\\q', b'\\400', b'\\777', b'\\\n', b'\xff\\t',b'\\N{}', b'ab\\8'):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always')
        t(c.unicode_escape_decode,b); t(c.unicode_escape_decode,b,'strict',False); t(c.unicode_escape_decode,b,'replace');t(c.raw_unicode_escape_decode,b); t(c.raw_unicode_escape_decode,b,'replace',False); t(c.escape_decode,b);t(c.escape_decode,b,'replace');t(c.escape_decode,b,'ignore');t(c.escape_decode,b,'foo')
        for x in w: print(x.category.__name__, x.message)
t(c.escape_encode,b'\x00\'"\\\n\t\r\xff'); t(c.unicode_escape_encode,'\0\'"\\\n\t\r\xff\u1234\U00012345'); t(c.raw_unicode_escape_encode,'\0\'"\\\n\t\r\xff\u1234\U00012345\\u')
t(c.readbuffer_encode,'a\u1234'); t(c.readbuffer_encode,b'a'); t(c.readbuffer_encode,1); t(c.escape_encode,'a'); t(c.escape_decode,'\\x41')
t(c.utf_8_decode,'a'); t(c.utf_8_encode,b'a'); t(c.utf_16_encode,'a',None,1); t(c.utf_16_ex_decode,b'\xff\xfea\0b'); t(c.utf_16_ex_decode,b'a\0b',None,-1,True); t(c.utf_32_ex_decode,b'\xff\xfe\0\0a\0\0\0b')
t(c.utf_8_decode,b'\xe4\xb8'); t(c.utf_8_decode,b'\xe4\xb8','strict',True)
t(c.unicode_escape_decode,'\\x41é')
for name in ("ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace", "surrogateescape", "surrogatepass"):
    for error in (
        UnicodeEncodeError("utf-8", "a\udc80\u20ac\U00010000b", 1, 4, "r"),
        UnicodeDecodeError("utf-8", b"a\x80\xed\xb0\x80\xff", 1, 5, "r"),
        UnicodeTranslateError("a\udc80\u20acb", 1, 3, "r"),
        UnicodeEncodeError("utf_16", "a\udc80\u20acb", 1, 2, "r"),
    ):
        try:
            print(ascii(c.lookup_error(name)(error)))
        except Exception as raised:
            print(raised is error, type(raised).__name__)
for data in (b"+", b"+-", b"a+AGE-b", b"+AGE", b"+AGE!", b"+2AHcAQ-", b"+2AE-x", b"+2AEa", b"+A", b"+!", b"\xff", b"+AGEA-", b"+////AAA-", b"a+AGE-b+"):
    for arguments in ((), ("strict", True), ("replace", True)):
        try:
            print(ascii(c.utf_7_decode(data, *arguments)))
        except UnicodeDecodeError as error:
            print(error)
for text in ("a+b", "\xe4b", "\xe4-", "\xe4.", "\U00010437x", "~\\", "\ud800", "\xe4\xf6\xfc"):
    print(c.utf_7_encode(text))


def search(name):
    print("search", name)
    if name == "twice_x":
        return codecs.CodecInfo(lambda s, errors="strict": (s.encode() * 2, len(s)), lambda b, errors="strict": (b.decode() * 2, len(b)))
    if name == "bad":
        return 1, 2


codecs.register(search)
t("ab".encode, "Twice--X"), t(b"ab".decode, "twice X"), t("a".encode, "bad"), t("\u20ac".encode, "cp1252"), t("\u20ac".encode, "cp037"), t("a".encode, "rot13")
codecs.unregister(search)
t("ab".encode, "twice_x"), t("\u20ac\xe4".encode, "ascii", "no such"), t("b\xfccher".encode, "punycode")
codecs.register_error("mine", lambda error: ("<%d>" % error.start, error.end))
print("a\u20ac".encode("ascii", "mine"), b"a\xff".decode("ascii", "mine"), "\u20ac".encode("cp037", "mine"))
