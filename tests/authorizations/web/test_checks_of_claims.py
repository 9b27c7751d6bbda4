"""What the checks of claims say in words: whether one came in time, and whether an activity stands where it may."""

import pytest

from tests.authorizations.web.test_checks import ask, text

pytestmark = pytest.mark.django_db
CLAIM = {
    "regime": "ZK_GGZ", "code_herdeclaratie": "01", "schadejaar": "2019", "startdatum_0": "2019-09-15",
    "indiendatum_0": "2020-03-01",
}  # fmt: skip

COUPLED = {
    "verrichting": "J", "wbmv": "N", "od_gefactureerd": "J", "eenheid": "OZP", "los_te_factureren": "J",
    "uitvoerdatum_0": "2021-06-01", "subtraject_zt": "11", "controlejaren": "2021", "addon_geneesmiddel": "N",
    "fysiotherapie": "N",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        (
            "indientermijn",
            {**CLAIM, "indiendatum_0": "2020-03-16"},
            (
                "Nee, te laat ingediend",
                "15 maart 2020: 6 maanden na de dag waarop de dbc is gesloten",
                "1 dag te laat",
                "0586",
                "coulance",
                "“Indientermijn”",
            ),
        ),
        ("indientermijn", {**CLAIM, "indiendatum_0": "2020-03-15"}, ("Ja, op tijd", "Dat is de laatste dag.")),
        ("indientermijn", {**CLAIM, "schadejaar": "2017"}, ("vanaf schadejaar 2018",)),
        ("indientermijn", {"regime": "ASR_NIET_GECONTRACTEERD"}, ("nota gaat naar de verzekerde", "restitutienota")),
        (
            "indientermijn",
            {**CLAIM, "startdatum_0": "2018-05-01", "indiendatum_0": "2019-12-31"},
            ("Ja, op tijd", "voor 1 januari 2020, wijst Zilveren Kruis niet af"),
        ),
        (
            "n0496",
            COUPLED,
            (
                "hoort niet op dit subtraject",
                "uitgevoerd in een jaar",
                "in 2021: zorg als",
                "NR/REG-2103a",
                "Ontkoppel",
            ),
        ),
        (
            "n0496",
            {**COUPLED, "controlejaren": "2022", "subtraject_sluitdatum_0": "2022-01-11"},
            ("gesloten in een jaar", "Regelgeving van 2022: geen artikel bekend."),
        ),
        ("n0496", {**COUPLED, "wbmv": "J"}, ("Nee, geen signaal", "of WBMV-zorg")),
    ],
)
def test_the_answer_is_in_words(client, name, given, words):
    page = text(ask(client, name, **given))
    said = page.partition('id="antwoord"')[2].partition("<details")[0]
    assert all(one in said for one in words), said
