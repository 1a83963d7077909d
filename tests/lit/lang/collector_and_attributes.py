"""Objects of built-in types with attributes of their own survive the collector."""
import ast, gc, io
class N(io.StringIO): pass
keep=[]
for k in range(100):
    n=ast.Name('x'); n.payload=[k, object()]
    s=N(); s.payload=[k, object()]; s.me=s
    keep.append((n,s))
for i in range(3): gc.collect()
print(all(n.payload[0]==k and s.payload[0]==k and s.me is s for k,(n,s) in enumerate(keep)))
