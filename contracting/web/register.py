"""The contract register: the insurer keeps it, a provider looks at its own contracts."""

from collections.abc import Iterable
from typing import Any, TextIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web import access
from contracting.domain import register as rules
from contracting.domain.register import ContractStatus
from contracting.models import Contract
from contracting.queries import register as asked
from contracting.queries import seasons
from contracting.services import register
from contracting.services.refusals import Incomplete, NotAllowed
from contracting.web.doors import keeps, reads, status_of
from contracting.web.forms_register import Propose, Publish, Step
from kit import csv, dates, text
from kit.downloads import csv_file

ON_A_PAGE = 50
COLOURS = {
    ContractStatus.PROPOSED: "neutral",
    ContractStatus.AGREED: "active",
    ContractStatus.RECORDED: "active",
    ContractStatus.SIGNED: "active",
    ContractStatus.MAY_DECLARE: "ok",
    ContractStatus.LAPSED: "danger",
    ContractStatus.ENDED: "warning",
}
HEAD = ("jaar", "zorgaanbieder", "AGB-code", "begint op", "eindigt op", "stap", "sinds", "mag declareren")


@require_safe
@reads
def listed(request: HttpRequest) -> HttpResponse:
    """Show the contracts of the own organisation, of one year (`?jaar=`) or of all."""
    actor = access.actor(request)
    found = asked.visible_to(actor)
    years = sorted(set(found.order_by().values_list("year", flat=True)), reverse=True)
    year = text.number(request.GET.get("jaar", ""))
    if year in years:
        found = found.filter(year=year)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "contracts": [(one, badge(one)) for one in page],
        "years": years,
        "year": year,
        "keeps": actor.has(*asked.KEEPERS),
        "letters": seasons.letters_for(actor) if actor.is_provider else [],
    }
    return render(request, "contracting/register/list.html", context)


@require_safe
@keeps
def file(request: HttpRequest) -> FileResponse:
    """Hand out the whole register for a spreadsheet."""
    contracts = asked.visible_to(access.actor(request))
    return csv_file("contracten.csv", lambda lines: write(lines, contracts.iterator(chunk_size=500)))


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def propose(request: HttpRequest) -> HttpResponse:
    """Put a contract into the register."""
    # An offer after a questionnaire leads here with its provider and its year.
    first = {"on": timezone.localdate(), "agb_code": request.GET.get("agb", ""), "year": request.GET.get("jaar", "")}
    form = Propose(request.POST) if request.method == "POST" else Propose(initial=first)
    if form.is_bound and form.is_valid():
        try:
            contract = register.propose(by=access.actor(request), now=timezone.now(), **form.cleaned_data)
        except Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het contract staat in het register. De zorgaanbieder krijgt bericht.")
            return redirect("contracting:contract", contract.pk)
    return render(request, "contracting/register/propose.html", {"form": form}, status=status_of(form))


@require_safe
@reads
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Show a contract, every step that was taken, and the next one to who keeps the register."""
    found = get_object_or_404(asked.visible_to(access.actor(request)), pk=contract_id)
    return _page(request, found, Step(moves=_moves(found), initial={"on": timezone.localdate()}))


@require_POST
@keeps
def step(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Take the next step."""
    actor = access.actor(request)
    found = get_object_or_404(asked.visible_to(actor), pk=contract_id)
    form = Step(request.POST, moves=_moves(found))
    if form.is_valid():
        try:
            register.move(contract_id=found.pk, by=actor, now=timezone.now(), **form.cleaned_data)
        except Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De stap is vastgelegd. De zorgaanbieder krijgt bericht.")
            return redirect("contracting:contract", found.pk)
    return _page(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def publish(request: HttpRequest) -> HttpResponse:
    """Make the list of contracted providers of a year public."""
    actor, now = access.actor(request), timezone.now()
    today = timezone.localdate(now)
    form = Publish(request.POST, today=today) if request.method == "POST" else Publish(today=today)
    if form.is_bound and form.is_valid():
        try:
            publication = register.publish(year=form.cleaned_data["year"], by=actor, now=now)
        except NotAllowed as refusal:
            form.add_error("year", str(refusal))
        else:
            messages.success(request, "De lijst is openbaar.")
            return redirect("contracting:publication", publication.pk)
    mine = asked.every_publication().filter(insurer_id=actor.organization_id)
    context = {"form": form, "publications": mine[:ON_A_PAGE]}
    return render(request, "contracting/register/publish.html", context, status=status_of(form))


def badge(contract: Contract) -> tuple[str, str]:
    """Return the colour and the words of the step."""
    return COLOURS[ContractStatus(contract.status)], contract.get_status_display()


def write(outgoing: TextIO, contracts: Iterable[Contract]) -> None:
    """Write contracts as rows for a spreadsheet."""
    outgoing.write(csv.BOM)
    rows = csv.Writer(outgoing)
    rows.write(HEAD)
    for one in contracts:
        status = ContractStatus(one.status)
        cells: tuple[Any, ...] = (one.year, one.provider.name, one.provider.agb_code, one.starts_on, one.ends_on)
        rows.write((*cells, status.label, one.status_on, "ja" if status in rules.DECLARES else "nee"))


def _moves(contract: Contract) -> list[rules.ContractMove]:
    return rules.moves_from(ContractStatus(contract.status))


def _page(request: HttpRequest, contract: Contract, form: Step) -> HttpResponse:
    keeps_it = access.actor(request).has(*asked.KEEPERS)
    context = {
        "contract": contract,
        "badge": badge(contract),
        "events": [
            {
                "state": "done",
                "title": f"{one.get_status_display()}, op {dates.day(one.on)}",
                "at": one.at,
                "by": one.by.full_name,
                "note": one.note,
            }
            for one in asked.steps_of(contract)
        ],
        "form": form if keeps_it and _moves(contract) else None,
        "declares": ContractStatus(contract.status) in rules.DECLARES,
    }
    return render(request, "contracting/register/one.html", context, status=status_of(form))
