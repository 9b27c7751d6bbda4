"""What you can ask the catalogue. A day is always given: a code has its years."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from ggz_codes.domain import shipped, validity
from ggz_codes.domain.release_terms import RowKind
from ggz_codes.domain.validity import Period, Standing, Validity, standing
from ggz_codes.models import CodeDomain, Prestatie, ReleasedCode, Zorgtype
from ggz_codes.models.validity import code_among, holding_on
from ggz_codes.queries import releases


def prestaties(domain: str = "") -> QuerySet[Prestatie]:
    """Return all rows of the catalogue, or those of one domain."""
    return Prestatie.objects.filter(domain=domain) if domain else Prestatie.objects.all()


def valid_on(day: date, domain: str = "") -> QuerySet[Prestatie]:
    """Return the rows that are valid on a day, both ends included. Bron: R-27."""
    return prestaties(domain).filter(holding_on(day))


def prestatie(code: str, day: date, domain: str = CodeDomain.MSR) -> Prestatie | None:
    """Return the row of this code on a day; with more zorgproducten for one code the first."""
    return valid_on(day, domain).filter(code=code.strip().upper()).first()


def standing_of(code: str, day: date, domain: str = CodeDomain.GGZ) -> Standing:
    """Tell whether a declaratiecode is valid on a day, unknown, not yet valid or ended. Bron: R-27."""
    return validity_of(code, day, domain).standing


def validity_of(code: str, day: date, domain: str = "") -> Validity:
    """
    Tell how a code stands on a day, with the period that says so and, when it has ended, what came in its place.

    A GGZ code is judged on the opening date of the dbc. Bron: R-27; codes.md section 3 (`geldig_op`).
    """
    return validities_of([(code, day)], domain)[0]


def validities_of(pairs: Iterable[tuple[str, date]], domain: str = "") -> list[Validity]:
    """
    Tell of every pair of a code and a day what `validity_of` tells, in their order, in two questions for all of them.

    Of a code that a release in use names, it tells from its first day; our own list tells of the days before.
    Bron: R-27; codes.md section 3 (`geldig_op`); docs/adr/0009-releases.md.
    """
    asked = [(code.strip().upper(), day) for code, day in pairs]
    codes = {code for code, _ in asked}
    told = _by_code(releases.in_force(RowKind.DECLARATIECODE, codes))
    own = _by_code(prestaties(domain).filter(code_among(codes)).order_by("code", "valid_from"))
    known = {code: [*validity.before(own.get(code, ()), told.get(code, ())), *told.get(code, ())] for code in codes}
    after = shipped.successors()
    return [validity.validity(code, known[code], day, after.get(code, ())) for code, day in asked]


def standing_of_msr(code: str, day: date) -> Standing:
    """
    Tell whether a declaratiecode of MSR is valid on a day, unknown, not yet valid or ended.

    A zorgproduct of a release may be declared as it. Bron: R-27; docs/adr/0009-releases.md.
    """
    code = code.strip().upper()
    own = [row.period for row in prestaties(CodeDomain.MSR).filter(code=code)]
    return _standing(own, releases.periods_of(RowKind.DECLARATIECODE, code), day)


def standing_of_zorgproduct(code: str, day: date) -> Standing:
    """
    Tell whether a zorgproduct of MSR is valid on a day, unknown, not yet valid or ended.

    Bron: R-27; docs/adr/0009-releases.md.
    """
    own = [row.period for row in prestaties(CodeDomain.MSR).filter(zorgproduct_code=code.strip())]
    return _standing(own, releases.periods_of(RowKind.ZORGPRODUCT, code.strip()), day)


def standings_of_activities(pairs: Iterable[tuple[str, date]]) -> dict[tuple[str, date], Standing | None]:
    """
    Tell how each zorgactiviteit stands on its day by the releases in use, in one question; None when unknown.

    Bron: R-27.
    """
    asked = list(pairs)
    found = releases.validities_of(RowKind.ZORGACTIVITEIT, asked)
    stands = (None if one.standing is Standing.UNKNOWN else one.standing for one in found)
    return dict(zip(asked, stands, strict=True))


def knows_msr() -> bool:
    """Tell whether there is a list of MSR codes at all: without one nothing can be said about a code."""
    return prestaties(CodeDomain.MSR).exists()


def standing_of_zorgtype(code: str, day: date) -> Standing:
    """Tell whether a GGZ zorgtype is valid on a day, unknown, not yet valid or ended. Bron: R-27."""
    return validity_of_zorgtype(code, day).standing


def validity_of_zorgtype(code: str, day: date) -> Validity:
    """Tell how a GGZ zorgtype stands on a day, with the period that says so. Bron: R-27."""
    code = code.strip()
    own = [row.period for row in Zorgtype.objects.filter(code=code)]
    told = releases.periods_of(RowKind.ZORGTYPE, code)
    return validity.validity(code, [*validity.before(own, told), *told], day)


def _standing(own: list[Period], told: list[Period], day: date) -> Standing:
    return standing([*validity.before(own, told), *told], day)


def _by_code(rows: Iterable[Prestatie | ReleasedCode]) -> dict[str, list[Period]]:
    found: dict[str, list[Period]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(row.period)
    return found
