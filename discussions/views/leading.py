"""What those who lead a discussion do with it, and whoever began it with its answer."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from common.access import member_required
from common.verbs import attempt
from discussions import actions
from discussions.forms import ReasonForm
from discussions.views.doors import post_door, thread_door
from discussions.views.reading import address_of


def _leading(action, done, permission="discussions.lead"):
    """The door of one verb, which leads back to the discussion."""

    @require_POST
    @member_required
    @thread_door(permission=permission)
    def carry_out(request, place, thread):
        attempt(request, done, action, thread)
        return redirect(place.url_of("topic", thread.pk))

    return carry_out


pin = _leading(actions.pin, gettext_lazy("Pinned: it stands first in the list."))
unpin = _leading(actions.unpin, gettext_lazy("It stands in the order of its last post again."))
close = _leading(actions.close, gettext_lazy("The discussion is closed. It can still be read."))
reopen = _leading(actions.reopen, gettext_lazy("The discussion is open again."))
unmark_answer = _leading(actions.unmark_answer, gettext_lazy("The discussion has no answer any more."), "discussions.mark_answer")


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
