f'', f'a{b}c', f'{a!r:>{w}.{p}}', f'{{{a}}}', f'{a:}'
'a' f'b{c}' 'd' u'e', f'{a}' f'{b}'
f'{a = }', f'{a=!s}', f'{ a + b =:>5}'
f"{a['b']}" f'{f"{f'{1}'}"}' rf'\{a}\N'
f'''{
a  # comment
=}'''
f'{(lambda x: 1)}', f'{a, *b}', f'{yield_}', f'{a:=5}', f'{x:{{y}}}'
t'a{ b }c' t'{d!r:{e}}', t'{a=}'
f'\x41{a}\u00e9'
