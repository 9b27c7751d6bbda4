"""Nothing is sealed too early, and whatever was tampered with is found, here and by the script that stands alone."""

import random
import subprocess
import sys
import threading
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from audit.domain.events import Kind
from audit.models import AccessEvent, Seal
from audit.services import anchoring, erasing, sealing, verifying
from bench import tamper
from portal.tenancy.owner import as_owner
from tests.audit import rows

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "verify_log.py"


def words(**given):
    return [fault.words for fault in verifying.faults(**given)]


@pytest.mark.django_db
def test_what_was_logged_is_sealed_once():
    for _ in range(3):
        rows.logged()
    assert (sealing.seal(), sealing.seal()) == (3, 0)
    rows.logged()
    assert sealing.unsealed() == 1
    assert sealing.seal() == 1
    assert [seal.row_count for seal in Seal.objects.order_by("number")] == [3, 1]
    assert words() == []


@pytest.mark.django_db(transaction=True)
def test_a_row_whose_transaction_has_not_ended_holds_up_the_seal(monkeypatch):
    monkeypatch.setattr(sealing, "PATIENCE", 0.2)
    written, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            rows.logged()
            written.set()
            go_on.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(20)
    later = rows.logged()
    assert sealing.seal() == 0
    go_on.set()
    thread.join()
    assert sealing.seal() == 2
    assert AccessEvent.objects.order_by("id").first().pk < later.pk
    assert words() == []


@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_that_does_not_write_in_the_log_holds_up_nothing(monkeypatch):
    monkeypatch.setattr(sealing, "PATIENCE", 0.2)
    with closing(connection.copy()) as elsewhere:
        elsewhere.ensure_connection()
        with elsewhere.connection.transaction(), elsewhere.connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id(), (SELECT count(*) FROM audit_accessevent)")
            rows.logged()
            assert sealing.seal() == 1
    assert words() == []


@pytest.mark.django_db(transaction=True)
def test_random_changes_are_all_found():
    chance = random.Random(1)
    anchor = tamper.prepare(chance, rows=60, seals=12)
    done, missed = tamper.trial(60, chance, anchor)
    assert missed == []
    assert sum(done.values()) > 40


@pytest.mark.django_db(transaction=True)
def test_the_first_row_that_was_changed_is_named(capsys):
    first, second, third = (rows.logged() for _ in range(3))
    sealing.seal()
    call_command("verify_log")
    assert "Het logboek is heel." in capsys.readouterr().out
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit_accessevent SET outcome = 8 WHERE id = %s", [second.pk])
        cursor.execute("DELETE FROM audit_accessevent WHERE id = %s", [third.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(CommandError, match=rf"Regel {second.pk} is veranderd.\n- Regel {third.pk} is verwijderd."):
        call_command("verify_log")
    assert AccessEvent.objects.filter(kind=Kind.LOG_CHECKED.value).count() == 2
    assert first.pk not in {fault.row_id for fault in verifying.faults()}


@pytest.mark.django_db(transaction=True)
def test_a_tail_that_was_cut_off_is_found_with_the_anchor():
    rows.logged()
    sealing.seal()
    rows.logged()
    sealing.seal()
    anchor = sealing.head().anchor
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM audit_seal WHERE number = 2")
        cursor.execute("DELETE FROM audit_accessevent WHERE id > (SELECT last_id FROM audit_seal)")
    assert ["Zegel 2 is er niet meer, en was er wel." in found for found in words()] == [True]
    # Also when nothing was remembered here: given what was kept elsewhere.
    anchoring.remember("")
    assert words() == []
    assert words(anchors=(anchor,)) == ["Zegel 2 ontbreekt: het einde van het logboek is afgeknipt."]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cut", ["number > 0", "number > 1"])
def test_who_has_only_the_database_can_not_have_the_portal_seal_a_forgery(cut, client, capsys):
    for _ in range(3):
        newest = rows.logged()
        sealing.seal()
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"DELETE FROM audit_seal WHERE {cut}")
        cursor.execute("UPDATE audit_accessevent SET login = 'verzonnen@x.example' WHERE id = %s", [newest.pk])
    with pytest.raises(anchoring.ChainBroken, match="Zegel 3 is er niet meer"):
        sealing.seal()
    health = client.get("/gezondheid/")
    assert health.status_code == 503
    assert "Het logboek is niet heel. Zegel 3" in health.content.decode()
    with pytest.raises(CommandError, match="Zegel 3 is er niet meer"):
        call_command("verify_log")
    # After a backup was put back somebody says so, and that is written down.
    call_command("verify_log", "--anchor-anew")
    assert "Het logboek is heel." in capsys.readouterr().out
    told = AccessEvent.objects.filter(kind=Kind.LOG_CHECKED.value).order_by("id").values_list("detail", flat=True)
    assert any("anker_was" in detail for detail in told)
    assert sealing.seal() > 0


@pytest.mark.django_db(transaction=True)
def test_rows_that_wait_for_a_seal_for_an_hour_are_named():
    rows.logged()
    rows.backdate(hours=2)
    assert ["langer dan een uur niet verzegeld" in found for found in words()] == [True]


@pytest.mark.django_db
@pytest.mark.parametrize("anchor", ["onzin", "1", "1:xyz", "²:" + "0" * 64])
def test_an_anchor_that_is_none_is_told_in_words(anchor):
    with pytest.raises(CommandError, match="Een kenmerk is het nummer van een zegel"):
        call_command("verify_log", "--anchor", anchor)


def check_alone(file, *given):
    """Run the script without anything of the portal."""
    return subprocess.run([sys.executable, "-I", SCRIPT, file, *given], capture_output=True, text=True, cwd="/")


@pytest.mark.django_db
def test_the_script_checks_an_export_without_the_portal(tmp_path):
    for _ in range(2):
        rows.logged(Kind.READ, "MA-000000001")
        sealing.seal()
    anchor, file, key = sealing.head().anchor, tmp_path / "log.jsonl", tmp_path / "key"
    key.write_text(settings.LOG_SEAL_KEY)
    call_command("export_log", file, stdout=StringIO())
    good = check_alone(file, "--key-file", key, "--anchor", anchor)
    assert (good.returncode, good.stdout.splitlines()[0]) == (0, "Het logboek is heel."), good.stderr
    # The row of the export itself.
    assert "niet te controleren: 1 regels" in good.stdout
    assert "wie de zegels zette" in check_alone(file).stdout and "het einde is afgeknipt" in check_alone(file).stdout
    key.write_text("een andere sleutel")
    assert "niet door het portaal gezet" in check_alone(file, "--key-file", key).stderr
    lines = file.read_text().splitlines()
    for changed, said in [
        ([line.replace('"outcome":0', '"outcome":8') for line in lines], "is veranderd"),
        ([line for number, line in enumerate(lines) if number != 0], "is verwijderd"),
        ([lines[0].replace('"id":', '"id":9'), *lines], "is later ingevoegd"),
        ([line for number, line in enumerate(lines) if number not in (0, 1)], "Zegel 1 ontbreekt"),
        (lines[:2], "afgeknipt"),
    ]:
        file.write_text("\n".join(changed) + "\n")
        answer = check_alone(file, "--anchor", anchor)
        assert answer.returncode == 1
        assert said in answer.stderr
    without_seals = [line for line in lines if '"seal":' not in line]
    file.write_text("\n".join(without_seals) + "\n")
    assert "geen enkel zegel" in check_alone(file).stderr
    for broken in (lines[0][:-9], "", "[]", '{"row": 1}', "geen json"):
        file.write_text("\n".join([broken, *lines]) + "\n")
        answer = check_alone(file)
        assert answer.returncode == 2 and "Niet te controleren" in answer.stderr, answer.stderr
    assert "een kenmerk is het nummer" in check_alone(file, "--anchor", "x").stderr


@pytest.mark.django_db
def test_an_erasure_takes_only_what_was_kept_five_years():
    rows.logged()
    sealing.seal()
    now = timezone.now()
    assert erasing.erasable(now) == (0, 0)
    with pytest.raises(erasing.TooYoung):
        erasing.erase(up_to_seal=1, now=now)
    later = now.replace(year=now.year + 5, month=12, day=28)
    assert erasing.erasable(later) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_after_an_erasure_the_rest_is_still_whole(tmp_path):
    # The clock of the database can't be turned: so the first seal is put on rows that were written long ago.
    rows.logged()
    rows.backdate(years=6)
    sealing.seal()
    seal = Seal.objects.get()
    seal.sealed_at = seal.sealed_at.replace(year=seal.sealed_at.year - 6)
    seal.hash = sealing.values_of(seal).expected_hash()
    seal.signature = sealing.values_of(seal).expected_signature(settings.LOG_SEAL_KEY.encode())
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        seal.save()
        cursor.execute("SET LOCAL session_replication_role = origin")
    anchoring.remember(sealing.head().anchor)
    rows.logged()
    sealing.seal()
    assert words() == []
    out = StringIO()
    call_command("erase_log", "--dry-run", stdout=out)
    call_command("erase_log", stdout=out)
    assert out.getvalue() == "1 regels te verwijderen.\n1 regels verwijderd.\n"
    sealing.seal()
    assert words() == []
    assert AccessEvent.objects.filter(kind=Kind.LOG_ERASED.value).count() == 1
    file = tmp_path / "log.jsonl"
    call_command("export_log", file, stdout=StringIO())
    assert check_alone(file).returncode == 0
