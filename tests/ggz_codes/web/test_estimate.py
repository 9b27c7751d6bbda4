"""The page that tells which zorgproduct of revalidatie to expect."""

import pytest
from django.test import Client

from ggz_codes.domain.release_terms import Source
from tests import shared
from tests.factories.releases import loaded

pytestmark = pytest.mark.django_db
HERE = "/codes/schatting/"
FILLED = {
    "geopend_0": "1", "geopend_1": "2", "geopend_2": "2017", "zorgtype": "11", "diagnose": "0711", "minuten": "541",
}  # fmt: skip


def text(answer):
    return " ".join(answer.content.decode().split())


def test_without_a_release_it_says_so_and_keeps_what_was_typed():
    answer = Client().post(HERE, FILLED)
    assert answer.status_code == 422
    assert "Er is geen uitgave van de NZa in gebruik" in text(answer)
    assert 'value="541"' in text(answer)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"diagnose": "711"}, "heeft 4 cijfers"),
        ({"diagnose": ""}, "diagnose"),
        ({"minuten": "-1"}, "tot en met"),
        ({"minuten": "1,5"}, "heel getal"),
        ({"minuten": "9" * 40}, "getal"),
        ({"dagen": "x"}, "heel getal"),
        ({"geopend_1": "13"}, "bestaande datum"),
        ({"zorgtype": "99"}, "Kies"),
    ],
)
def test_bad_input_is_answered_in_words(changed, words):
    answer = Client().post(HERE, FILLED | changed)
    assert answer.status_code == 422
    assert words in text(answer)


def test_the_release_of_2017_gives_product_and_code_with_its_name():
    path = shared.path(shared.GROUPER)
    loaded(path.read_bytes(), source=Source.NZA, package="grouper", version_on=None)
    page = text(Client().post(HERE, FILLED))
    assert "990027195" in page and "14D838" in page
    assert "Volgens NZa grouper RZ17a, ingang 1-1-2017" in page
    assert "Latere wijzigingen" not in page and 'href="/controles/weging/"' in page
    later = text(Client().post(HERE, FILLED | {"geopend_2": "2018"}))
    assert "Deze uitgave gaat in op 1 januari 2017. Latere wijzigingen staan er niet in." in later
    unknown = Client().post(HERE, FILLED | {"diagnose": "9999"})
    assert unknown.status_code == 422
    assert "Diagnose 9999 is op deze datum niet bekend" in text(unknown)
