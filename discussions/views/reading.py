"""Discussions as they are found and read. Reading a page changes nothing; saying that it was read does."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from common.access import kept_post, member_required
from conversations import actions as conversations
from conversations.models import A_PAGE
from discussions import actions
from discussions.filters import ThreadFilter
from discussions.forms import PostForm
from discussions.page import TopicPage
from discussions.views.doors import place_door, thread_door

WHY = gettext_lazy("Sign in to read the discussions: they are for members of the portal.")


@require_safe
@member_required(reason=WHY)
@place_door
def thread_list(request, place):
    """Pinned ones first, then what was written in last; with the number of unread posts."""
    found = ThreadFilter(request.GET, place)
    return render(request, "discussions/list.html", {"place": place, "page": place.frame, "found": found})


@require_safe
@member_required(reason=WHY)
@thread_door
def topic(request, place, thread):
    """Opens at the first unread post."""
    return show(request, place, thread, post_form(request, place, thread, kept_post(request, place.url_of("write", thread.pk))))


def post_form(request, place, thread, data=None, files=None):
    """The form of a post: with what was kept, and with the post that `quote` names."""
    draft = conversations.draft_of(request.user, place.target, thread=thread)
    wanted = request.GET.get("quote", "")
    quoted = {"quoted": int(wanted)} if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else {}
    return PostForm(data, files, draft=draft, initial=quoted, names_url=place.url_of("names"))


def show(request, place, thread, form, *, wanted=None, status=200):
    page = TopicPage(place, thread, wanted=wanted or request.GET.get("page"), form=form)
    if not form.is_bound:
        form.initial |= {"seen": page.last_shown}
    context = {"place": place, "page": place.frame_below, "topic": page, "form": form}
    return render(request, "discussions/topic.html", context, status=status)


@require_safe
@member_required(reason=WHY)
@thread_door
def post(request, place, thread, number):
    """The lasting address of a post: leads to the page it stands on."""
    if not 1 <= number <= thread.post_count:
        raise Http404
    return redirect(address_of(place, thread, number))


def address_of(place, thread, number):
    return f"{place.url_of('topic', thread.pk)}?page={(number - 1) // A_PAGE + 1}#post-{number}"


@require_POST
@member_required
@thread_door
def mark_read(request, place, thread):
    """Read up to a post: said by the script as posts are seen, and by a button. Scripts get no page."""
    upto = request.POST.get("upto", "")
    number = actions.mark_read(thread, request.user, int(upto)) if upto.isascii() and upto.isdigit() and len(upto) < 10 else 0
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=204)
    if number < thread.post_count:
        return redirect(f"{place.url_of('topic', thread.pk)}#unread")
    messages.success(request, _("Marked as read."))
    return redirect(place.list_url)


@require_POST
@member_required
@place_door
def mark_all_read(request, place):
    number = actions.mark_all_read(place.target, request.user)
    said = ngettext("%(number)d discussion is marked as read.", "%(number)d discussions are marked as read.", number)
    messages.success(request, said % {"number": number} if number else _("There is nothing unread."))
    return redirect(place.list_url)
