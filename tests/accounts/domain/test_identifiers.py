import pytest

from accounts.domain import identifiers


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("29000000000", True),  # 9 leaves 9; 11 - 9 = 2
        ("59000000012", True),  # 9 + 4 + 4 = 17 leaves 6; 11 - 6 = 5
        ("09000000001", True),  # 9 + 2 = 11 leaves 0; 11 stands for 0
        ("19010000000", True),  # 9 + 3 = 12 leaves 1; 10 stands for 1
        ("19000001000", False),  # 9 + 5 = 14 leaves 3; 11 - 3 = 8
        ("19000000000", False),
        ("28000000000", False),  # the second digit isn't 9
        ("2900000000", False),
        ("29000000000\n", False),
        ("٢9000000000", False),
    ],
)
def test_the_check_digit_of_a_big_number(number, right):
    assert identifiers.big_looks_right(number) is right
