"""When there is doubt about the code of a zorgactiviteit on the day that it was performed."""

from datetime import date

import pytest

from authorizations.domain import zorgactiviteiten
from ggz_codes.domain.validity import Standing

DAY = date(2026, 8, 3)
OURS, NOBODYS = "190961", "199999"


@pytest.mark.parametrize(
    ("code", "stands", "registered", "said"),
    [
        (OURS, Standing.VALID, False, ""),
        (NOBODYS, Standing.VALID, False, ""),
        (OURS, None, False, ""),
        (NOBODYS, None, False, "Wij kennen 199999 niet in onze lijst van revalidatie-activiteiten."),
        (NOBODYS, None, True, ""),
        (OURS, Standing.ENDED, False, "190961 was op 3 augustus 2026 niet geldig: de code was toen beëindigd."),
        (OURS, Standing.ENDED, True, "190961 was op 3 augustus 2026 niet geldig: de code was toen beëindigd."),
        (OURS, Standing.NOT_YET_VALID, True, "190961 was op 3 augustus 2026 niet geldig: de code ging later in."),
    ],
)
def test_doubt(code, stands, registered, said):
    assert zorgactiviteiten.doubt(code, DAY, stands, registered=registered) == said
