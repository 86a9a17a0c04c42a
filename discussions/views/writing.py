"""Beginning a discussion, writing in it, mending and taking away one's own words."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from common.access import member_required
from common.verbs import attempt
from conversations import actions as conversations
from discussions import actions
from discussions.forms import EditForm, ReasonForm, StartForm
from discussions.views.doors import place_door, post_door, thread_door
from discussions.views.reading import address_of, post_form, show
from discussions.views.sending import mended, sent, typed

WHY = gettext_lazy("Sign in to write in the discussions.")


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY, writes=True)
@place_door(permission="discussions.start")
def new(request, place):
    draft = conversations.draft_of(request.user, place.target)
    form = StartForm(typed(request), request.FILES or None, draft=draft, names_url=place.url_of("names"))
    if request.method == "POST":
        outcome = sent(request, form, place, lambda **said: actions.start(place.target, by=request.user, **said))
        if outcome.made:
            messages.success(request, _("Your discussion has begun. You hear of the answers."))
            return redirect(place.url_of("topic", outcome.made.pk))
        if outcome.is_kept:
            return redirect(place.new_url)
    return render(request, "discussions/new.html", {"place": place, "page": place.frame_below, "form": form})


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY)
@thread_door(permission="discussions.write")
def write(request, place, thread):
    """A post; back to what is unread by now, which is one's own unless somebody was quicker."""
    if request.method != "POST":
        return redirect(f"{place.url_of('topic', thread.pk)}#write")
    form = post_form(request, place, thread, request.POST, request.FILES or None)
    outcome = sent(request, form, place, lambda **said: actions.write(thread, by=request.user, **said), thread=thread)
    if outcome.is_kept:
        return redirect(f"{place.url_of('topic', thread.pk)}#write")
    if not outcome.made:
        return show(request, place, thread, form)
    number, seen = outcome.made.number, form.cleaned_data["seen"]
    return redirect(address_of(place, thread, min(number, seen + 1) if seen else number))


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY)
@post_door(permission="discussions.edit_post")
def edit(request, place, post):
    form = EditForm(typed(request), request.FILES or None, post=post, names_url=place.url_of("names"))
    back = address_of(place, post.thread, post.number)
    if request.method == "POST" and mended(request, form, post):
        messages.success(request, _("Saved. What it said before stands in its history."))
        return redirect(back)
    context = {"place": place, "page": place.frame_below, "form": form, "post": post, "post_url": back}
    return render(request, "discussions/edit.html", context)


@require_POST
@member_required
@post_door(permission="discussions.remove_post")
def remove(request, place, post):
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    attempt(request, _("The post is taken away. Its place in the discussion stays."), actions.remove, post, reason=reason)
    return redirect(address_of(place, post.thread, post.number))


@require_POST
@member_required
@post_door(permission="discussions.find_useful")
def find_useful(request, place, post):
    attempt(request, _("Thank you: its author reads that you find it useful."), actions.find_useful, post)
    return redirect(address_of(place, post.thread, post.number))


@require_POST
@member_required
@post_door(permission="discussions.find_useful")
def take_back_useful(request, place, post):
    attempt(request, _("Taken back."), actions.take_back_useful, post)
    return redirect(address_of(place, post.thread, post.number))
