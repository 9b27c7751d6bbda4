"""x"""


def measure(home, *, quick):
    pass
