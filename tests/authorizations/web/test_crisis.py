"""Which zorgtype a crisis has, one question at a time."""

import pytest

from ggz_codes.domain.crisis import CrisisQuestion

pytestmark = pytest.mark.django_db
PLAN, MAY, GOES_ON = CrisisQuestion
PATH = "/controles/crisiszorgtype/"


def text(answer):
    return " ".join(answer.content.decode().split())


def ask(client, *answers, **more):
    given = {question.value: answer for question, answer in zip(CrisisQuestion, answers, strict=False)}
    return client.get(PATH, given | more)


@pytest.mark.parametrize(
    ("answers", "question"), [([], PLAN), (["ja"], MAY), (["ja", "ja"], GOES_ON), (["misschien", "ja"], PLAN)]
)
def test_the_next_question_and_no_other(client, answers, question):
    page = text(ask(client, *answers))
    assert [one for one in CrisisQuestion if f'<input type="radio" name="{one.value}"' in page] == [question]
    assert 'id="antwoord"' not in page


@pytest.mark.parametrize(
    ("answers", "zorgtype", "reasons", "codes", "other"),
    [
        (["nee"], "306", 1, ["25B137", "25B143", "geen prestatie voor verblijf"], "25B130"),
        (["ja", "nee"], "305", 2, ["25B137", "25B143"], "25B090"),
        (["ja", "ja", "nee"], "303", 3, ["25B130", "25B136", "25B090", "25B094", "tweezijdig ingediend"], "25B137"),
        (["ja", "ja", "ja"], "304", 3, ["25B137", "800 tot en met 1.199 minuten", "1.800 minuten of meer"], "25B130"),
        (["nee", "ja", "ja"], "306", 1, ["25B137"], "25B130"),
    ],
)
def test_the_zorgtype_with_its_reasons_and_prestaties(client, answers, zorgtype, reasons, codes, other):
    answer = ask(client, *answers)
    page = text(answer)
    assert f"Zorgtype {zorgtype}: Acute psychiatrische hulpverlening" in page
    assert len(answer.context["found"].reasons) == len(answer.context["answered"]) == reasons
    assert all(code in page for code in codes) and other not in page
    assert 'type="radio"' not in page


def test_an_answer_can_be_changed_and_what_came_after_is_asked_again(client):
    page = text(ask(client, "ja", "ja", "nee"))
    for kept in ("", f"?{PLAN.value}=ja", f"?{PLAN.value}=ja&amp;{MAY.value}=ja"):
        assert f'href="{PATH}{kept}"' in page


def test_who_goes_on_without_an_answer_is_told(client):
    answer = ask(client, "ja", verder=MAY.value)
    assert answer.status_code == 422
    assert f"Beantwoord de vraag “{MAY.label}”" in text(answer) and "<title>Fout: " in text(answer)
    assert f'<input type="hidden" name="{PLAN.value}" value="ja">' in text(answer)
    # The question that was just answered makes the next one no fault.
    assert ask(client, "ja", verder=PLAN.value).status_code == 200


def test_an_answer_that_is_none_is_asked_again(client):
    answer = ask(client, "<script>", verder=PLAN.value)
    assert answer.status_code == 422
    assert "Kies een antwoord uit de lijst." in text(answer) and "<script>" not in text(answer)


def test_the_way_here(client):
    assert f'href="{PATH}"' in text(client.get("/controles/"))


def test_nothing_is_kept(client, django_assert_num_queries, settings):
    settings.RATE_LIMITS = False
    with django_assert_num_queries(0):
        ask(client, "ja", "ja", "nee")
