"""What stands beside writing: the draft that is kept while somebody types, names to mention, what one hears, what a post said before."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.access import member_required
from common.text import clean_name
from conversations.models import Post
from discussions import actions
from discussions.following import follow_thread, mute_thread, unfollow_thread
from discussions.history import versions_of
from discussions.mentions import offered
from discussions.views.doors import place_door, post_door, thread_door
from discussions.views.reading import address_of

WHY = gettext_lazy("Sign in to read the discussions: they are for members of the portal.")
SHORTEST, LONGEST = 1, 80


# ---- drafts


@require_POST
@member_required
@place_door(permission="discussions.start")
def keep_new(request, place):
    """What is typed of a new discussion; sent by the script while somebody types."""
    return _kept(request, place.target, title=request.POST.get("title", ""))


@require_POST
@member_required
@thread_door(permission="discussions.write")
def keep(request, place, thread):
    number = request.POST.get("quoted", "")
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    quoted = Post.objects.standing().filter(thread=thread, number=wanted).first() if wanted else None
    return _kept(request, place.target, thread=thread, quoted=quoted)


def _kept(request, target, **words):
    try:
        actions.keep_draft(request.user, target, text=request.POST.get("text", ""), **words)
    except ValidationError:
        return JsonResponse({}, status=400)
    return HttpResponse(status=204)


@require_POST
@member_required
@place_door(permission="discussions.start")
def discard_new(request, place):
    actions.discard_draft(request.user, place.target)
    messages.success(request, _("The draft is thrown away."))
    return redirect(place.list_url)


@require_POST
@member_required
@thread_door(permission="discussions.write")
def discard(request, place, thread):
    actions.discard_draft(request.user, place.target, thread=thread)
    messages.success(request, _("The draft is thrown away."))
    return redirect(place.url_of("topic", thread.pk))


# ---- names


@never_cache
@require_safe
@member_required(reason=WHY)
@place_door(permission="discussions.start")
def names(request, place):
    """Whom one can mention: those who belong to the place, by the beginning of a first or a later name."""
    words = clean_name(request.GET.get("q", "").replace("\x00", ""))[:LONGEST]
    rows = offered(words, place.host.people(place.target)) if len(words) >= SHORTEST else []
    return JsonResponse({"found": [{"value": value, "label": label, "note": note} for value, label, note in rows]})


# ---- what one hears


def _hearing(choose, done):
    """The door of one choice, which leads back to the discussion."""

    @require_POST
    @member_required
    @thread_door
    def carry_out(request, place, thread):
        choose(thread, request.user)
        messages.success(request, done)
        return redirect(place.url_of("topic", thread.pk))

    return carry_out


follow = _hearing(follow_thread, gettext_lazy("You follow this discussion and hear of each post."))
unfollow = _hearing(unfollow_thread, gettext_lazy("You do not follow this discussion any more. You hear when somebody mentions you."))
mute = _hearing(mute_thread, gettext_lazy("This discussion is muted: you get no mail about it, and no news in the portal."))


# ---- what a post said before


@require_safe
@member_required(reason=WHY)
@post_door
def history(request, place, post):
    """Each version beside the one before it, the newest first."""
    context = {"place": place, "page": place.frame_below, "post": post, "versions": versions_of(post),
               "post_url": address_of(place, post.thread, post.number)}  # fmt: skip
    return render(request, "discussions/history.html", context)
