"""Which sentences are too long for a letter."""

import pytest

from authorizations.domain import policy as policies
from authorizations.domain.readability import TooLong, says_something, too_long
from authorizations.services.policies import FOLDER
from tests.factories.authorizations import shipped

HARD = "De desbetreffende multidisciplinaire interventiemodaliteiten dienaangaande zijn insufficiënt gesubstantieerd."


def words(number):
    return " ".join(["Zo", *["woord"] * (number - 1)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("...", None),
        ("Wij geven toestemming.", None),
        (words(40) + ".", None),
        (words(41) + ".", TooLong(41, "Zo woord woord woord woord woord woord woord")),
        # One sentence after another, a list, and points that end nothing.
        (f"{words(30)}. {words(30)}.", None),
        (f"{words(30)}? ({words(30)})", None),
        (f"{words(30)}\n{words(30)}", None),
        (
            f"{words(20)} o.a. {words(19).lower()} e.d. {words(10).lower()}",
            TooLong(51, "Zo woord woord woord woord woord woord woord"),
        ),
        # On average, from three sentences on.
        (f"{words(26)}. {words(26)}.", None),
        (f"{words(26)}. {words(26)}. {words(26)}.", TooLong(26)),
        (f"{words(25)}. {words(25)}. {words(25)}.", None),
        (f"{words(40)}. {words(40)}. Kort.", TooLong(27)),
        # The words themselves.
        (HARD, TooLong(8, long_words=5)),
        (f"{HARD} {HARD} Wij wijzen dit dus af.", TooLong(21, long_words=10)),
        ("Deze patiënt is aangewezen op medisch-specialistische revalidatie.", None),
        ("Medisch-specialistische revalidatiebehandeling, fysiotherapiebehandeling, logopediebehandeling.", None),
        (
            "De revalidatiearts schrijft dat de fysiotherapeutische en ergotherapeutische behandeling in het "
            "interdisciplinaire revalidatieprogramma nodig is.",
            None,
        ),
    ],
)
def test_too_long(text, found):
    assert too_long(text) == found


def test_it_says_what_to_do():
    assert too_long(words(41)).message == (
        "de zin “Zo woord woord woord woord woord woord woord …” heeft 41 woorden. Maak er twee of meer zinnen van."
    )
    assert "hoogstens 15 woorden" in TooLong(26).message
    assert "5 van de 8 woorden hebben meer dan 12 letters" in too_long(HARD).message


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        (".", 1, False),
        ("x x x", 1, False),
        ("Alles", 3, False),
        ("nee nee Nee", 3, False),
        ("24 36 48", 1, False),
        ("Het eindverslag.", 2, True),
        ("De gevraagde revalidatie.", 3, True),
    ],
)
def test_which_texts_say_something(text, words, says):
    assert says_something(text, words=words) is says


@pytest.mark.parametrize("policy", shipped().values(), ids=shipped())
def test_what_every_letter_of_a_policy_says_can_be_read(policy):
    national = policies.shipped(FOLDER)[1]
    texts = [paragraph.text for paragraph in policy.paragraphs if paragraph.letters]
    texts += [policy.heroverweging.how, *national.skgz, *national.skgz_insured]
    assert [found.message for text in texts if (found := too_long(text))] == []
