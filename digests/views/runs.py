"""Runs of the digest in the administration: what each planned and what became of it, with its buttons."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from common.rules import is_moderator
from digests import running
from digests.page import RunRow
from digests.planning import waiting_readers
from notifications.enums import MailList
from notifications.models import Run, Switch

A_PAGE = 30


@require_safe
def run_list(request):
    """The newest first. With `dry` it says how many digests are due at this moment, and plans none."""
    if not is_moderator(request.user):
        raise PermissionDenied
    page = Paginator(Run.objects.filter(list=MailList.DIGEST).order_by("-slot"), A_PAGE).get_page(request.GET.get("p"))
    rows = Run.objects.with_states().filter(pk__in=[run.pk for run in page]).order_by("-slot")
    now = timezone.now()
    context = {
        "page_obj": page,
        "rows": [RunRow(run, now) for run in rows],
        "off": Switch.objects.select_related("by").filter(list=MailList.DIGEST).first(),
        "due": waiting_readers(now) if request.GET.get("dry") else None,
    }
    return render(request, "digests/cms/runs.html", context)


@require_POST
def change_run(request, pk, verb):
    """One of a run's buttons: halt, go on, cancel, send the failed mails again."""
    if not is_moderator(request.user):
        raise PermissionDenied
    run = get_object_or_404(Run, pk=pk, list=MailList.DIGEST)
    number = VERBS[verb](run, by=request.user)
    if not number:
        messages.warning(request, _("This changed nothing: somebody else was quicker, or there is nothing to do."))
    elif verb == "again":
        words = ngettext("%(number)d mail waits for the sender again.", "%(number)d mails wait for the sender again.", number)
        messages.success(request, words % {"number": number})
    else:
        messages.success(request, _("Done."))
    return redirect("digests_cms:runs")


VERBS = {"halt": running.halt, "go-on": running.go_on, "cancel": running.cancel, "again": running.send_failed_again}


@require_POST
def switch(request, way):
    """The switch for everybody."""
    if not is_moderator(request.user):
        raise PermissionDenied
    is_changed = running.switch_off(by=request.user) if way == "off" else running.switch_on(by=request.user)
    words = _("No digest goes out any more, to nobody.") if way == "off" else _("Digests go out again.")
    if is_changed:
        messages.success(request, words)
    return redirect("digests_cms:runs")
