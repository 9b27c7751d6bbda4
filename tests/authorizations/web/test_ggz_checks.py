"""The rules of the GGZ as pages: a choice of rules, then the questions of one, and its answer in words."""

import pytest

from authorizations.web.forms import checks as forms

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(answer.content.decode().split())


def ask(client, **given):
    return client.get("/controles/ggz/", {"antwoord": "1", **given})


GGZ = {
    "zorgtype_crisis": {"regioplan_en_budgetaanvraag": "1", "mag_door_of_namens_declareren": "1"},
    "crisis_minuten": {"zorgtype": "303"},
    "code_geldig_op_openingsdatum": {"dbc_geopend_0": "2020-01-01"},
    "voorbereiding_zorgmachtiging": {
        "grondslag": "zorgmachtiging", "verzoek_OvJ_aan_geneesheer_directeur": "1", "aantal_beoordelingen": "1",
    },
    "zt254": {"dbc": "vervolg", "vmr": "1"},
    "vmr_vervolg": {"dbc": "vervolg", "vmr": "1", "behandelminuten": "0"},
    "diagnostiek_minuten": {"dbc_geopend_0": "1-1-2020"},
    "declarant": {"zorgtype": "303", "door_of_namens_gebudgetteerde": "1"},
    "ozp_eerstelijnsdiagnostiek": {},
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "given", "words"),
    [
        (
            "zorgtype_crisis",
            {"budget_dbc_gesloten_crisis_duurt_voort": "0"},
            ("Zorgtype 303", "In de regio is een regioplan", "Ook nodig: de budgetaanvraag is tweezijdig ingediend."),
        ),
        ("zorgtype_crisis", {"budget_dbc_gesloten_crisis_duurt_voort": "1"}, ("Zorgtype 304", "de crisis duurt nog")),
        ("crisis_minuten", {"minuten": "100"}, ("Prestatie 25B131", "(Crisis binnen budget)", "100 minuten")),
        ("crisis_minuten", {"minuten": "1 800"}, ("Prestatie 25B136", "1.800 minuten")),
        ("crisis_minuten", {"minuten": "0"}, ("Geen prestatie", "Zonder minuten behandeling")),
        (
            "code_geldig_op_openingsdatum",
            {"code": "108b16"},
            (
                "108B16 is niet geldig voor een dbc die is geopend op 1 januari 2020",
                "geldig tot en met 31 december 2019. Opvolger: 25B145, 25B146 of 25B147.",
                "De bron noemt geen begin",
            ),
        ),
        ("code_geldig_op_openingsdatum", {"code": "25B002"}, ("Opvolger (afgeleid): 25B135 of 25B142.",)),
        ("code_geldig_op_openingsdatum", {"code": "25B130"}, ("25B130 is geldig voor", "(Crisis binnen budget)")),
        (
            "code_geldig_op_openingsdatum",
            {"code": "25B130", "dbc_geopend_0": "2019-12-31"},
            ("25B130 is niet geldig", "Nog niet geldig: geldig vanaf 1 januari 2020."),
        ),
        ("code_geldig_op_openingsdatum", {"code": "99X999"}, ("99X999 kennen wij niet",)),
        ("voorbereiding_zorgmachtiging", {"aantal_25B095": "1"}, ("Toegestaan", "Officier van Justitie")),
        ("voorbereiding_zorgmachtiging", {"aantal_25B095": "2"}, ("Niet toegestaan", "25B095 1 keer")),
        (
            "voorbereiding_zorgmachtiging",
            {"aantal_25B095": "1", "grondslag": "crisismaatregel"},
            ("Niet toegestaan", "mag niet als het gaat om een crisismaatregel"),
        ),
        ("zt254", {"behandelminuten": "0"}, ("Zorgtype 254 met 25B144", "zonder behandeling")),
        ("zt254", {"behandelminuten": "5"}, ("Zorgtype 254 geldt niet", "Er is in deze dbc behandeling.")),
        ("vmr_vervolg", {"dbc_geopend_0": "2020-01-01"}, ("Toegestaan", "alleen VMR")),
        ("vmr_vervolg", {"dbc_geopend_0": "2019-12-31"}, ("Niet toegestaan", "verblijf alleen samen met behandeling")),
        ("diagnostiek_minuten", {"minuten": "800"}, ("Prestatie 25B145", "geopend op 1 januari 2020")),
        ("diagnostiek_minuten", {"minuten": "799"}, ("Niet bekend", "minder dan 800 minuten")),
        ("declarant", {"tariefbeschikking": "1"}, ("Toegestaan", "zorgtype 303")),
        ("declarant", {"tariefbeschikking": "0"}, ("Niet toegestaan", "individuele tariefbeschikking")),
        ("ozp_eerstelijnsdiagnostiek", {"datum_0": "31-12-2019"}, ("Apart te declareren", "31 december 2019")),
        ("ozp_eerstelijnsdiagnostiek", {"datum_0": "1-1-2020"}, ("In het tarief", "Vanaf 1 januari 2020")),
    ],
)
def test_a_rule_of_the_ggz_is_asked_by_its_own_questions_and_answered_in_words(client, rule, given, words):
    asked = {"regel": rule, **GGZ[rule], **given}
    page = text(ask(client, **asked))
    said = page.partition('id="antwoord"')[2].partition("<details")[0]
    assert all(one in said for one in words), said
    assert "Bron: Zilveren Kruis, “Declareren &amp; machtigen GGZ” 2020." in said


@pytest.mark.parametrize("rule", sorted(GGZ))
def test_every_rule_of_the_ggz_has_a_page_and_misses_what_is_not_filled_in(client, rule):
    assert f'href="/controles/ggz/?regel={rule}"' in text(client.get("/controles/ggz/"))
    answer = client.get("/controles/ggz/", {"regel": rule})
    questions = forms.PAGES["ggz"].by_rule[rule]
    assert questions.title in text(answer) and 'id="antwoord"' not in text(answer)
    assert all(asked.label in text(answer) for asked in questions.asked.values())
    assert 'href="/controles/ggz/"' in text(answer), "the way back to all rules"
    empty = ask(client, regel=rule)
    assert empty.status_code == 422
    assert [*empty.context["case"].errors] == [*questions.asked]


@pytest.mark.parametrize(
    ("rule", "given", "field", "words"),
    [
        ("crisis_minuten", {"minuten": "veel"}, "minuten", "'veel' is geen aantal."),
        ("crisis_minuten", {"minuten": "1,5"}, "minuten", "'1,5' is geen aantal."),
        ("crisis_minuten", {"minuten": "10", "zorgtype": "301"}, "zorgtype", "Kies een antwoord uit de lijst."),
        ("ozp_eerstelijnsdiagnostiek", {"datum_0": "0001-01-01"}, "datum", "Controleer het jaar."),
    ],
)
def test_what_is_wrong_in_a_rule_is_told_at_its_question(client, rule, given, field, words):
    answer = ask(client, **{"regel": rule, **GGZ[rule], **given})
    assert answer.status_code == 422
    assert words in answer.context["case"].errors[field][0]


@pytest.mark.parametrize("rule", ["", "bestaat-niet", "<script>"])
def test_without_a_rule_there_is_a_choice_of_rules(client, rule):
    for answer in (client.get("/controles/ggz/", {"regel": rule}), ask(client, regel=rule)):
        assert answer.status_code == 200
        assert text(answer).count("/controles/ggz/?regel=") == 9
        assert 'id="antwoord"' not in text(answer) and "<script>" not in text(answer)
