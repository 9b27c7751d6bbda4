from authorizations.services import documents
from tests.factories import authorizations as make


def test_it_runs(indiener, insurer):
    request = make.draft(indiener, make.policy_version(insurer))
    made = documents.add(authorization_id=request.pk, stream=make.pdf(), name="brief.pdf", size=None, kinds=[], by=indiener, now=make.NOW)
    assert made.file.page_count == 1
