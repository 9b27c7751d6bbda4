import pytest

from accounts.domain import passwords


@pytest.mark.parametrize(
    "password",
    [
        "vier koeien dansen op het dak",
        "correct horse battery staple",
        "83749201857463921",
        "<>/\"'&\\ mogen gewoon mee",
        "пароль очень длинный",
        "🦊🐝🌷🐢🎈🧊🌵🥨🛶🧭🦊🐝🌵🐢🎈🧊",
        "kort genoeg 15c",
        "zonsverduistering " * 14 + "1234",
    ],
)
def test_any_long_password_that_is_not_common_will_do(password):
    assert passwords.problems(password, about=["Sanne Verhoeven", "s.verhoeven@esdoorn.nl"]) == []


@pytest.mark.asvs("6.2.1", "6.2.9")
@pytest.mark.parametrize(("length", "fits"), [(14, False), (15, True), (256, True), (257, False)])
def test_the_length_is_15_to_256(length, fits):
    password = "".join(chr(0x4E00 + n) for n in range(length))
    assert (passwords.problems(password) == []) is fits


def test_a_short_password_hears_how_long_it_is():
    assert passwords.problems("kip")[0].startswith("Gebruik minstens 15 tekens. U heeft er nu 3.")


@pytest.mark.parametrize(
    "password",
    [
        "WelkomMachtigingsportaal2026!",
        "Wachtwoord123456",
        "W4chtw00rd!2026!!",
        "aaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "qwertyuiopasdfghjkl",
        "123456789012345",
        "DitIsMijnWachtwoord",
        "Zilveren Kruis 2026!!",
        "Zomer2026Zomer2026",
        "Sanne Verhoeven 1980",
        "s.verhoeven@esdoorn.nl",
        "Revalidatie De Esdoorn 1",
        "v3rh03v3n-3sd00rn!!",
    ],
)
def test_a_password_of_known_words_or_own_names_is_refused(password):
    about = ["Sanne Verhoeven", "s.verhoeven@esdoorn.nl", "Revalidatie De Esdoorn"]
    assert "makkelijk te raden" in passwords.problems(password, about=about)[0]


@pytest.mark.asvs("6.2.4", "6.2.12")
def test_a_password_on_a_list_is_refused_in_any_case():
    assert "lijst" in passwords.problems("Vier Koeien Dansen", common={"vier koeien dansen"})[0]
