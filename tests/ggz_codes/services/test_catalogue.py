import shutil
from datetime import date

import pytest
from django.core.management import call_command

from ggz_codes.models import Prestatie, Zorgtype
from ggz_codes.services import catalogue

pytestmark = pytest.mark.django_db


def test_the_catalogue_of_the_sources_is_loaded_once():
    first = catalogue.load()
    assert (first.changed, first.unchanged) == (0, 0)
    assert Prestatie.objects.filter(domain="GGZ").count() == 32
    assert Prestatie.objects.filter(domain="MSR").count() == 65
    assert Zorgtype.objects.count() == 16
    again = catalogue.load()
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)


def test_the_two_codes_of_the_msr_page_keep_their_caps_and_zorgproduct():
    catalogue.load()
    rows = Prestatie.objects.filter(code__in=["14E489", "14E490"]).order_by("code")
    assert [(row.code, row.zorgproduct_code, row.max_weighted_hours, row.minutes_until) for row in rows] == [
        ("14E489", "990027198", 4, 240),
        ("14E490", "990027199", 9, 540),
    ]


def test_every_row_of_the_release_says_so():
    catalogue.load()
    assert not Prestatie.objects.filter(domain="MSR").exclude(source__contains="release 2017").exists()


def test_a_changed_file_changes_the_row_and_nothing_else(tmp_path):
    catalogue.load()
    folder = tmp_path / "data"
    shutil.copytree(catalogue.FOLDER, folder)
    file = folder / "ggz_prestaties.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count("Verblijf crisis binnen budget D") == 1
    file.write_text(text.replace("Verblijf crisis binnen budget D", "Verblijf crisis D"), encoding="utf-8")
    done = catalogue.load(folder)
    assert (done.added, done.changed) == (0, 1)
    assert Prestatie.objects.get(code="25B090").description.startswith("Verblijf crisis D")


def test_an_ended_code_ends_on_the_last_day_of_the_year_before():
    catalogue.load()
    assert Prestatie.objects.get(code="108B16").valid_until == date(2019, 12, 31)
    assert Prestatie.objects.get(code="108B16").valid_from is None


def test_the_command_tells_what_it_did(capsys):
    call_command("load_catalogue")
    assert capsys.readouterr().out == "Codes: 113 nieuw, 0 gewijzigd, 0 gelijk.\n"
