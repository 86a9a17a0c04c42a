"""The moderators' pages in /cms/: what waits, one report, the history of a noun, members. Every button is a verb."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from common.access import next_page
from common.rules import is_moderator
from common.text import clean_name
from common.verbs import attempt
from editorial.moderation import actions, queue
from editorial.moderation.nouns import NOUNS, User, noun_of
from editorial.rules import may_suspend
from members.moderators import moderators
from records.models import Report
from records.trail import ON_A_PAGE, full_name, step, trail_of

A_PAGE = 50


def moderators_only(view):
    """403 for everybody else; signed-out people never come here (`editorial.cms_urls`)."""

    @wraps(view)
    def door(request, *args, **kwargs):
        if not is_moderator(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return door


# ---- what waits


@require_safe
@moderators_only
def waiting(request):
    """The queue, filtered by `kind` and `assigned`."""
    kind, assigned = request.GET.get("kind", ""), request.GET.get("assigned", "")
    kinds = [kind] if kind in queue.KINDS else list(queue.KINDS)
    page = Paginator(queue.waiting(request.user, kinds=kinds, assigned=assigned), A_PAGE).get_page(request.GET.get("p"))
    now, numbers = timezone.now(), queue.count_waiting(request.user)
    context = {
        "rows": [(line, line.age(now), line.is_overdue(now)) for line in page], "page_obj": page, "moderators": moderators(),
        "kind": kind if kind in queue.KINDS else "", "assigned": assigned if assigned in ("me", "nobody") else "",
        "kinds": [(name, label, numbers[name]) for name, label in queue.KINDS.items()], "number": sum(numbers.values()),
    }  # fmt: skip
    return render(request, "editorial/cms/waiting.html", context)


@require_POST
@moderators_only
def assign(request, kind, pk):
    """Take it, give it to another moderator, or back to all with none."""
    target = get_object_or_404(_rows(request.user, kind), pk=pk)
    named = request.POST.get("moderator", "")
    person = moderators().filter(pk=int(named)).first() if named.isascii() and named.isdigit() and len(named) < 19 else None
    if named and person is None:
        raise Http404
    if actions.assign(target, person, by=request.user):
        done = _("It is assigned to %(name)s.") % {"name": person} if person else _("It is everybody's again.")
        messages.success(request, done)
    return redirect(next_page(request, "/cms/waiting/"))


def _rows(user, kind):
    rows = queue.waiting_rows(user)
    if kind not in rows:
        raise Http404
    return rows[kind]


# ---- one report

VERBS = {
    "dismiss": (actions.dismiss, gettext_lazy("The report is closed. Nothing is done, and whoever reported it is told.")),
    "settle": (actions.settle, gettext_lazy("The report is closed as settled, and whoever reported it is told.")),
    "hide": (actions.uphold_by_hiding, gettext_lazy("It is hidden. Those whom it concerns and whoever reported it are told.")),
    "suspend": (actions.uphold_by_suspending, gettext_lazy("The member is suspended. Both sides are told.")),
}


@require_safe
@moderators_only
def report(request, pk):
    """What was reported, by whom, and what can be done about it."""
    row = get_object_or_404(Report.objects.select_related("by", "closed_by"), pk=pk)
    if row.target is None:
        raise Http404
    noun = noun_of(row.target)
    others = Report.objects.filter(target_type=row.target_type, target_id=row.target_id).exclude(pk=row.pk).select_related("by")
    context = {
        "report": row, "noun": noun, "target": row.target, "address": noun.address(row.target), "others": others[:A_PAGE],
        "verbs": _possible(row, noun, request.user), "author": noun.author(row.target),
    }  # fmt: skip
    return render(request, "editorial/cms/report.html", context)


def _possible(row, noun, user):
    """[(verb, its words, what its field asks, whether that is required)]"""
    if row.outcome != "open":
        return []
    author = noun.author(row.target)
    found = [("dismiss", pgettext_lazy("verb", "Dismiss"), _("What do you want to tell whoever reported it?"), False),
             ("settle", pgettext_lazy("verb", "Close as settled"), _("What was done? Whoever reported it reads this."), False)]  # fmt: skip
    if noun.hide and noun.hideable(row.target):
        found.append(("hide", pgettext_lazy("verb", "Hide"), _("Why is it hidden? Those whom it concerns read this."), True))
    if author and not author.suspended_at and may_suspend.test(user, author):
        asked = _("Why is the member suspended? The member reads this.")
        found.append(("suspend", pgettext_lazy("verb", "Suspend the member"), asked, True))
    return found


@require_POST
@moderators_only
def close(request, pk, verb):
    """One verb on a report, and back to what waits."""
    row = get_object_or_404(Report, pk=pk)
    if row.target is None:
        raise Http404
    action, done = VERBS[verb]
    if row.outcome == "open" and verb not in {name for name, *_words in _possible(row, noun_of(row.target), request.user)}:
        raise PermissionDenied
    attempt(request, done, action, row, note=request.POST.get("reason", "")[:2000])
    return redirect("moderation_cms:waiting")


# ---- histories


@require_safe
@moderators_only
def history(request, word, pk):
    """Who did what when with one noun; nobody can change it."""
    noun = NOUNS.get(word)
    if noun is None:
        raise Http404
    seen = noun.model._default_manager
    rows = seen.visible_to(request.user) if hasattr(seen, "visible_to") else seen.get_queryset()
    target = get_object_or_404(rows, pk=pk)
    page = Paginator(trail_of(target), ON_A_PAGE).get_page(request.GET.get("p"))
    steps = [step(entry, full_name(entry)) for entry in page]
    context = {"noun": noun, "target": target, "address": noun.address(target), "page_obj": page, "steps": steps}
    return render(request, "editorial/cms/history.html", context)


# ---- members


@require_safe
@moderators_only
def member_list(request):
    """Members by name or address, the suspended first: a moderator finds whom a complaint is about."""
    words = clean_name(request.GET.get("q", "").replace("\x00", ""))[:100]
    rows = User.objects.order_by("suspended_at", "name", "pk").prefetch_related("memberships__organisation")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
    return render(request, "editorial/cms/members.html", {"page_obj": page, "q": words})


@require_safe
@moderators_only
def member(request, pk):
    """One member: organisations, and the history of what was done with the account."""
    person = get_object_or_404(User.objects.prefetch_related("memberships__organisation"), pk=pk)
    entries = trail_of(person)[:ON_A_PAGE]
    context = {
        "person": person, "address": NOUNS["member"].address(person), "steps": [step(entry, full_name(entry)) for entry in entries],
        "may_suspend": may_suspend.test(request.user, person),
    }  # fmt: skip
    return render(request, "editorial/cms/member_moderation.html", context)


@require_POST
@moderators_only
def suspend(request, pk):
    person = get_object_or_404(User, pk=pk)
    if not may_suspend.test(request.user, person):
        raise PermissionDenied
    reason = request.POST.get("reason", "")[:2000]
    attempt(request, _("The member is suspended and told why."), actions.suspend, person, reason=reason)
    return redirect("moderation_cms:member", pk=person.pk)


@require_POST
@moderators_only
def unsuspend(request, pk):
    person = get_object_or_404(User, pk=pk)
    if not may_suspend.test(request.user, person):
        raise PermissionDenied
    attempt(request, _("The member may act again and is told."), actions.unsuspend, person)
    return redirect("moderation_cms:member", pk=person.pk)
