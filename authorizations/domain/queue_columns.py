"""
What the queue can show of a request besides its reference, and what it shows until somebody chooses otherwise.

Bron: feature 41. Only what lists may show (ADR 6): nothing here says what somebody has.
"""

COLUMNS = {
    "termijn": "Termijn",
    "soort": "Soort",
    "verzekerde": "Verzekerde",
    "aanbieder": "Aanbieder",
    "ingediend": "Ingediend",
    "status": "Status",
    "beoordelaar": "Beoordelaar",
    "werkgroep": "Werkgroep",
    "begin": "Begin van de behandeling",
    "beleid": "Beleid",
}
"""In the order of the page."""
AT_FIRST = ("termijn", "soort", "verzekerde", "aanbieder", "ingediend", "status", "beoordelaar")
