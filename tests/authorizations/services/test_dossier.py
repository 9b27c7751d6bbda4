"""The whole dossier: what is in the zip of each side, that it can be checked, and that nothing internal slips out."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pypdfium2
import pytest

from authorizations.domain.dossier import DossierPurpose
from authorizations.domain.terms import Outcome, Verdict
from authorizations.services import dossier, review
from papers.delivery import store
from papers.models import File
from papers.tasks import render_letters
from portal.world import people, walk
from tests.factories import desk
from tests.factories import documents as make
from tests.factories import world as worlds

LATER = worlds.NOW + timedelta(days=9)
JANSEN, NOOR = "jansen@esdoorn.example", "noor@zk.example"
SECRET = "Alleen onder collega's: bel eerst de dokter."
NOTED = "Interne notitie: twijfel over de omvang."


def take(authorization, who, *, now=LATER, purpose=DossierPurpose.SKGZ):
    """Return the zip of this person, opened, as names with their bytes."""
    with dossier.export(authorization, purpose=purpose, by=people.actor(who), now=now) as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def words(pdf):
    """Return what stands in a PDF, as one line."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def indexed(found):
    return {
        row["bestand"]: row
        for row in csv.DictReader(io.StringIO(found["index.csv"].decode("utf-8-sig")), delimiter=";")
    }


@pytest.fixture
def denied(authorization_in):
    """A denial with internal notes and steps, a newer version of a document, and its letters."""
    authorization = authorization_in("answered")
    noor, kok, jansen = people.actor(NOOR), people.actor("kok@zk.example"), people.actor(JANSEN)
    first = authorization.documents.order_by("id").first()
    make.added(
        authorization, jansen, name="Bakker fibromyalgie.pdf", replaces_id=first.pk, now=worlds.NOW + timedelta(days=4)
    )
    review.note(authorization_id=authorization.pk, text=NOTED, by=noor, now=worlds.NOW + timedelta(days=4))
    walk.judge(authorization, by=noor, now=worlds.NOW + timedelta(days=4), not_met=walk.REASONS[Outcome.DENIED])
    saved = review.assessments(authorization)["c1"]
    desk.assess(authorization, "c1", noor, verdict=Verdict.MET, version=saved.version, internal_note=SECRET)
    authorization.refresh_from_db()
    walk.decide(authorization, Outcome.DENIED, by=noor, now=worlds.NOW + timedelta(days=5), second=kok)
    render_letters()
    authorization.refresh_from_db()
    return authorization


@pytest.mark.usefixtures("plain_letters")
def test_the_zip_holds_everything_under_plain_names_and_the_index_proves_it(denied):
    found = take(denied, NOOR)
    rows = indexed(found)
    assert set(found) == set(rows) | {"index.csv", "index.json", "LEESMIJ.txt"}
    for name, row in rows.items():
        assert (row["sha256"], int(row["grootte"])) == (hashlib.sha256(found[name]).hexdigest(), len(found[name]))
    assert [one["bestand"] for one in json.loads(found["index.json"])["bestanden"]] == list(rows)
    assert json.loads(found["index.json"])["doel"] == "skgz"
    assert list(rows)[:2] == ["dossier.pdf", "intern/intern.pdf"]
    assert sum(name.startswith("documenten/") for name in rows) == 7  # the older version too
    assert "documenten/01-verwijsbrief.pdf" in rows
    assert rows["documenten/01-verwijsbrief.pdf"]["soort"] == "Verwijsbrief van een arts (oudere versie)"
    assert [name for name in rows if name.startswith("brieven/")] == [
        "brieven/01-ontvangstbevestiging-zorgaanbieder.pdf",
        "brieven/02-afwijzing-zorgaanbieder.pdf",
        "brieven/03-afwijzing-verzekerde.pdf",
    ]  # fmt: skip
    assert not [name for name in found if "akker" in name or "fibro" in name]
    for stored in File.objects.all():
        assert stored.sha256 in {row["sha256"] for row in rows.values()}
    for part in (denied.reference, "Zilveren Kruis", "Een geschil bij de SKGZ", "Get-FileHash", "sha256sum", "intern/"):
        assert part in found["LEESMIJ.txt"].decode()


def test_the_pdf_tells_the_whole_story_to_both_sides_alike(denied):
    ours, theirs = (words(take(denied, who)["dossier.pdf"]) for who in (NOOR, JANSEN))
    for part in (
        "Dagelijks pijn in rug",
        "Vraag 1", "Antwoord", "Afgewezen op 7 november 2026 door A. Meijer", "bevestigd door R. Kok",
        walk.NOT_MET["c2a"][0], "Aanvraag ingediend, M. Jansen", "Zorgaanbieder 1 werkdag (1 dag)",
        "huisartsenjournaal.pdf",
    ):  # fmt: skip
        assert part in ours
        assert part in theirs
    assert "Bakker fibromyalgie" not in theirs


def test_nothing_internal_is_in_the_zip_of_the_provider(denied):
    own, found = take(denied, NOOR), take(denied, JANSEN)
    for part in (SECRET, NOTED, "Tweede beoordeling gevraagd"):
        assert part.replace("'", "") in words(own["intern/intern.pdf"]).replace("'", "").replace("’", "")
    assert not [name for name in found if name.startswith("intern") or "verzekerde" in name]
    everything = " ".join(
        words(content) if name.endswith(".pdf") else content.decode() for name, content in found.items()
    )
    for part in (
        "Alleen onder collega",
        "Interne notitie",
        "Tweede beoordeling",
        "voorgesteld",
        "intern/",
        "alleen voor de",
    ):
        assert part not in everything, part


@pytest.mark.parametrize("status", ["in_review", "second_review", "withdrawn"])
def test_before_a_decision_no_verdict_and_no_proposal_leaves(authorization_in, status):
    authorization = authorization_in(status)
    if status == "in_review":
        desk.assess(authorization, "c1", people.actor(NOOR), verdict=Verdict.MET, motivation="Nog niet af.")
    found = take(authorization, JANSEN)
    told = words(found["dossier.pdf"])
    assert "Er is geen besluit genomen." in told
    for part in ("Nog niet af.", walk.NOT_MET["c2a"][0], "Het oordeel per criterium"):
        assert part not in told
        assert part not in words(take(authorization, NOOR)["dossier.pdf"])
    # The letters are not made yet, and the zip says so.
    assert json.loads(found["index.json"])["niet_bijgevoegd"] == [
        "Ontvangstbevestiging, brief aan de zorgaanbieder van 2 november 2026: Deze brief wordt nog gemaakt. "
        "Probeer het over een minuut opnieuw."
    ]
    assert "Deze brief wordt nog gemaakt." in found["LEESMIJ.txt"].decode()


@pytest.mark.usefixtures("plain_letters")
def test_the_same_dossier_gives_the_same_fingerprints_and_at_one_moment_the_same_zip(denied):
    first, again = take(denied, JANSEN), take(denied, JANSEN)
    assert first == again
    later = take(denied, JANSEN, now=LATER + timedelta(days=1), purpose=DossierPurpose.ACCESS)
    stored = [name for name in first if "/" in name]
    assert [name for name in later if "/" in name] == stored
    assert all(later[name] == first[name] for name in stored)


@pytest.mark.usefixtures("plain_letters")
@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF anders")])
def test_what_is_gone_or_changed_on_disk_is_never_handed_out_as_whole(denied, harm):
    file = denied.documents.order_by("id").last().file
    harm(store.full(store.place("files", file.pk)))
    with pytest.raises(dossier.Damaged, match=r"^documenten/07-verwijsbrief\.pdf "):
        take(denied, NOOR)
