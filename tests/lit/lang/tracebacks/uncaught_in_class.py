# exit: 1
class Outer:
    class Inner:
        value = [1, 2, 3]
        total = sum(value) / (len(value) - 3)
