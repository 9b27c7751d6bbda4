"""What you can ask the catalogue. A day is always given: a code has its years."""

from datetime import date

from django.db.models import Q, QuerySet

from ggz_codes.domain.validity import Standing, standing
from ggz_codes.models import CodeDomain, Prestatie, Zorgtype


def prestaties(domain: str = "") -> QuerySet[Prestatie]:
    """Return all rows of the catalogue, or those of one domain."""
    return Prestatie.objects.filter(domain=domain) if domain else Prestatie.objects.all()


def valid_on(day: date, domain: str = "") -> QuerySet[Prestatie]:
    """Return the rows that are valid on a day, both ends included. Bron: R-27."""
    return prestaties(domain).filter(_holding(day))


def prestatie(code: str, day: date, domain: str = CodeDomain.MSR) -> Prestatie | None:
    """Return the row of this code on a day; with more zorgproducten for one code the first."""
    return valid_on(day, domain).filter(code=code.strip().upper()).first()


def standing_of(code: str, day: date, domain: str = CodeDomain.GGZ) -> Standing:
    """Tell whether a code is valid on a day, unknown, not yet valid or ended. Bron: R-27."""
    return standing([row.period for row in prestaties(domain).filter(code=code.strip().upper())], day)


def standing_of_msr(code: str, day: date) -> Standing:
    """Tell whether a declaratiecode of MSR is valid on a day, unknown, not yet valid or ended. Bron: R-27."""
    return standing_of(code, day, CodeDomain.MSR)


def standing_of_zorgproduct(code: str, day: date) -> Standing:
    """Tell whether a zorgproduct of MSR is valid on a day, unknown, not yet valid or ended. Bron: R-27."""
    return standing([row.period for row in prestaties(CodeDomain.MSR).filter(zorgproduct_code=code.strip())], day)


def knows_msr() -> bool:
    """Tell whether there is a list of MSR codes at all: without one nothing can be said about a code."""
    return prestaties(CodeDomain.MSR).exists()


def standing_of_zorgtype(code: str, day: date) -> Standing:
    """Tell whether a GGZ zorgtype is valid on a day, unknown, not yet valid or ended. Bron: R-27."""
    return standing([row.period for row in Zorgtype.objects.filter(code=code.strip())], day)


def search(text: str, *, day: date | None = None, domain: str = "") -> QuerySet[Prestatie]:
    """
    Return the rows whose code begins with the text, or whose zorgproduct, group or description has all its words.

    Equal descriptions are different codes, so the group comes along in the answer (G-22).
    """
    found = valid_on(day, domain) if day else prestaties(domain)
    words = text.replace("\x00", "").split()
    if len(words) == 1:
        word = words[0]
        return found.filter(
            Q(code__istartswith=word)
            | Q(zorgproduct_code__startswith=word)
            | Q(description__icontains=word)
            | Q(group__icontains=word)
        )
    for word in words:
        found = found.filter(Q(description__icontains=word) | Q(group__icontains=word))
    return found


def zorgtypes(day: date | None = None) -> QuerySet[Zorgtype]:
    """Return the GGZ zorgtypes, all of them or those valid on a day."""
    return Zorgtype.objects.filter(_holding(day)) if day else Zorgtype.objects.all()


def _holding(day: date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_until=None) | Q(valid_until__gte=day))
