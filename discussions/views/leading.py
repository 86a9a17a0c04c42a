"""What those who lead a discussion do with it, and whoever began it with its answer."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.access import member_required
from discussions import actions
from discussions.forms import ReasonForm
from discussions.views.doors import post_door, thread_door
from discussions.views.reading import address_of
from organisations.views.doors import attempt


@require_POST
@member_required
@thread_door(permission="discussions.lead")
def pin(request, place, thread):
    attempt(request, _("Pinned: it stands first in the list."), actions.pin, thread)
    return redirect(place.url_of("topic", thread.pk))


@require_POST
@member_required
@thread_door(permission="discussions.lead")
def unpin(request, place, thread):
    attempt(request, _("It stands in the order of its last post again."), actions.unpin, thread)
    return redirect(place.url_of("topic", thread.pk))


@require_POST
@member_required
@thread_door(permission="discussions.lead")
def close(request, place, thread):
    attempt(request, _("The discussion is closed. It can still be read."), actions.close, thread)
    return redirect(place.url_of("topic", thread.pk))


@require_POST
@member_required
@thread_door(permission="discussions.lead")
def reopen(request, place, thread):
    attempt(request, _("The discussion is open again."), actions.reopen, thread)
    return redirect(place.url_of("topic", thread.pk))


@require_POST
@member_required
@thread_door(permission="discussions.lead")
def remove_thread(request, place, thread):
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    attempt(request, _("“%(title)s” is taken away.") % {"title": thread.title}, actions.remove_thread, thread, reason=reason)
    return redirect(place.list_url)


@require_POST
@member_required
@post_door(permission="discussions.mark_as_answer")
def mark_answer(request, place, post):
    """By whoever began it, and by those who lead."""
    attempt(request, _("Marked as the answer."), actions.mark_answer, post)
    return redirect(address_of(place, post.thread, post.number))


@require_POST
@member_required
@thread_door(permission="discussions.mark_answer")
def unmark_answer(request, place, thread):
    attempt(request, _("The discussion has no answer any more."), actions.unmark_answer, thread)
    return redirect(place.url_of("topic", thread.pk))
