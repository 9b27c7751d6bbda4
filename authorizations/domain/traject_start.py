"""
What can't be when a zorgtraject begins: days that contradict each other, and a BSN where it doesn't belong.

Bron: NR/CU-263 (a subtraject opens on the day of the first activity, so after the birth); five years back is our own
limit, for no claim is older: what lies before it is a slip in the year.
"""

from collections.abc import Iterator
from datetime import date

from authorizations.domain import words
from authorizations.domain.intake_request import OLDEST

YEARS_BACK = 5


def wrong(
    *, number: str, bsn: str, birth_date: date | None, opened_on: date | None, today: date
) -> Iterator[tuple[str, str]]:
    """
    Yield the field and what is wrong with it; what isn't known yet is wrong with nothing.

    Bron: NR/CU-263 art. 16 (opening); domain.md section 3.4 (a zorgtrajectnummer is the institution's own).
    """
    if number and number == bsn:
        yield "number", "Dit is het BSN van de patiënt. Vul het nummer van het zorgtraject in uw eigen systeem in."
    if birth_date and birth_date > today:
        yield "birth_date", "De geboortedatum ligt in de toekomst. Controleer het jaar."
    elif birth_date and birth_date < OLDEST:
        yield "birth_date", "Controleer het jaar van de geboortedatum."
    if opened_on is None:
        return
    if opened_on > today:
        yield "opened_on", f"Een subtraject kan niet in de toekomst openen ({words.day(opened_on)})."
    elif opened_on.year < today.year - YEARS_BACK:
        yield (
            "opened_on",
            f"{words.day(opened_on).capitalize()} is meer dan {YEARS_BACK} jaar geleden. Controleer het jaar.",
        )
    elif birth_date and opened_on < birth_date <= today:
        yield "opened_on", "De patiënt was toen nog niet geboren. Controleer deze dag en de geboortedatum."
