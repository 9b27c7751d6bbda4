"""What of a number is shown where the whole isn't needed."""

SHOWN = 4


def masked_bsn(bsn: str) -> str:
    """
    Return the BSN with its last four digits only: enough to tell two people apart, too little to use.

    Bron: security.md section 4.10.
    """
    return "*" * max(len(bsn) - SHOWN, 0) + bsn[-SHOWN:] if len(bsn) > SHOWN else "*" * len(bsn)
