"""`make security` tells every figure, goes on after one that fails, and says so in the end."""

import sys
from importlib.util import find_spec
from pathlib import Path

from security import figures, logged, run
from security.run import Part

TELLS = "import sys; sys.path.insert(0, '.'); from security import figures; figures.tell('proef', {}, target=3)"


def test_a_part_that_fails_stops_nothing_and_is_told_in_the_end(monkeypatch, capfd):
    parts = (
        Part("mis", ("-c", "raise SystemExit(4)")),
        Part("stil", ("-c", "")),
        Part("minder", ("-c", TELLS.format(2))),
        Part("goed", ("-c", TELLS.format(3))),
    )
    monkeypatch.setattr(run, "PARTS", parts)
    monkeypatch.setattr(sys, "argv", ["run"])
    assert run.main() == 1
    end = capfd.readouterr().out.partition("== samen")[2]
    assert "mis: stopte met 4 (doel 0): NIET GEHAALD" in end
    assert "stil: geen cijfer (doel een cijfer): NIET GEHAALD" in end
    assert "proef: 2 (doel 3): NIET GEHAALD" in end and "proef: 3 (doel 3): gehaald" in end
    assert "1 van 4 gehaald" in end


def test_one_part_can_be_asked_for(monkeypatch, capfd):
    monkeypatch.setattr(
        run, "PARTS", (Part("mis", ("-c", "raise SystemExit(4)")), Part("goed", ("-c", TELLS.format(3))))
    )
    monkeypatch.setattr(sys, "argv", ["run", "goed"])
    assert run.main() == 0
    monkeypatch.setattr(sys, "argv", ["run", "anders"])
    assert run.main() == 2
    assert "Onbekend: anders. Er is: mis, goed." in capfd.readouterr().out


def test_a_figure_is_met_at_its_target_or_from_it(capfd):
    assert figures.tell("nul", 0, target=0).met and not figures.tell("nul", 1, target=0).met
    assert figures.tell("veel", 131, target=130, at_least=True).met
    assert figures.tell("weinig", "4.99", target=5, at_most=True).met
    assert not figures.tell("weinig", 5.01, target=5, at_most=True).met
    said = capfd.readouterr().out
    assert "veel: 131 (doel minstens 130): gehaald" in said and "weinig: 5.01 (doel hoogstens 5): NIET GEHAALD" in said


def test_every_part_is_there_and_is_told_of():
    page = Path(run.ROOT, "docs", "security.md").read_text(encoding="utf-8")
    for part in run.PARTS:
        assert find_spec(part.command[1]), part
        assert part.name in page.partition("# parts: ")[2].partition("\n")[0].split(", "), part


def test_the_log_is_judged_by_answers_that_were_seen_and_by_every_test():
    good, too_few, failed, nothing = (
        [figure.met for figure in logged.judge(said)]
        for said in (
            "69 antwoorden met gegevens, 80 regels\n17 passed in 9 s",
            "9 antwoorden met gegevens, 10 regels\n17 passed in 9 s",
            "69 antwoorden met gegevens, 80 regels\n1 failed, 16 passed in 9 s",
            "",
        )
    )
    assert (good, too_few, failed, nothing) == ([True, True], [True, False], [False, False], [True, False])
