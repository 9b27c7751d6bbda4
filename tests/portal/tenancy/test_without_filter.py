"""
Take away every filter in Python, and visit every address as somebody of another organisation: nothing foreign appears.

The filters of accounts stay: people and organisations are outside row-level security (portal/tenancy/registry.py says
why). ASVS 8.4.1; security.md, A2.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import AccessRequest, ApiKey
from authorizations import queries
from authorizations.models import (
    AuthorizationRequest,
    CeilingNotice,
    CheckRun,
    CoulancePaper,
    CoulanceRequest,
    CounterQuestion,
    DayFigure,
    Dbc,
    Declaration,
    Document,
    EvidencePin,
    Grant,
    InformationItem,
    NumberSignal,
    PolicyDraft,
    RequestLetter,
    Subtraject,
    TakenOver,
    TrajectFile,
    TrajectImport,
    TrajectNumber,
    Zorgactiviteit,
    Zorgtraject,
)
from authorizations.queries import (
    check_runs,
    coulance,
    courses,
    declarations,
    figures,
    notices,
    policy_drafts,
    subtrajects,
    titles,
    traject_files,
    traject_imports,
)
from authorizations.services import terms
from contracting.models import Contract, Publication, Questionnaire, QuestionnairePaper, Season, StartLetter
from contracting.queries import questionnaires as lists
from contracting.queries import register, seasons
from kit import tenancy
from papers import queries as papers
from papers.models import File, Letter, PageImage, PrintBatch, PrintItem
from portal.tenancy import registry
from tests.factories.everything import NOW
from tests.journeys.addresses import said
from tests.portal.tenancy.conftest import SECRET
from tests.portal.tenancy.test_isolation import CLOSED_TO_OTHERS, everything_in

pytestmark = pytest.mark.django_db
PART = SECRET[1:-1]
"""Finds what holds the word, and can stand on the page as what was searched for."""
COURSES = (
    "/zorgtrajecten/",
    "/zorgtrajecten/nummers/",
    "/zorgtrajecten/overgenomen/",
    "/zorgtrajecten/dreigt-te-sluiten/",
)
IMPORTS, RUNS = "/zorgtrajecten/inlezen/", "/controles/bestanden/"
LISTS = {
    "provider": (
        "/aanvragen/",
        f"/aanvragen/?q={PART}",
        "/aanvragen/?lijst=afgerond",
        "/aanvragen/nieuw/",
        *COURSES,
        IMPORTS,
        RUNS,
        "/mijn-meldingen/",
        "/declaraties/",
        "/declaraties/indienen/",
        "/declaraties/vrijgesteld/",
    ),
    "insurer": (
        "/beoordelen/",
        f"/beoordelen/?zoek={PART}",
        "/beoordelen/?weergave=wacht",
        "/beoordelen/besloten/",
        f"/beoordelen/besloten/?zoek={PART}",
        "/beoordelen/heroverwegingen/",
        "/beoordelen/machtigingen-wijzigen/",
        "/beoordelen/meldingen/",
        "/beoordelen/meldingen/coulance/",
        "/beoordelen/post/",
        RUNS,
        *COURSES,
    ),
}


@pytest.fixture
def no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every question of who may see what answer: everybody, everything."""
    for name in ("visible_to", "with_content_for", "fillable_by", "reviewable_by"):
        monkeypatch.setattr(queries, name, lambda actor: AuthorizationRequest.objects.all())
    monkeypatch.setattr(queries, "can_see_content", lambda actor: True)
    monkeypatch.setattr(queries, "grants", lambda actor: Grant.objects.order_by("pk"))
    for module, name in ((subtrajects, "visible_to"), (subtrajects, "told_by"), (courses, "visible_to")):
        monkeypatch.setattr(module, name, lambda actor: Zorgtraject.objects.all())
    monkeypatch.setattr(notices, "visible_to", lambda actor: CeilingNotice.objects.all())
    monkeypatch.setattr(declarations, "visible_to", lambda actor: Declaration.objects.order_by("pk"))
    monkeypatch.setattr(coulance, "visible_to", lambda actor: CoulanceRequest.objects.all())
    monkeypatch.setattr(check_runs, "visible_to", lambda actor: CheckRun.objects.order_by("-pk"))
    monkeypatch.setattr(policy_drafts, "drafts_of", lambda actor: PolicyDraft.objects.order_by("pk"))
    monkeypatch.setattr(figures, "of_insurer", lambda actor: DayFigure.objects.all())
    monkeypatch.setattr(register, "visible_to", lambda actor: Contract.objects.order_by("pk"))
    for name in ("visible_to", "with_content_for"):
        monkeypatch.setattr(titles, name, lambda actor: TakenOver.objects.order_by("pk"))
    monkeypatch.setattr(seasons, "of_insurer", lambda actor: Season.objects.order_by("pk"))
    monkeypatch.setattr(seasons, "letters_for", lambda actor: StartLetter.objects.order_by("pk"))
    for name in ("visible_to", "fillable_by", "judgeable_by"):
        monkeypatch.setattr(lists, name, lambda actor: Questionnaire.objects.order_by("pk"))
    monkeypatch.setattr(traject_files, "visible_to", lambda actor: TrajectFile.objects.order_by("-pk"))
    monkeypatch.setattr(traject_imports, "visible_to", lambda actor: TrajectImport.objects.order_by("-pk"))
    monkeypatch.setattr(papers, "print_items_waiting", lambda sender_id: PrintItem.objects.order_by("pk"))
    monkeypatch.setattr(papers, "print_batches", lambda sender_id: PrintBatch.objects.order_by("pk"))
    monkeypatch.setattr(papers, "print_items", lambda sender_id: PrintItem.objects.order_by("pk"))


def patterns(found: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, set[str]]]:
    """Yield the name of every address, and what stands in it."""
    for entry in found:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from patterns(entry.url_patterns, space)
        elif entry.name:
            yield f"{prefix}{entry.name}", set(entry.pattern.converters or entry.pattern.regex.groupindex)


def addresses(world: Any) -> list[str]:
    """Return every address of the portal, with what is theirs filled in wherever something can be."""
    document = Document.objects.filter(authorization=world.case).first()
    letter = RequestLetter.objects.select_related("letter").first()
    assert document and letter
    decided = letter.authorization
    given: dict[str, tuple[Any, ...]] = {
        "reference": tuple(one.reference for one in (world.case, world.waiting, world.draft, decided)),
        "document_id": (
            document.pk,
            Document.objects.filter(authorization=world.draft).values_list("pk", flat=True)[0],
        ),
        "letter": (letter.letter.reference,),
        "number": (1,),
        "batch": (PrintBatch.objects.values_list("pk", flat=True)[0],),
        "item": tuple(PrintItem.objects.values_list("pk", flat=True)),
        "pin_id": (EvidencePin.objects.values_list("pk", flat=True)[0],),
        "item_id": (InformationItem.objects.values_list("pk", flat=True)[0],),
        "counter_id": (CounterQuestion.objects.values_list("pk", flat=True)[0],),
        "traject_id": (Zorgtraject.objects.values_list("pk", flat=True)[0],),
        "subtraject_id": (Subtraject.objects.values_list("pk", flat=True)[0],),
        "activity_id": (Zorgactiviteit.objects.values_list("pk", flat=True)[0],),
        "file_id": (TrajectFile.objects.values_list("pk", flat=True)[0],),
        "subject": ("nummers", "dbcs"),
        "dbc_id": (Dbc.objects.values_list("pk", flat=True)[0],),
        "changed_id": (TrajectNumber.objects.values_list("pk", flat=True)[0],),
        "signal_id": (NumberSignal.objects.values_list("pk", flat=True)[0],),
        "title_id": (TakenOver.objects.values_list("pk", flat=True)[0],),
        "toets": ("weging",),
        "step": ("patient", "behandelplan"),
        "slug": ("zilveren-kruis-msr",),
        "statement": ("N-00000000X",),
        "code": ("c2a",),
        "form": ("notitie", "criterium-c2a"),
        "location_id": (1,),
        "user_id": (world.user.pk, world.advisor.user_id),
        "invitation_id": (1,),
        "notice_id": (CeilingNotice.objects.values_list("pk", flat=True)[0],),
        "coulance_id": (CoulanceRequest.objects.values_list("pk", flat=True)[0],),
        "paper_id": (CoulancePaper.objects.values_list("pk", flat=True)[0],),
        "run_id": (CheckRun.objects.values_list("pk", flat=True)[0],),
        "declaration_id": (Declaration.objects.values_list("pk", flat=True)[0],),
        "import_id": (TrajectImport.objects.values_list("pk", flat=True)[0],),
        "key_id": (ApiKey.objects.values_list("pk", flat=True)[0],),
        "factor_id": (1,),
        "release_id": (1,),
        "contract_id": (Contract.objects.values_list("pk", flat=True)[0],),
        "questionnaire_id": (Questionnaire.objects.values_list("pk", flat=True)[0],),
        "evidence_id": (QuestionnairePaper.objects.values_list("pk", flat=True)[0],),
        "season_id": (Season.objects.values_list("pk", flat=True)[0],),
        "start_id": (StartLetter.objects.values_list("pk", flat=True)[0],),
        "publication_id": (Publication.objects.values_list("pk", flat=True)[0],),
        "soort": ("zorgtype",),
        "kode": ("303",),
        "year": (2026,),
        "version_id": (world.case.policy_version_id,),
        "draft_id": (PolicyDraft.objects.values_list("pk", flat=True)[0],),
        "part": ("criterium",),
        "request_id": (AccessRequest.objects.values_list("pk", flat=True)[0],),
        "secret": ("onbekend",),
        "uidb36": ("1",),
        "key": ("set-password",),
    }
    found = []
    for name, wanted in sorted(patterns(get_resolver().url_patterns)):
        if name.startswith("style:") or name in ("account_logout", "portal:health"):
            continue
        filled: list[dict[str, Any]] = [{}]
        for part in sorted(wanted):
            assert part in given, f"{name}: this test doesn't know what to fill in for {part}"
            filled = [{**one, part: value} for one in filled for value in given[part]]
        found += [reverse(name, kwargs=one) for one in filled]
    return found


def text_of(answer: Any) -> str:
    return said(answer) + str(answer.headers)


def betrays(text: str, path: str, theirs: Any, asked: str = "") -> list[str]:
    """Return what stands here of them, other than what was asked for by name: the own logbook names that as well."""
    path += asked if path.startswith("/logboek/") else ""
    numbers = AuthorizationRequest.objects.values_list("reference", flat=True)
    return [word for word in (SECRET, *numbers) if word in text and word not in path]


@pytest.mark.asvs("8.4.1")
def test_no_address_shows_anything_of_another(theirs, no_filter, log_in):
    everywhere = addresses(theirs.world)
    asked = " ".join(everywhere)
    assert len(everywhere) > 150
    for name, stranger in theirs.strangers.items():
        browser = log_in(stranger)
        browser.raise_request_exception = False
        for path in (*everywhere, *(path for paths in LISTS.values() for path in paths)):
            answer = browser.get(path)
            assert answer.status_code < 500, f"{name}: {path}"
            assert betrays(text_of(answer), path, theirs, asked) == [], f"{name}: {path}"
            if names_theirs(path):
                # 401: at addresses for programs a browser is nobody.
                assert answer.status_code in (302, 401, 403, 404), f"{name}: {path}: {answer.status_code}"


def names_theirs(path: str) -> bool:
    """Tell whether this is the address of one request, document, letter or batch of theirs."""
    return bool(
        re.search(
            r"/MA-|\.pdf$|/post/(brieven/)?[0-9]|/zorgtrajecten/(inlezen/)?[0-9]|meldingen/.*[0-9]|/controles/bestanden/[0-9]",
            path,
        )
    )


@pytest.mark.asvs("8.4.1")
def test_no_button_changes_anything_of_another(theirs, no_filter, log_in):
    everywhere = addresses(theirs.world)
    before = {name: set(everything_in(name)) for name in CLOSED_TO_OTHERS}
    typed = {
        "note": "x", "reason": "Omdat.", "text": "x", "verdict": "met", "motivation": "x", "draft_version": "1",
        "version": "1", "advisor": "1", "outcome": "granted", "confirm": "on", "because": "Omdat.",
    }  # fmt: skip
    for name, stranger in theirs.strangers.items():
        browser = log_in(stranger)
        browser.raise_request_exception = False
        for path in everywhere:
            answer = browser.post(path, typed)
            assert answer.status_code < 500, f"{name}: {path}"
            assert betrays(text_of(answer), path, theirs, " ".join(everywhere)) == [], f"{name}: {path}"
            if "/uitloggen/" in path:
                browser = log_in(stranger)
    for name, rows in before.items():
        assert rows <= set(everything_in(name)), name


def test_lists_and_counts_are_the_same_without_filter(theirs, log_in, request):
    """What is of nobody else counts for nothing: page by page the same as with the filter."""

    def seen() -> dict[tuple[str, str], str]:
        found = {}
        for name, paths in LISTS.items():
            browser = log_in(theirs.strangers[name])
            for path in paths:
                answer = browser.get(path)
                assert answer.status_code == 200, path
                found[name, path] = re.sub(
                    r"""(nonce|value)="[^"]+"|'nonce-[^']+'""", "", text_of(answer).partition("<main")[2]
                )
        return found

    with_filter = seen()
    request.getfixturevalue("no_filter")
    assert seen() == with_filter


@pytest.mark.ignore_template_errors
def test_without_row_level_security_this_test_fails(theirs, no_filter, log_in, monkeypatch):
    """The same visits, with PostgreSQL told that the portal itself asks: now there is much to see."""
    monkeypatch.setattr(tenancy, "Context", lambda *_, **__: SYSTEM)
    for stranger in theirs.strangers.values():
        browser = log_in(stranger)
        browser.raise_request_exception = False
        visits = (betrays(text_of(browser.get(path)), path, theirs) for path in addresses(theirs.world))
        assert len(list(islice(filter(None, visits), 5))) == 5


SYSTEM = tenancy.Context(system=tenancy.WORKER)


@pytest.mark.parametrize("ask", [papers.pages_to_make, papers.letters_to_render, papers.mail_to_send])
def test_work_that_nobody_asked_for_finds_nothing(theirs, ask):
    stranger = theirs.strangers["insurer"]
    for context in (tenancy.NOBODY, tenancy.Context(stranger.organization_id, stranger.user_id)):
        with tenancy.acting(context):
            assert list(ask()) == []
            assert terms.warn(now=NOW) == 0
            assert papers.files(list_of_ids()) == {}
    assert registry.MAIL not in tenancy.EVERYTHING


def list_of_ids() -> list[UUID]:
    with tenancy.as_system(tenancy.TESTS):
        return list(File.objects.values_list("pk", flat=True))


def test_a_look_up_by_number_finds_nothing_of_another(theirs):
    stranger = theirs.strangers["provider"]
    file_id, letter_id = list_of_ids()[0], Letter.objects.values_list("pk", flat=True)[0]
    reference, case = Letter.objects.get(pk=letter_id).reference, theirs.world.case
    with tenancy.acting(tenancy.Context(stranger.organization_id, stranger.user_id)):
        for ask, missing in (
            (lambda: papers.file(file_id), File.DoesNotExist),
            (lambda: papers.letter(letter_id), Letter.DoesNotExist),
            (lambda: papers.letter_with_reference(reference), Letter.DoesNotExist),
            (
                lambda: queries.authorization_to_change(authorization_id=case.pk),
                AuthorizationRequest.DoesNotExist,
            ),
        ):
            with pytest.raises(missing):
                ask()
        assert (papers.page_image(file_id, 1), PageImage.objects.count()) == (None, 0)
        assert queries.requests_of_letters([letter_id]) == {}
        assert queries.letters_of([case.pk]) == {}
        assert queries.grant_of(case.pk) is None


def test_the_client_of_a_visitor_asks_as_nobody(theirs, no_filter):
    browser = Client()
    for path in addresses(theirs.world):
        assert betrays(text_of(browser.get(path)), path, theirs) == [], path
