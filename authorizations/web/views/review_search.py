"""Look for words in one document; the answer is the page of the request with where they stand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.domain.roles import Role
from accounts.web import access
from authorizations.web.forms.review_viewer import Search
from authorizations.web.views import review_case, review_judge


@access.require(Role.MEDISCH_ADVISEUR)
def search(request: HttpRequest, reference: str, document_id: int) -> HttpResponse:
    """
    Show on which pages of a document words stand.

    What somebody looks for is medical as often as not, so it is posted: it stands in no address and in no log.
    """
    authorization = review_judge.find(access.actor(request), reference)
    case = review_case.Case(request, authorization)
    if request.method != "POST" or case.document is None or case.document.pk != document_id:
        return redirect("authorizations:review-detail", reference=authorization.reference)
    case.search = Search(request.POST)
    status = 200 if case.search.is_valid() else review_judge.UNPROCESSABLE
    return render(request, "authorizations/review/detail.html", {**case.full(), "bound": case.search}, status=status)
