"""A release from file to codes in force: the trial, the difference, and what never happens to the catalogue."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.domain.roles import Role
from ggz_codes.domain.release_terms import LinkKind, ReleaseStage, RowKind, RowState, Source
from ggz_codes.domain.validity import Standing
from ggz_codes.models import Release, ReleasedCode, ReleasedLink, ReleasedTree, ReleaseNote, ReleasePart
from ggz_codes.queries import releases as asked
from ggz_codes.services import release_sql, releases
from ggz_codes.services.releases import AlreadyThere, NotAllowed
from tests import shared
from tests.factories import accounts as people
from tests.factories.release_files import canonical, grouper, product, zipped
from tests.factories.releases import DAY, NOW, activate, bring, loaded, trial, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(insurer):
    return people.actor(Role.BEHEERDER, organization=insurer)


def in_force():
    rows = ReleasedCode.objects.filter(state=RowState.IN_FORCE).order_by("code", "valid_from")
    return [(row.code, str(row.valid_from or ""), str(row.valid_until or ""), row.description) for row in rows]


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Release, ReleasePart, ReleasedCode, ReleasedLink, ReleasedTree, ReleaseNote)
    ]


def test_from_file_to_codes_in_force(keeper):
    release = trial(canonical({}, {"code": "14E489", "omschrijving": "Consultair"}), by=keeper)
    assert release.counts["rows"] == {"declaratiecode": 2} and release.counts["changes"] == {"new": 2}
    assert in_force() == []
    activate(release, by=keeper)
    assert in_force() == [
        ("14E489", "2014-01-01", "", "Consultair"),
        ("14E490", "2014-01-01", "", "Beperkt behandelen"),
    ]
    assert (release.made_by_id, release.activated_by_id, release.activated_at) == (keeper.user_id, keeper.user_id, NOW)
    assert len(release.sha256) == 64 and release.version_on == DAY and not ReleasePart.objects.exists()


def test_the_same_content_changes_nothing():
    content = canonical({})
    loaded(content)
    before = everything()
    with pytest.raises(AlreadyThere, match="al ingelezen"):
        bring(content)
    assert everything() == before


def test_the_same_codes_in_another_file_change_nothing():
    loaded(canonical({}))
    rows = in_force(), ReleasedCode.objects.count()
    again = trial(canonical({}) + b"\n")
    assert again.counts["changes"] == {"same": 1}
    activate(again)
    assert (in_force(), ReleasedCode.objects.count()) == rows


def test_the_difference():
    first = canonical(
        {"code": "14E489"}, {"code": "14E490"}, {"code": "14E491", "tarief_eurocent": "100"}, {"code": "14E492"},
        {"code": "14E493", "groep": "oud"}, {"code": "14E494"}, {"code": "14E495"},
    )  # fmt: skip
    loaded(first)
    second = canonical(
        {"code": "14E489", "geldig_tot": "2016-12-31"},
        {"code": "14E490", "omschrijving": "Anders"},
        {"code": "14E491", "tarief_eurocent": "120"},
        {"code": "14E493", "groep": "nieuw"},
        {"code": "14E494", "geldig_tot": "2015-12-31"},
        {"code": "14E494", "geldig_vanaf": "2016-02-01", "omschrijving": "Nieuw"},
        {"code": "14E495"},
        {"code": "14E496"},
    )  # fmt: skip
    release = trial(second, version_on=date(2017, 1, 1))
    changes = {(row.code, str(row.valid_from)): row.diff for row in asked.changes(release)}
    assert changes == {
        ("14E489", "2014-01-01"): "ended",
        ("14E490", "2014-01-01"): "text",
        ("14E491", "2014-01-01"): "price",
        ("14E493", "2014-01-01"): "other",
        ("14E494", "2014-01-01"): "ended",
        ("14E494", "2016-02-01"): "text",
        ("14E496", "2014-01-01"): "new",
    }
    told = [(note.kind, note.value, note.message) for note in asked.notes(release)]
    assert told == [
        ("missing", "14E492", "Beperkt behandelen"),
        ("gap", "14E494", "01-01-2016 tot en met 31-01-2016"),
    ]
    price = next(row for row in asked.changes(release) if row.diff == "price")
    assert (price.was.cents, price.cents) == (100, 120)


def test_what_is_missing_stays_in_force():
    loaded(canonical({"code": "14E489"}, {"code": "14E490"}))
    loaded(canonical({"code": "14E490"}), version_on=date(2017, 1, 1))
    assert [row[0] for row in in_force()] == ["14E489", "14E490"]


def test_another_wording_on_a_new_day_is_a_new_version_im22():
    versions = [
        {"geldig_vanaf": "2014-01-01", "geldig_tot": "2014-12-31", "omschrijving": "Een"},
        {"geldig_vanaf": "2015-01-01", "geldig_tot": "2015-12-31", "omschrijving": "Twee"},
        {"geldig_vanaf": "2016-01-01", "geldig_tot": "2016-12-31", "omschrijving": "Drie"},
    ]
    loaded(canonical(*versions))
    before = list(ReleasedCode.objects.order_by("pk").values())
    loaded(canonical(*versions, {"geldig_vanaf": "2017-01-01", "omschrijving": "Vier"}), version_on=date(2017, 1, 1))
    assert [row[3] for row in in_force()] == ["Een", "Twee", "Drie", "Vier"]
    assert list(ReleasedCode.objects.order_by("pk").values())[:3] == before


def test_a_version_that_runs_on_gets_a_row_that_ends_before_the_new_one():
    loaded(canonical({"relatie_soort": "declaratiecode", "relatie_code": "14E489", "soort": "zorgproduct",
                      "code": "990027198", "domein": "MSZ"}))  # fmt: skip
    old = ReleasedCode.objects.get()
    second = {"soort": "zorgproduct", "code": "990027198", "domein": "MSZ", "geldig_vanaf": "2018-01-01",
              "omschrijving": "Nieuw", "relatie_soort": "declaratiecode", "relatie_code": "14E490"}  # fmt: skip
    release = trial(canonical(second), version_on=date(2018, 1, 1))
    assert {row.diff for row in asked.changes(release)} == {"cut", "text"}
    activate(release)
    assert in_force() == [
        ("990027198", "2014-01-01", "2017-12-31", "Beperkt behandelen"),
        ("990027198", "2018-01-01", "", "Nieuw"),
    ]
    was = ReleasedCode.objects.get(pk=old.pk)
    assert (was.state, was.replaced_by, was.valid_until) == (RowState.REPLACED, release, None)
    assert [asked.standing_of(RowKind.DECLARATIECODE, code, date(2018, 1, 1)) for code in ("14E489", "14E490")] == [
        Standing.ENDED,
        Standing.VALID,
    ]


def test_a_version_that_the_release_no_longer_has_is_replaced():
    loaded(canonical({"geldig_tot": "2014-12-31"}, {"geldig_vanaf": "2015-01-01"}))
    release = trial(canonical({}), version_on=date(2017, 1, 1))
    assert [note.kind for note in asked.notes(release)] == ["withdrawn"]
    activate(release)
    assert in_force() == [("14E490", "2014-01-01", "", "Beperkt behandelen")]
    assert ReleasedCode.objects.filter(state=RowState.REPLACED).count() == 2


def test_codes_hang_together_many_to_many_im23():
    records = [
        product("990027198", "14E489", "2014-01-01", "2015-12-31"),
        product("990027198", "14E490", "2016-01-01"),
        product("990027199", "14E490", "2014-01-01"),
    ]
    loaded(grouper(*records))
    assert {row.from_code for row in asked.links(LinkKind.DECLARED_AS, to="14E490")} == {"990027198", "990027199"}
    assert {row.to_code for row in asked.links(LinkKind.DECLARED_AS, of="990027198")} == {"14E489", "14E490"}
    assert asked.standing_of(RowKind.DECLARATIECODE, "14e489", date(2016, 1, 1)) == Standing.ENDED
    assert asked.standing_of(RowKind.ZORGPRODUCT, "990027199", date(2013, 12, 31)) == Standing.NOT_YET_VALID
    assert asked.standing_of(RowKind.DECLARATIECODE, "14E999", date(2016, 1, 1)) is None


def test_the_content_says_of_which_day_it_is():
    assert trial(grouper(product("990027198", "14E489", "2014-01-01")), version_on=None).version_on == DAY
    assert trial(canonical({}), version_on=None).version_on == date(2016, 11, 17)


def test_an_older_release_is_refused_unless_forced_im21(keeper):
    newer = loaded(canonical({"omschrijving": "Nieuw"}), version_on=date(2014, 5, 1))
    release = trial(canonical({"omschrijving": "Oud"}), version_on=date(2013, 11, 14))
    with pytest.raises(NotAllowed, match="01-05-2014"):
        releases.activate(release_id=release.pk, by=keeper, forced=False, now=NOW)
    assert in_force()[0][3] == "Nieuw"
    activate(release, forced=True, by=keeper)
    newer.refresh_from_db()
    assert in_force()[0][3] == "Oud" and newer.stage == ReleaseStage.SUCCEEDED and release.forced


@pytest.mark.parametrize(
    ("content", "told", "faults"),
    [
        (canonical({}, {"code": "1.5E+131"}), "1 fout", 1),
        (canonical({"geldig_tot": "2014-12-31"}, {"geldig_vanaf": "2014-12-31"}), "overlappen", 1),
        (canonical({}, {"geldig_vanaf": ""}), "overlappen", 1),
        (canonical(*[{"code": f"x{one}"} for one in range(600)]), "500 fouten of meer", 500),
        (canonical(), "geen codes", 0),
        (zipped({"codes.csv": canonical({})})[:-30], "beschadigd", 0),
        (zipped({"codes.csv": b"0" * 40_000_000}), "veel te groot", 0),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + grouper()[3:], "DTD", 0),
        (b"%PDF-1.7", "kolommen kennen wij niet", 0),
    ],
)
def test_bad_input_leaves_the_catalogue_as_it_was(content, told, faults):
    loaded(canonical({"code": "14E489"}))
    before = list(ReleasedCode.objects.order_by("pk").values())
    release = work(bring(content, package="ander"))
    assert release.stage == ReleaseStage.REFUSED and told in release.why_stopped
    assert asked.notes(release, "fault").count() == faults
    assert list(ReleasedCode.objects.order_by("pk").values()) == before
    assert not ReleasePart.objects.exists()


def test_a_clash_says_where_both_stand():
    release = work(bring(canonical({"geldig_tot": "2014-12-31"}, {"geldig_vanaf": "2014-12-31"})))
    note = asked.notes(release, "fault").get()
    assert (note.place, note.column, note.value) == ("codes.csv, regel 2", "geldigheid", "14E490")
    assert "Vanaf 31-12-2014" in note.message and "codes.csv, regel 3" in note.message


def test_whole_tables_are_never_joined_row_by_row(monkeypatch):
    """Where PostgreSQL takes 40,000 fresh rows for a handful, a join row by row takes hours."""
    do, joined = release_sql._do, []

    def watched(statement, *values):
        if any(word in statement for word in (" JOIN ", " IN (\n", " AS old")):
            with connection.cursor() as cursor:
                cursor.execute("SHOW enable_nestloop")
                joined.append((cursor.fetchone()[0], statement))
        do(statement, *values)

    monkeypatch.setattr(release_sql, "_do", watched)
    loaded(canonical({}, {}, {"code": "14E489"}))
    assert len(joined) > 15
    assert [statement for told, statement in joined if told != "off"] == []


def test_a_start_that_is_not_known_has_no_lower_bound_im20():
    loaded(canonical({"geldig_vanaf": "", "geldig_tot": "2019-12-31"}))
    assert asked.standing_of(RowKind.DECLARATIECODE, "14E490", date(1990, 1, 1)) == Standing.VALID
    assert asked.standing_of(RowKind.DECLARATIECODE, "14E490", date(2020, 1, 1)) == Standing.ENDED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ggz_codes_releasedcode SET description = 'x'",
        "UPDATE ggz_codes_releasedcode SET valid_until = '2020-01-01'",
        "UPDATE ggz_codes_releasedcode SET state = 'staged'",
        "DELETE FROM ggz_codes_releasedcode",
        "DELETE FROM ggz_codes_releasedlink",
    ],
)
def test_the_database_itself_keeps_what_is_in_force(statement):
    loaded(grouper(product("990027198", "14E489", "2014-01-01")))
    with pytest.raises(IntegrityError, match="released_is_final"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_only_the_beheerder_of_an_insurer(insurer, provider):
    for by in (
        people.actor(Role.MEDISCH_ADVISEUR, organization=insurer),
        people.actor(Role.ORGANISATIEBEHEERDER, organization=provider),
    ):
        with pytest.raises(NotAllowed, match="beheerder"):
            bring(canonical({}), by=by)
        assert not asked.visible_to(by).exists()


def test_too_big():
    with pytest.raises(NotAllowed, match="25 MB"):
        bring(b"0" * (releases.MOST_BYTES + 1))


@pytest.fixture
def command(tmp_path):
    def run(content, *more):
        path = tmp_path / "codes.csv"
        path.write_bytes(content)
        told = io.StringIO()
        said = ["--source", "anders", "--package", "codes", "--release", "RZ17a", "--effective", "2017-01-01",
                "--delivered", "2016-11-17", *more]  # fmt: skip
        call_command("load_release", str(path), *said, stdout=told, stderr=told)
        return told.getvalue()

    return run


def test_the_command(command):
    assert "Nieuw: 1" in command(canonical({}), "--dry-run") and in_force() == []
    assert "in gebruik" in command(canonical({})) and len(in_force()) == 1
    assert "al ingelezen" in command(canonical({}))
    with pytest.raises(CommandError, match="--force"):
        command(canonical({"omschrijving": "Oud"}), "--version-date", "2015-01-01")
    assert "in gebruik" in command(canonical({"omschrijving": "Oud"}), "--version-date", "2015-01-01", "--force")
    with pytest.raises(CommandError, match="1 fout"):
        command(canonical({"code": "x"}))


def test_the_real_release_of_2017_and_again():
    path = shared.path(shared.GROUPER)
    release = loaded(path.read_bytes(), source=Source.NZA, package="grouper", version_on=None)
    assert (release.version_on, release.layout) == (DAY, "nza_grouper_xml")
    assert release.counts["rows"]["zorgactiviteit"] == 16526 and release.counts["rows"]["zorgproduct"] == 16182
    assert release.counts["changes"]["gap"] > 0
    assert asked.standing_of(RowKind.DECLARATIECODE, "14E490", date(2017, 1, 1)) == Standing.VALID
    many = (
        ReleasedLink.objects.filter(kind=LinkKind.DECLARED_AS).order_by().values_list("from_code", "to_code").distinct()
    )
    assert len({to for _, to in many}) < len(many) and len({of for of, _ in many}) < len(many)
    before = ReleasedCode.objects.count(), ReleasedLink.objects.count(), ReleasedTree.objects.count()
    with pytest.raises(AlreadyThere):
        bring(path.read_bytes(), source=Source.NZA, package="grouper")
    # Under another name it is read, and brings nothing.
    again = trial(path.read_bytes(), source=Source.NZA, package="grouper 2", version_on=None)
    assert set(again.counts["changes"]) <= {"same", "gap", "warning", "skipped"}
    activate(again)
    assert (ReleasedCode.objects.count(), ReleasedLink.objects.count(), ReleasedTree.objects.count()) == before
