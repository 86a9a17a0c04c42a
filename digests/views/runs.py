"""Runs of the digest in the administration: what each planned and what became of it, live, with its buttons."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.cms import only
from common.rules import is_moderator
from digests import running
from digests.enums import Frequency
from digests.planning import waiting_by_habit
from digests.run_page import RunPage, rows_of, words_for
from digests.watching import missed, switched_off
from notifications.enums import MailList
from notifications.models import Run

A_PAGE = 30


def _rows(request, *, shared):
    """What the list shows."""
    page = Paginator(Run.objects.filter(list=MailList.DIGEST).order_by("-slot"), A_PAGE).get_page(request.GET.get("p"))
    rows = rows_of(list(page), timezone.now(), shared=shared)
    return {"rows": rows, "page_obj": page, "is_live": any(row.is_live for row in rows), "off": switched_off()}


@require_safe
@only(is_moderator)
def run_list(request):
    """The newest first."""
    return render(request, "digests/cms/runs.html", {"missed": missed(), **_rows(request, shared=False)})


@require_safe
@only(is_moderator)
def live_list(request):
    """What changes of the list by itself: asked by its script every few seconds."""
    return render(request, "digests/cms/_rows.html", _rows(request, shared=True))


@require_safe
@only(is_moderator)
def run_detail(request, pk):
    page = RunPage(get_object_or_404(Run, pk=pk, list=MailList.DIGEST), timezone.now())
    return render(request, "digests/cms/run.html", {"page": page, "off": switched_off()})


@require_safe
@only(is_moderator)
def live_run(request, pk):
    page = RunPage(get_object_or_404(Run, pk=pk, list=MailList.DIGEST), timezone.now(), shared=True)
    return render(request, "digests/cms/_run.html", {"page": page, "off": switched_off()})


@require_safe
@only(is_moderator)
def who_is_due(request):
    """The dry run: who would get a digest at this moment, by habit; none is planned."""
    now, labels = timezone.now(), dict(Frequency.choices)
    rows = [(labels[frequency], zone, language, number) for frequency, zone, language, number in waiting_by_habit(now)]
    context = {"rows": rows, "total": sum(row[-1] for row in rows), "now": now, "off": switched_off()}
    return render(request, "digests/cms/due.html", context)


@require_POST
@only(is_moderator)
def change_run(request, pk, verb):
    """One of a run's buttons: halt, go on, cancel, send the failed mails again."""
    run = get_object_or_404(Run, pk=pk, list=MailList.DIGEST)
    if number := VERBS[verb](run, by=request.user):
        messages.success(request, words_for(verb, number))
    else:
        messages.warning(request, _("This changed nothing: somebody else was quicker, or there is nothing to do."))
    return redirect("digests_cms:run", pk=run.pk)


VERBS = {"halt": running.halt, "go-on": running.go_on, "cancel": running.cancel, "again": running.send_failed_again}


@require_POST
@only(is_moderator)
def switch(request, way):
    """The switch for everybody."""
    is_changed = running.switch_off(by=request.user) if way == "off" else running.switch_on(by=request.user)
    words = _("No digest goes out any more, to nobody.") if way == "off" else _("Digests go out again.")
    if is_changed:
        messages.success(request, words)
    return redirect("digests_cms:runs")
