"""The shell door: no settings, no database, no server."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from authorizations.domain.checks import TOETSEN

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("nr;activiteiten;verpleegdagen\né;190960x4;0\n", encoding="utf-8")
    return path


def test_all_judged_to_the_screen_with_nothing_configured(file):
    command = [sys.executable, str(ROOT / "manage.py"), "toets", "weging", str(file)]
    bare = {"PATH": os.environ["PATH"], "LANG": "C"}
    done = subprocess.run(command, env=bare, cwd=file.parent, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode("utf-8").splitlines()[1] == "é;190960x4;0;60;1,00;14E489;"


def test_some_faults_to_a_file(file, tmp_path):
    with file.open("a", encoding="utf-8") as more:
        more.write("2;x;0\n")
    out = tmp_path / "uit.csv"
    with pytest.raises(CommandError, match="1 van 2 rijen niet beoordeeld") as end:
        call_command("toets", "weging", file, uit=out, policy="zilveren-kruis-msr")
    assert end.value.returncode == 3
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "uit.csv"]


@pytest.mark.parametrize("name", sorted(TOETSEN))
def test_every_example(name, tmp_path):
    source, out = ROOT / "tests/data/vectors" / f"{name}.csv", tmp_path / "uit.csv"
    call_command("toets", name, source, uit=out)
    expected, given = (
        list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter=";")) for path in (source, out)
    )
    assert len(given) == len(expected) > 0
    for row, answer in zip(expected, given, strict=True):
        assert answer.items() >= row.items() and answer["fout"] == ""


def test_the_catalogue_is_there_with_nothing_configured(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("regel;invoer\ncrisis_minuten;zorgtype=303 minuten=100\nx;\n", encoding="utf-8")
    command = [sys.executable, str(ROOT / "manage.py"), "toets", "ggz", str(source)]
    bare = {"PATH": os.environ["PATH"], "LANG": "C"}
    done = subprocess.run(command, env=bare, cwd=tmp_path, capture_output=True, timeout=120, check=False)
    assert done.returncode == 3, done.stderr.decode()
    lines = done.stdout.decode("utf-8").splitlines()
    assert lines[:2] == ["regel;invoer;uitkomst;fout", "crisis_minuten;zorgtype=303 minuten=100;25B131;"]
    assert lines[2].startswith("x;;;regel: 'x' is er niet, kies uit code_geldig_op_openingsdatum, ")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "dit bestand bestaat niet"),
        (b"a;b\n1;2\n", "Deze kolom ontbreekt: activiteiten, verpleegdagen."),
        (b"activiteiten;verpleegdagen\n\xe9;0\n", "geen UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_no_result(tmp_path, content, words):
    source, out = tmp_path / "in.csv", tmp_path / "uit.csv"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(CommandError, match=words) as end:
        call_command("toets", "weging", source, uit=out)
    assert end.value.returncode == 2
    assert not out.exists()


def test_a_result_that_cannot_be_written(file, tmp_path):
    with pytest.raises(CommandError, match="bestaat niet") as end:
        call_command("toets", "weging", file, uit=tmp_path / "geen" / "uit.csv")
    assert end.value.returncode == 2


def test_an_unknown_policy(file):
    with pytest.raises(CommandError, match=r"Kies uit: asr-revalidatie-2020, zilveren-kruis-msr\.") as end:
        call_command("toets", "weging", file, policy="x")
    assert end.value.returncode == 2
