"""Whether a release may take the place of the one that is in use. Bron: codes.md section 3; import.csv IM21."""

from datetime import date


def refusal(*, version_on: date, in_use: date | None, forced: bool) -> str:
    """
    Return why a release isn't activated, or nothing: what is older than what is in use, only when somebody insists.

    `version_on` is the date of the content, never that of effect: 20170101 … v20160701 came before it took effect.
    """
    if forced or in_use is None or version_on >= in_use:
        return ""
    return (
        f"Deze uitgave is van {version_on:%d-%m-%Y}. In gebruik is een nieuwere, van {in_use:%d-%m-%Y}. "
        "Activeren kan alleen als u bevestigt dat u dat wilt."
    )
