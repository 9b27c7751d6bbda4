"""
What the records of NZa's grouper tables give, and the trees of the product groups that this portal works with.

Bron: codes.md section 2; the release of 2017-01-01 itself (names of fields).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ggz_codes.domain import release_cells as cells
from ggz_codes.domain.release_cells import BadCell
from ggz_codes.domain.release_rows import MSZ, CodeRow, Fault, Found, LinkRow, Mended, Place, Skipped, TreeRow
from ggz_codes.domain.release_terms import LinkKind, RowKind

TREES = frozenset({"990027"})
"""Product groups of which the tree is kept: revalidatie. Of others this portal derives nothing."""
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Shape:
    """A table of the grouper: what its records are, and where in them things stand."""

    kind: RowKind
    code: str
    description: str
    specialism: bool = False
    consumer: str = ""
    group: Callable[[str], str] = lambda _code: ""
    facts: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, LinkKind] = field(default_factory=dict)


SHAPES = {
    "Specialisme": Shape(
        RowKind.SPECIALISME, "SpecialismeCode", "SpecialismeOmschrijving", facts={"clusters": "SpecialismeCluster"}
    ),
    "ZorgProductGroep": Shape(
        RowKind.PRODUCTGROEP,
        "ZorgProductGroepCode",
        "ZorgProductGroepOmschrijving",
        facts={"beslisregel": "BeslisRegelStart"},
    ),
    "Product": Shape(
        RowKind.ZORGPRODUCT,
        "ProductCode",
        "ProductOmschrijving",
        consumer="ConsumentenProductOmschrijving",
        group=lambda code: code[:6],
        links={
            "DeclaratieCodeVerzekerdeZorg": LinkKind.DECLARED_AS,
            "DeclaratieCodeOnVerzekerdeZorg": LinkKind.DECLARED_UNINSURED,
        },
    ),
    "ZorgType": Shape(
        RowKind.ZORGTYPE,
        "ZorgTypeCode",
        "ZorgTypeOmschrijving",
        specialism=True,
        facts={"looptijd": "MaximaleLooptijd", "attribuut": "ZorgTypeAttribuutCode", "clusters": "ZorgTypeCluster"},
    ),
    "ZorgVraag": Shape(
        RowKind.ZORGVRAAG,
        "ZorgVraagCode",
        "ZorgVraagOmschrijving",
        specialism=True,
        facts={"attribuut": "ZorgVraagAttribuutCode", "clusters": "ZorgVraagCluster"},
    ),
    "Diagnose": Shape(
        RowKind.DIAGNOSE,
        "DiagnoseCode",
        "DiagnoseOmschrijving",
        specialism=True,
        facts={"attribuut": "DiagnoseAttribuutCode", "icd10": "ICD10DiagnoseCode", "clusters": "DiagnoseCluster"},
    ),
    "ZorgActiviteit": Shape(
        RowKind.ZORGACTIVITEIT,
        "ZorgActiviteitCode",
        "ZorgActiviteitOmschrijving",
        facts={
            "clusters": "ZorgActiviteitCluster",
            "gewichten": "ZorgActiviteitWeegFactor",
            "tarieftype": "TariefType",
            "zpk": "Zorgprofielklassecode",
            "wbmv": "WBMVCode",
            "aanspraak": "AanspraakCode",
            "op_nota": "OpNota",
        },
    ),
    "AfsluitReden": Shape(RowKind.AFSLUITREDEN, "AfsluitRedenCode", "AfsluitRedenOmschrijving"),
}
LINKED = {"VertaalZorgActiviteit", "LimitatieMachtiging"}
BRANCHES = {"BeslisRegel", "AttribuutGroep", "AttribuutGroepKoppeling", "Attribuut"}
LEFT = {"BehandelKlasse": "BehandelKlassen (alleen voor bomen van andere specialismen)", "ZorgInstelling": "",
        "Geslacht": "", "BoomParameter": ""}  # fmt: skip
LIST_LEFT = ("BehandelKlassen", "BehandelKlasse")
"""Of a table that isn't kept and is nearly as long as all others: its list, and what stands in it."""
TAGS = frozenset(SHAPES) | LINKED | BRANCHES | frozenset(LEFT)


class Grouper:
    """Reads the records of both files of a release, in whichever order; the trees come at the end."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.starts: list[tuple[str, str, Any, Place]] = []
        self.rules: dict[str, tuple[str, ...]] = {}
        self.groups: dict[str, tuple[str, int]] = {}
        self.tests: dict[str, list[tuple[str, ...]]] = {}
        self.attributes: dict[str, tuple[str, ...]] = {}

    def leave(self, tag: str, number: int = 1) -> None:
        """Count records of a table that isn't kept."""
        self.numbers[tag] = self.numbers.get(tag, 0) + number

    def read(self, tag: str, record: Record, file: str) -> Sequence[Found]:
        """Return what a record gives, or what is wrong with it."""
        number = self.numbers[tag] = self.numbers.get(tag, 0) + 1
        try:
            if tag in BRANCHES:
                self._branch(tag, record)
                return ()
            place = Place(f"{file}: {tag}", number)
            return [self._link(tag, record, place)] if tag in LINKED else self._code(SHAPES[tag], record, place)
        except _Wrong as wrong:
            said = str(record.get(wrong.column) or "")[:100]
            return [Fault(Place(f"{file}: {tag}", number), wrong.column, said, wrong.message)]

    def rest(self) -> Iterator[Found]:
        """Yield the trees, and which tables were left."""
        for group, start, period, place in self.starts:
            try:
                yield TreeRow(group, start, period, self._tree(start), place)
            except _Wrong as wrong:
                yield Fault(place, wrong.column, start, wrong.message)
        for tag, words in LEFT.items():
            if words and self.numbers.get(tag):
                yield Skipped(words, self.numbers[tag])

    def _code(self, shape: Shape, record: Record, place: Place) -> list[Found]:
        specialism = _code(record, "SpecialismeCode", RowKind.SPECIALISME, "") if shape.specialism else None
        domain = specialism.value if specialism else MSZ
        code = _code(record, shape.code, shape.kind, domain)
        period = _period(record)
        found: list[Found] = [Mended(place, shape.code, code.warning)] if code.warning else []
        found.append(
            CodeRow(
                kind=shape.kind,
                domain=domain,
                code=code.value,
                description=_read(record, shape.description, cells.wording)[:500],
                place=place,
                period=period,
                consumer=_read(record, shape.consumer, cells.wording)[:500] if shape.consumer else "",
                group=shape.group(code.value),
                facts={name: fact for name, one in shape.facts.items() if (fact := _fact(record.get(one)))},
                version_on=_read(record, "VersieDatum", cells.day),
            )
        )
        to = RowKind.DECLARATIECODE
        for column, kind in shape.links.items():
            if record.get(column):
                other = _code(record, column, to, "")
                found.append(LinkRow(kind, shape.kind, domain, code.value, to, other.value, place, period))
        if shape.kind == RowKind.PRODUCTGROEP and code.value in TREES:
            self.starts.append((code.value, str(record.get("BeslisRegelStart") or ""), period, place))
        return found

    def _link(self, tag: str, record: Record, place: Place) -> LinkRow:
        activity = RowKind.ZORGACTIVITEIT
        to = _code(
            record, "ZorgActiviteitCodeOud" if tag == "VertaalZorgActiviteit" else "ZorgActiviteitCode", activity, ""
        )
        if tag == "VertaalZorgActiviteit":
            own = _code(record, "ZorgActiviteitCode", activity, "")
            return LinkRow(LinkKind.REPLACES, activity, MSZ, own.value, activity, to.value, place, _period(record))
        domain = _code(record, "SpecialismeCode", RowKind.SPECIALISME, "").value
        diagnosis = _code(record, "DiagnoseCode", RowKind.DIAGNOSE, domain).value
        return LinkRow(
            LinkKind.LIMITED, RowKind.DIAGNOSE, domain, diagnosis, activity, to.value, place, _period(record)
        )

    def _branch(self, tag: str, record: Record) -> None:
        of = record.get
        if tag == "BeslisRegel":
            self.rules[of("BeslisRegelId") or ""] = (
                of("AttribuutGroepId") or "", of("BeslisRegelTrue") or "", of("LabelTrue") or "",
                of("BeslisRegelFalse") or "", of("LabelFalse") or "",
            )  # fmt: skip
        elif tag == "AttribuutGroep":
            needed = _read(record, "AantalVoorwaardenVoorTrue", cells.whole)
            self.groups[of("AttribuutGroepId") or ""] = (of("AttribuutGroepOmschrijving") or "", needed or 0)
        elif tag == "AttribuutGroepKoppeling":
            test = (
                of("AttribuutId") or "",
                of("AttribuutToetsWijze") or "",
                of("OnderToetsWaarde") or "",
                of("BovenToetsWaarde") or "",
            )
            self.tests.setdefault(of("AttribuutGroepId") or "", []).append(test)
        else:
            self.attributes[of("AttribuutId") or ""] = (
                of("BoomParameterNummer") or "", of("FilterToetsWijze") or "", of("OnderFilterWaarde") or "",
                of("AttribuutOmschrijving") or "",
            )  # fmt: skip

    def _tree(self, start: str) -> dict[str, Any]:
        """Return the rules that can be reached from here."""
        found: dict[str, Any] = {}
        waiting = [start]
        while waiting:
            number = waiting.pop()
            if number in found:
                continue
            if number not in self.rules:
                raise _Wrong("BeslisRegelStart", f"Beslisregel {number} ontbreekt: de boom is niet compleet.")
            group, yes, yes_label, no, no_label = self.rules[number]
            if group not in self.groups or not self.tests.get(group):
                raise _Wrong("AttribuutGroepId", f"Attribuutgroep {group} van beslisregel {number} ontbreekt.")
            words, needed = self.groups[group]
            tests = []
            for attribute, way, low, high in self.tests[group]:
                if attribute not in self.attributes:
                    raise _Wrong("AttribuutId", f"Attribuut {attribute} van beslisregel {number} ontbreekt.")
                parameter, filtered, value, about = self.attributes[attribute]
                tests.append([parameter, filtered, value, way, low, high, about])
            found[number] = {"words": words, "needed": needed, "tests": tests,
                             "yes": [yes, yes_label], "no": [no, no_label]}  # fmt: skip
            waiting += [one for one in (yes, no) if one]
        return found


class _Wrong(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def _read(record: Record, column: str, how: Callable[[str], Any]) -> Any:
    try:
        return how(str(record.get(column) or ""))
    except BadCell as bad:
        raise _Wrong(column, str(bad)) from None


def _code(record: Record, column: str, kind: RowKind, domain: str) -> cells.Code:
    try:
        return cells.code(str(record.get(column) or ""), kind, domain)
    except BadCell as bad:
        raise _Wrong(column, str(bad)) from None


def _period(record: Record) -> Any:
    begin, end = _read(record, "BeginDatum", cells.day), _read(record, "EindDatum", cells.last_day)
    try:
        return cells.period(begin, end)
    except BadCell as bad:
        raise _Wrong("EindDatum", str(bad)) from None


def _fact(value: Any) -> Any:
    """Return a value, or those of a numbered list with what is empty or nought at its end left off."""
    if not isinstance(value, list):
        return value or ""
    while value and value[-1] in (None, "", "0"):
        value = value[:-1]
    return [one or "" for one in value]
