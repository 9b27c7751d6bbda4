"""
Which zorgtype a crisis has, one question at a time: what no longer matters isn't asked.

The answers stand in the address: they say nothing of a person, "terug" works, and the outcome can be passed on.
Bron: G-16 to G-22.
"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from authorizations.domain import ggz_checks, words
from authorizations.web.forms import crisis as forms
from ggz_codes.domain import crisis, shipped
from ggz_codes.domain.crisis import CrisisQuestion
from ggz_codes.domain.shipped import Code

ASKED = "verder"
ANSWERS = {forms.YES: True, forms.NO: False}


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Ask what is still to be asked, or tell the zorgtype with the reasons and its prestaties."""
    answers: dict[CrisisQuestion, bool] = {}
    while (question := crisis.next_question(answers)) and request.GET.get(question.value) in ANSWERS:
        answers[question] = ANSWERS[request.GET[question.value]]
    context: dict[str, object] = {"answered": _answered(answers), "carried": _written(answers)}
    if question:
        form = forms.Step(question, request.GET if request.GET.get(ASKED) == question.value else None)
        context |= {"form": form, "question": question}
        return render(request, "authorizations/checks/crisis.html", context, status=422 if form.errors else 200)
    found = crisis.choose(answers)
    context |= {
        "form": None,
        "found": found,
        "stays": [*crisis.stays(found.zorgtype).items()],
        "bands": [
            (code.code, _band(code)) for code in shipped.prestaties_of(found.zorgtype) if code.minutes_from is not None
        ],
        "source": ggz_checks.SOURCE,
    }
    return render(request, "authorizations/checks/crisis.html", context)


def _answered(answers: dict[CrisisQuestion, bool]) -> list[tuple[str, str, str]]:
    """Return each question with its answer, and the address where that one is asked again."""
    given = [*answers.items()]
    return [
        (question.label, "Ja" if answer else "Nee", _address(dict(given[:number])))
        for number, (question, answer) in enumerate(given)
    ]


def _address(answers: dict[CrisisQuestion, bool]) -> str:
    path = reverse("authorizations:crisis-zorgtype")
    return f"{path}?{urlencode(_written(answers))}" if answers else path


def _written(answers: dict[CrisisQuestion, bool]) -> list[tuple[str, str]]:
    return [(question.value, forms.YES if answer else forms.NO) for question, answer in answers.items()]


def _band(code: Code) -> str:
    first, last = words.number(code.minutes_from or 0), code.minutes_until
    return f"{first} minuten of meer" if last is None else f"{first} tot en met {words.number(last)} minuten"
