"""What may be asked of releases and of the rows they brought. Codes are public; a release is for who looks after it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from ggz_codes.domain import validity
from ggz_codes.domain.release_terms import AT_WORK, SAME, LinkKind, NoteKind, ReleaseStage, RowKind, RowState
from ggz_codes.domain.validity import Period, Standing, Validity, standing
from ggz_codes.models import Release, ReleasedCode, ReleasedLink, ReleasedTree, ReleaseNote
from ggz_codes.models.validity import code_among, holding_on

KEEPERS = frozenset({Role.BEHEERDER})


def visible_to(actor: Actor) -> QuerySet[Release]:
    """Return the releases, the last first, for the beheerder of an insurer; codes are of everybody, so all of them."""
    if not actor.is_insurer or not actor.roles & KEEPERS:
        return Release.objects.none()
    return Release.objects.order_by("-made_at", "-id")


def at_work() -> QuerySet[Release]:
    """Return the releases that wait for the worker: the smallest file first."""
    return Release.objects.filter(stage__in=AT_WORK).order_by("size", "stage_began_at", "id")


def same_content(source: str, package: str, sha256: str) -> Release | None:
    """Return the release with the same content that is under way or in use, or None."""
    over = (ReleaseStage.REFUSED, ReleaseStage.CANCELLED, ReleaseStage.SUCCEEDED)
    found = Release.objects.filter(source=source, package=package, sha256=sha256).exclude(stage__in=over)
    return found.order_by("id").first()


def in_use(source: str, package: str) -> Release | None:
    """Return the release of this package that is in use, or None."""
    return Release.objects.filter(source=source, package=package, stage=ReleaseStage.ACTIVE).first()


def newest_version(source: str, package: str) -> date | None:
    """Return the day of the content of the release that is in use, or None."""
    found = in_use(source, package)
    return found.version_on if found else None


def activations() -> int:
    """Return how often a release was activated: what was compared before the last one has to be compared again."""
    return Release.objects.exclude(activated_at=None).count()


def changes(release: Release, *kinds: str, of: str = "", begin: str = "") -> QuerySet[ReleasedCode]:
    """
    Return the rows that a release brings, or those of some kinds of change, with what they were before.

    `of` keeps to one kind of code, `begin` to codes that begin so.
    """
    found = _rows_of(release, of, begin).exclude(diff=SAME)
    found = found.filter(diff__in=kinds) if kinds else found
    return found.select_related("was").order_by("diff", "kind", "code", "domain", "tariff_kind", "valid_from", "id")


def notes(release: Release, *kinds: str, of: str = "", begin: str = "") -> QuerySet[ReleaseNote]:
    """Return what is told of a release beside its rows; with `of` or `begin` only what is told of codes."""
    found = ReleaseNote.objects.filter(release=release)
    found = found.filter(kind__in=kinds) if kinds else found
    found = found.exclude(kind__in=(NoteKind.FAULT, NoteKind.WARNING, NoteKind.SKIPPED)) if of or begin else found
    found = found.filter(column=of) if of else found
    found = found.filter(value__startswith=begin) if begin else found
    return found.select_related("was").order_by("id")


def changed_links(release: Release, *, of: str = "", begin: str = "") -> QuerySet[ReleasedLink]:
    """Return the relations that a release brings or changes, with what they were; `begin` is of either code."""
    found = ReleasedLink.objects.filter(release=release).exclude(diff=SAME)
    found = found.filter(from_kind=of) if of else found
    found = found.filter(Q(from_code__startswith=begin) | Q(to_code__startswith=begin)) if begin else found
    return found.select_related("replaces").order_by(
        "from_kind", "from_code", "from_domain", "kind", "to_code", "valid_from", "id"
    )


def change_counts(release: Release, *, of: str = "", begin: str = "") -> dict[str, int]:
    """Return how many rows a release brings per kind of change, and how many notes per kind."""
    rows = _rows_of(release, of, begin).values_list("diff").annotate(number=Count("id"))
    told = notes(release, of=of, begin=begin).order_by().values_list("kind").annotate(number=Count("id"))
    return dict(rows) | dict(told)


def link_counts(release: Release, *, of: str = "", begin: str = "") -> dict[str, int]:
    """Return how many relations a release brings or changes per kind of change."""
    found = changed_links(release, of=of, begin=begin).order_by().values_list("diff")
    return dict(found.annotate(number=Count("id")))


def kind_counts(release: Release) -> dict[str, int]:
    """Return how many rows of each kind of code a release has."""
    rows = ReleasedCode.objects.filter(release=release).order_by().values_list("kind")
    return dict(rows.annotate(number=Count("id")))


def in_force(kind: RowKind, codes: Collection[str], domain: str = "") -> QuerySet[ReleasedCode]:
    """Return the rows in force of these codes."""
    found = ReleasedCode.objects.filter(code_among(codes), state=RowState.IN_FORCE, kind=kind)
    return (found.filter(domain=domain) if domain else found).order_by("code", F("valid_from").asc(nulls_first=True))


def links(*kinds: LinkKind, to: str = "", of: str = "") -> QuerySet[ReleasedLink]:
    """Return how codes hang together, from the one side or the other."""
    found = ReleasedLink.objects.filter(state=RowState.IN_FORCE, kind__in=kinds)
    found = found.filter(to_code=to) if to else found
    found = found.filter(from_code=of) if of else found
    return found.order_by("from_code", "to_code", F("valid_from").asc(nulls_first=True))


def tree(group: str, day: date) -> ReleasedTree | None:
    """Return the decision tree of a product group for a subtraject that opens on this day, or None."""
    found = ReleasedTree.objects.filter(state=RowState.IN_FORCE, group=group)
    return found.filter(holding_on(day)).select_related("release").first()


def row_on(kind: RowKind, code: str, day: date, domain: str = "") -> ReleasedCode | None:
    """Return the row of a code that is valid on this day, or None."""
    return in_force(kind, [code], domain).filter(holding_on(day)).select_related("release").first()


def standing_of(kind: RowKind, code: str, day: date) -> Standing | None:
    """
    Tell how a code stands on a day by the releases in use, or None when they don't know it: another list may.

    A declaratiecode stands in the grouper only as what zorgproducten are declared as. Bron: R-27.
    """
    periods = periods_of(kind, code.strip().upper())
    return standing(periods, day) if periods else None


def validities_of(kind: RowKind, pairs: Sequence[tuple[str, date]]) -> list[Validity]:
    """
    Tell of every pair of a code and a day how that code stands by the releases in use, in one question.

    In the order that was asked; a code that no release knows is unknown. Bron: R-27; codes.md section 3 (`geldig_op`).
    """
    asked = [(code.strip().upper(), day) for code, day in pairs]
    rows = ReleasedCode.objects.filter(code_among(code for code, _ in asked), state=RowState.IN_FORCE, kind=kind)
    return validity.validities(asked, rows.order_by("code").values_list("code", "valid_from", "valid_until"))


def periods_of(kind: RowKind, code: str) -> list[Period]:
    """Return the days on which a code is valid by the releases in use; of a declaratiecode also as it is declared."""
    rows: Iterable[ReleasedCode | ReleasedLink] = in_force(kind, [code])
    found = [row.period for row in rows]
    if kind == RowKind.DECLARATIECODE:
        declared = links(LinkKind.DECLARED_AS, LinkKind.DECLARED_UNINSURED, to=code)
        found += [row.period for row in declared]
    return found


def _rows_of(release: Release, of: str, begin: str) -> QuerySet[ReleasedCode]:
    found = ReleasedCode.objects.filter(release=release)
    found = found.filter(kind=of) if of else found
    return found.filter(code__startswith=begin) if begin else found
