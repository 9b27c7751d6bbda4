"""What a check is measured against: reading the CSV alone, and the ten lines that anybody would write."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path


def _read(source: Path) -> int:
    with source.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file, delimiter=";"))


def _bare(name: str, source: Path, out: Path) -> None:
    # Only here: who reads alone pays for no rules.
    from authorizations.domain.checks import TOETSEN, Unjudgeable

    judge = TOETSEN[name].judge
    with source.open(encoding="utf-8", newline="") as file, out.open("w", encoding="utf-8", newline="") as made:
        rows: Iterator[list[str]] = csv.reader(file, delimiter=";")
        header = next(rows)
        write = csv.writer(made, delimiter=";", lineterminator="\n").writerow
        write([*header, *TOETSEN[name].gives])
        for cells in rows:
            try:
                write([*cells, *judge(dict(zip(header, cells, strict=True)), None)])
            except Unjudgeable as fault:
                write([*cells, str(fault)])


if __name__ == "__main__":
    way, name, source, out = sys.argv[1:]
    if way == "read":
        _read(Path(source))
    else:
        _bare(name, Path(source), Path(out))
