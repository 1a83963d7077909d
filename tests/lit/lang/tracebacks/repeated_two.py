# exit: 1
def ping(n):
    return pong(n)


def pong(n):
    if n < 0:
        return undefined_name
    return ping(n - 1)


ping(6)
