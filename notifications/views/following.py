"""What a member follows."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from common.access import member_required, next_page
from notifications import pages
from notifications.actions import follow, unfollow
from notifications.kinds import FOLLOWABLE

member = member_required(reason=gettext_lazy("Following is for members: sign in, and you hear what happens here."), terms=False)


@require_safe
@member
def follow_list(request):
    title = pgettext("notifications", "What I follow")
    context = {"groups": pages.followed_by(request.user), "tabs": pages.tabs("follows"), "title": title, "trail": pages.trail(title)}
    return render(request, "notifications/follows.html", context)


@require_POST
@member
def follow_noun(request, word, pk):
    noun = _noun(request.user, word, pk)
    follow(request.user, noun)
    messages.success(request, _("You follow “%(title)s”. What happens there stands under your bell.") % {"title": noun})
    return redirect(next_page(request) or noun)


@require_POST
@member
def unfollow_noun(request, word, pk):
    noun = _noun(request.user, word, pk)
    unfollow(request.user, noun)
    messages.success(request, _("You do not follow “%(title)s” any more.") % {"title": noun})
    return redirect(next_page(request) or noun)


def _noun(user, word, pk):
    if word not in FOLLOWABLE:
        raise Http404
    return get_object_or_404(FOLLOWABLE[word].visible_to(user), pk=pk)
