# _locale: conventions, collation, translation.
import _locale as l
print(sorted(n for n in dir(l) if not n.startswith('__')))
print(l.setlocale(l.LC_NUMERIC, 'C'), l.localeconv(), l.nl_langinfo(l.DAY_1), l.nl_langinfo(l.RADIXCHAR))
for f,a in ((l.setlocale,(0,'xx')),(l.nl_langinfo,(5,)),(l.strcoll,('a','b')),(l.strxfrm,('abc',)),(l.strcoll,('a\0','b')),(l.setlocale,(0,3)),(l.bindtextdomain,('',None)),(l.gettext,('hi',)),(l.textdomain,(None,))):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, type(e).__module__, e)
