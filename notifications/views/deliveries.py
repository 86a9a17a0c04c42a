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
from notifications.models import Delivery, OutboxEntry
from notifications.reading import DeliveryRow

A_PAGE = 50


@require_safe
def delivery_list(request):
    """Deliveries of one state, or all, the newest first; above them how many there are of each."""
    if not is_moderator(request.user):
        raise PermissionDenied
    state = request.GET.get("state", "")
    rows = Delivery.objects.for_list()
    rows = rows.filter(state=state) if state in DeliveryState.values else rows
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
    counts = Delivery.objects.count_by_state()
    context = {
        "rows": [DeliveryRow(delivery) for delivery in page],
        "page_obj": page,
        "state": state,
        "states": list(counts.items()),
        "planned": sum(counts.values()),
        "untold": OutboxEntry.objects.filter(fanned_out_at=None).count(),
    }
    return render(request, "notifications/cms/deliveries.html", context)


@require_POST
def send_delivery_again(request, pk):
    if not is_moderator(request.user):
        raise PermissionDenied
    if send_again(get_object_or_404(Delivery.objects.for_list(), pk=pk), by=request.user, now=timezone.now()):
        messages.success(request, _("The mail waits for the sender again."))
    else:
        messages.warning(request, _("Only a failed mail can be sent again, and one with secret links only for a week."))
    response = redirect("deliveries_cms:list")
    response["Location"] += "?state=failed"
    return response
