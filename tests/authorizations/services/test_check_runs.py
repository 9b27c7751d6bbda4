"""A file that goes through a check: whatever it looks like, whoever kills the worker, and who may do what with it."""

import os
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain.roles import Role
from authorizations.domain import check_columns
from authorizations.domain import check_runs as rules
from authorizations.domain.check_runs import RunStatus
from authorizations.domain.checks import TOETSEN
from authorizations.models import CheckRun
from authorizations.queries import check_runs as asked
from authorizations.services import check_run_work, check_runs
from authorizations.services.check_runs import NotAllowed, Unreadable
from papers.delivery import store
from papers.services import tables
from portal import virus_scanner
from tests.factories import accounts
from tests.factories.runs import WEGING, brought, expected, judged, many, outcome, work

pytestmark = pytest.mark.django_db
HEAD = "nr;activiteiten;verpleegdagen;gewogen_minuten;gewogen_uren;vrijgestelde_code;fout"
ROW = "1;190960x4;0"
DONE = "1;190960x4;0;60;1,00;14E489;"


def of(separator):
    return WEGING.replace(";", separator) + ROW.replace(";", separator) + "\n"


@pytest.mark.parametrize(
    "content",
    [
        of(";"),
        of(","),
        of("\t"),
        of("|"),
        of(";").replace("\n", "\r\n"),
        of(";").rstrip("\n"),
        "\ufeff" + of(";"),
        of(";").encode("utf-16"),
        of(";").encode("utf-16-le"),
        of(";").encode("utf-16-be"),
        b"\xfe\xff" + of("\t").encode("utf-16-be"),
        WEGING + "\n\n" + ROW + "\n\n",
        WEGING.replace("nr", '"nr"') + '"1";"190960x4";"0"\n',
    ],
)
def test_a_file_in_any_dress_is_read(indiener, content):
    run = judged(indiener, content)
    assert (run.status, run.rows, run.wrong, run.why_over) == (RunStatus.DONE, 1, 0, "")
    assert outcome(run) == [HEAD, DONE]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252", "utf-16"])
def test_letters_with_accents_come_back(indiener, encoding):
    row = '"Zoë ""Ñandú""";;'
    run = judged(indiener, f"naam;activiteiten;verpleegdagen\n{row}\n".encode(encoding))
    assert outcome(run)[1] == f"{row};0;0,00;;"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1;1,9E+05x4;0", "activiteiten: '1,9E+05x4' is geen zorgactiviteit met aantal, zoals 190960x4"),
        ("1;190960x4", "rij: 2 kolommen, het moeten er 3 zijn"),
        ("1;190960x4;0;0", "rij: 4 kolommen, het moeten er 3 zijn"),
        ("1;190960x4;veel", "verpleegdagen: 'veel' is geen aantal"),
    ],
)
def test_a_row_that_cannot_be_judged_says_why_and_the_others_go_on(indiener, row, said):
    run = judged(indiener, f"{WEGING}{row}\n{ROW}\n")
    assert (run.rows, run.wrong) == (2, 1)
    _, wrong, good = outcome(run)
    assert wrong.endswith(f";;;;{said}") and good == DONE


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2021-02-15", "2021-02-16"),
        ("15-02-2021", "2021-02-16"),
        ("20210215", "2021-02-16"),
        ("15 februari 2021", "2021-02-16"),
        ("15/02/2021", ""),
        ("30-02-2021", ""),
        ("44242", ""),
    ],
)
def test_days_as_people_write_them(indiener, written, said):
    run = judged(indiener, f"gesloten_op;volgende_activiteit\n{written};2021-05-01\n", toets="vervolg")
    assert outcome(run)[1].split(";")[2] == said
    assert run.wrong == (not said)


def test_nothing_in_the_result_is_a_formula_and_the_rest_is_intact(indiener):
    run = judged(indiener, WEGING + '=HYPERLINK("x");190960x4;0\n"a;b\n""c""";190960x4;0\n-5;@x;0\n')
    assert outcome(run)[1:] == [
        """"'=HYPERLINK(""x"")";190960x4;0;60;1,00;14E489;""",
        '"a;b',
        '""c""";190960x4;0;60;1,00;14E489;',
        "-5;'@x;0;;;;activiteiten: '@x' is geen zorgactiviteit met aantal, zoals 190960x4",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04\x14\x00", "Excel-werkmap of een zip-bestand"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "oude Excel-werkmap"),
        (b"%PDF-1.7", "Dit is een pdf."),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x00\x01\x02\x03" * 30, "geen tekst"),
        (b"", "Het bestand is leeg"),
        (b"\n\n", "Het bestand is leeg"),
        (WEGING.encode(), "alleen namen van kolommen"),
        (b"activiteiten\n1\n", "Dit bestand heeft 1 kolom."),
        (b"activiteiten;verpleegdagen;x;x\n1;2;3;4\n", "Deze kolom staat er twee keer: x."),
        (b";".join(b"k%d" % number for number in range(301)) + b"\n1\n", "Dit bestand heeft 301 kolommen."),
        (b"x" * (1024 * 1024 + 1), "langer dan 1 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_leaves_nothing(indiener, content, words):
    before = on_disk()
    with pytest.raises(Unreadable, match=words):
        brought(indiener, content)
    assert not CheckRun.objects.exists() and on_disk() == before


def on_disk():
    return {path for kind in ("tables", "incoming") for path in store.full(kind).rglob("*") if path.is_file()}


def test_too_big_is_refused_in_words(indiener, monkeypatch):
    monkeypatch.setattr(rules, "MOST_BYTES", 50)
    with pytest.raises(Unreadable, match="Het mag 100 MB zijn"):
        brought(indiener, WEGING + "1;190960x4;0\n" * 3)


def test_a_quote_that_never_closes_ends_the_run_with_its_line(indiener):
    run = judged(indiener, WEGING + ROW + '\n2;"190960x4;0\n')
    assert (run.status, run.result) == (RunStatus.FAILED, None)
    assert run.why_over.startswith("Regel 3 is geen CSV.")


def test_a_virus_is_not_kept(indiener):
    run = judged(indiener, WEGING.encode() + virus_scanner.EICAR + b"\n")
    assert (run.status, run.rows) == (RunStatus.FAILED, 0)
    assert "virus" in run.why_over
    assert not store.full(store.place("tables", run.source)).exists()
    with pytest.raises(NotAllowed, match="virusscanner"):
        check_runs.go_on(run_id=run.pk, by=indiener, now=timezone.now())


def test_without_a_scanner_nothing_is_read(indiener, settings):
    settings.CLAMD_ADDRESS = ""
    run = judged(indiener, of(";"))
    assert (run.status, run.rows) == (RunStatus.WAITS, 0) and run.wait_until > timezone.now()
    settings.CLAMD_ADDRESS = os.environ["CLAMD_ADDRESS"]
    CheckRun.objects.update(wait_until=timezone.now() - timedelta(seconds=1))
    work()
    run.refresh_from_db()
    assert run.status == RunStatus.DONE


# -- which column is which ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "remembered", "guessed"),
    [
        ("activiteiten verpleegdagen", {}, {"activiteiten": 0, "verpleegdagen": 1}),
        ("Verpleegdagen Activiteiten", {}, {"activiteiten": 1, "verpleegdagen": 0}),
        ("za_activiteiten aantal_verpleegdagen nr", {}, {"activiteiten": 0, "verpleegdagen": 1}),
        ("aktiviteiten verpleeg-dagen", {}, {"activiteiten": 0, "verpleegdagen": 1}),
        ("nr iets anders", {}, {}),
        ("nr lijst uren", {"activiteiten": "lijst", "verpleegdagen": "weg"}, {"activiteiten": 1}),
        ("activiteiten activiteiten2", {}, {"activiteiten": 0}),
    ],
)
def test_a_guess_by_name(header, remembered, guessed):
    assert check_columns.guess(TOETSEN["weging"], header.split(), remembered) == guessed


def test_what_was_chosen_is_used_and_remembered(indiener, other_provider):
    content = "nr;lijst;dagen\n1;190960x4;0\n"
    run = brought(indiener, content)
    assert work() == 0 and run.mapping is None
    check_runs.choose_columns(run_id=run.pk, places={"activiteiten": 1}, by=indiener, now=timezone.now())
    work()
    run.refresh_from_db()
    # What the file has not is unknown in every row, and what it has comes back.
    assert (
        outcome(run)[0].startswith("nr;lijst;dagen;gewogen_minuten")
        and outcome(run)[1] == "1;190960x4;0;60;1,00;14E489;"
    )
    assert asked.remembered(organization_id=indiener.organization_id, toets="weging") == {"activiteiten": "lijst"}
    assert asked.remembered(organization_id=other_provider.pk, toets="weging") == {}
    with pytest.raises(NotAllowed, match="al gekozen"):
        check_runs.choose_columns(run_id=run.pk, places={"activiteiten": 1}, by=indiener, now=timezone.now())


def test_what_nobody_chose_columns_for_is_forgotten_too(indiener):
    brought(indiener, "nr;lijst\n1;2\n")
    assert check_runs.forget(now=timezone.now() + rules.KEPT + timedelta(minutes=1)) == 1


# -- stopping, going on, forgetting ------------------------------------------------------------------------------------


def test_stopped_it_goes_on_where_it_was(indiener, monkeypatch):
    monkeypatch.setattr(check_run_work, "AT_ONCE", 10)
    run = brought(indiener, many(45))
    work(most=4)
    check_runs.stop(run_id=run.pk, by=indiener, now=timezone.now())
    assert work() == 0
    run.refresh_from_db()
    assert (run.status, run.rows) == (RunStatus.STOPPED, 20) and indiener.name in run.why_over
    with pytest.raises(NotAllowed, match="staat op: gestopt"):
        check_runs.stop(run_id=run.pk, by=indiener, now=timezone.now())
    check_runs.go_on(run_id=run.pk, by=indiener, now=timezone.now())
    work()
    run.refresh_from_db()
    assert outcome(run) == expected(many(45))[1]


def test_a_step_is_taken_only_from_where_it_can_be():
    for name, step in rules.RUN_STEPS.items():
        assert {status for status in RunStatus if not rules.why_not(name, status)} == set(step.sources)


def test_what_was_kept_long_enough_goes_whole(indiener, django_capture_on_commit_callbacks):
    before = on_disk()
    with django_capture_on_commit_callbacks(execute=True):
        judged(indiener, of(";"))
    stopped = brought(indiener, many(5))
    work(most=3)
    check_runs.stop(run_id=stopped.pk, by=indiener, now=timezone.now())
    assert len(on_disk() - before) == 5
    assert check_runs.forget(now=timezone.now() + rules.KEPT - timedelta(minutes=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert check_runs.forget(now=timezone.now() + rules.KEPT + timedelta(minutes=1)) == 2
    assert not CheckRun.objects.exists() and not on_disk() - before


def test_what_no_run_knows_of_is_removed_from_disk(indiener):
    run = judged(indiener, of(";"))
    with tables.incoming([b"x"], limit=9) as came:
        lost = store.full(store.place("tables", tables.keep(came)))
    check_runs.forget(now=timezone.now() + timedelta(days=2))
    assert not lost.exists() and outcome(run) == [HEAD, DONE]


def test_who_sees_a_run(indiener, insurer, other_provider, provider):
    run = brought(indiener, of(";"))
    assert list(asked.visible_to(accounts.actor(Role.BEHANDELAAR, organization=provider))) == [run]
    assert not asked.visible_to(accounts.actor(Role.ORGANISATIEBEHEERDER, organization=provider))
    assert not asked.visible_to(accounts.actor(Role.INDIENER, organization=other_provider))
    clerk, adviser = (
        accounts.actor(Role.MEDEWERKER, organization=insurer),
        accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer),
    )
    theirs, own = brought(adviser, of(";")), brought(clerk, of(";"))
    assert list(asked.visible_to(clerk)) == [own]
    assert set(asked.visible_to(adviser)) == {theirs, own}
    with pytest.raises(NotAllowed):
        check_runs.stop(run_id=theirs.pk, by=clerk, now=timezone.now())


def test_so_many_at_once(indiener, monkeypatch):
    monkeypatch.setattr(rules, "MOST_AT_ONCE", 1)
    brought(indiener, of(";"))
    with pytest.raises(NotAllowed, match="Er wachten al 1 bestanden"):
        brought(indiener, of(";"))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"status": "weg"}, "check_run_status_known"),
        ({"status": "klaar"}, "check_run_ended_when_over|check_run_done_with_result"),
        ({"rows": 1}, "check_run_judged_after_scan"),
        ({"read_to": 10**6}, "check_run_within_its_file"),
        ({"wrong": 1}, "check_run_within_its_file"),
    ],
)
def test_the_database_insists(indiener, changes, name):
    brought(indiener, of(";"))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CheckRun.objects.update(**changes)


@pytest.mark.parametrize(
    ("done", "seconds", "words"),
    [
        (0, 0, ""),
        (50, 5, "nog enkele seconden"),
        (50, 42, "nog ongeveer 40 seconden"),
        (50, 600, "nog ongeveer 10 minuten"),
        (1, 1, "nog ongeveer 2 minuten"),
    ],
)
def test_how_long_it_still_takes(done, seconds, words):
    assert rules.time_left(done=done, total=100, seconds=seconds) == words
