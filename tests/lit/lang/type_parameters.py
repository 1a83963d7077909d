def first[T](items: list[T]) -> T:
    return items[0]


class Box[T: int, *Ts, **P]:
    def __init__(self, item: T):
        self.item = item

    def get[U = str](self) -> T | U:
        return self.item


type Pair[A, B = int] = tuple[A, B]
type Tree = list[Tree] | int

print(first([5]), Box(3).get(), Box.__name__, [str(p) for p in Box.__type_params__], first.__type_params__)
print(Pair, Pair.__value__, Tree.__name__, Pair.__type_params__[1].__default__)
type = 5
print(type)
T, = Box.__type_params__[:1]
print(T.__bound__, T.__name__)
