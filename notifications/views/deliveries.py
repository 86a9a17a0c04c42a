"""The ledger in the administration: every mail and what became of it. Read-only; its button is the verb."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.rules import is_moderator
from notifications.actions import send_again
from notifications.enums import DeliveryState
from notifications.models import Delivery, OutboxEntry, Run, Suppression
from notifications.reading import DeliveryRow

A_PAGE = 50


@require_safe
def delivery_list(request):
    """Deliveries of one state, or all, the newest first; above them how many there are of each. Also of one `run`, and what was `said`."""
    if not is_moderator(request.user):
        raise PermissionDenied
    state, run, said = request.GET.get("state", ""), run_of(request.GET.get("run", "")), request.GET.get("said", "").replace("\x00", "")
    every = Delivery.objects.filter(run=run) if run else Delivery.objects.get_queryset()
    rows = every.for_list().filter(state=state) if state in DeliveryState.values else every.for_list()
    page = Paginator(rows.with_said().filter(said=said) if run and said else rows, A_PAGE).get_page(request.GET.get("p"))
    counts = every.count_by_state()
    context = {
        "rows": [DeliveryRow(delivery) for delivery in page],
        "page_obj": page,
        "state": state,
        "run": run,
        "said": said if run else "",
        "states": list(counts.items()),
        "planned": sum(counts.values()),
        "hindered": Suppression.objects.count(),
        "untold": OutboxEntry.objects.filter(fanned_out_at=None).count(),
    }
    return render(request, "notifications/cms/deliveries.html", context)


def run_of(key):
    """The run of this key, None for what is none."""
    return Run.objects.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None


@require_POST
def send_delivery_again(request, pk):
    if not is_moderator(request.user):
        raise PermissionDenied
    if send_again(get_object_or_404(Delivery.objects.for_list(), pk=pk), by=request.user, now=timezone.now()):
        messages.success(request, _("The mail waits for the sender again."))
    else:
        messages.warning(request, _("Only a failed mail can be sent again, and one with secret links only for a week."))
    run, response = run_of(request.POST.get("run", "")), redirect("deliveries_cms:list")
    response["Location"] += f"?state=failed&run={run.pk}" if run else "?state=failed"
    return response
