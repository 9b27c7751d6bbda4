import pytest

from accounts.domain import identifiers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("22 99-0001", "22990001"), (" 1.234 ", "1234"), ("abc", "abc"), ("", "")],
)
def test_spaces_points_and_dashes_are_left_out(typed, kept):
    assert identifiers.compact(typed) == kept


@pytest.mark.parametrize(
    ("judge", "good", "short"),
    [
        (identifiers.agb_problem, "01023456", "1023456"),
        (identifiers.big_problem, "19012345678", "1901234567"),
        (identifiers.kvk_problem, "01234567", "1234567"),
        (identifiers.uzovi_problem, "0211", "211"),
    ],
)
def test_numbers_have_their_length_and_only_digits(judge, good, short):
    assert judge(good) is None
    assert f"U vulde er {len(short)} in." in judge(short)
    assert "zonder letters" in judge(good[:-1] + "x")
    assert "zonder letters" in judge("٠" + good[1:])
    assert judge(good + "\n")


def test_a_short_agb_code_is_told_in_the_words_of_the_style_guide():
    assert identifiers.agb_problem("1234567") == "Een AGB-code heeft 8 cijfers. U vulde er 7 in."


@pytest.mark.parametrize(
    ("number", "doubted"),
    [
        ("29000000000", False),  # 9 leaves 9; 11 - 9 = 2
        ("59000000012", False),  # 9 + 4 + 4 = 17 leaves 6; 11 - 6 = 5
        ("09000000001", False),  # 9 + 2 = 11 leaves 0; 11 stands for 0
        ("19000001000", True),  # 9 + 5 = 14 leaves 3; 11 - 3 = 8
        ("19010000000", False),  # 9 + 3 = 12 leaves 1; 10 stands for 1
        ("28000000000", True),  # the second digit isn't 9
        ("19000000000", True),
    ],
)
def test_a_big_number_with_another_check_digit_gives_a_warning(number, doubted):
    assert bool(identifiers.big_warning(number)) is doubted


def test_a_big_number_of_the_wrong_form_gets_no_warning_beside_its_problem():
    assert identifiers.big_warning("123") is None
