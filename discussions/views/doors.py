"""What every door of discussions begins with: the noun, and in it the discussion and the post."""

import functools

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from conversations.models import Post
from discussions.following import with_choice_of
from discussions.hosts import host_named
from discussions.place import Place


def place_door(view=None, *, permission=""):
    """Finds the noun by its slug: 404 for what one may not see, 403 without the permission."""
    if view is None:
        return functools.partial(place_door, permission=permission)

    @functools.wraps(view)
    def door(request, noun, slug, **kwargs):
        host = host_named(noun)
        target = host.found(request.user).filter(slug=slug).first() if host else None
        if target is None:
            raise Http404
        if permission and not request.user.has_perm(permission, target):
            raise PermissionDenied
        return view(request, Place(host, target, request.user), **kwargs)

    return door


def thread_door(view=None, *, permission=""):
    """Finds the discussion on its noun, with how far the reader has read it."""
    if view is None:
        return functools.partial(thread_door, permission=permission)

    @place_door
    @functools.wraps(view)
    def door(request, place, pk, **kwargs):
        rows = place.threads.with_read_by(request.user, timezone.now()).select_related("started_by", "closed_by", "removed_by")
        rows = with_choice_of(rows, request.user).annotate(answer_number=F("answer__number"))
        thread = get_object_or_404(rows, pk=pk)
        thread.target = place.target
        if permission and not request.user.has_perm(permission, thread):
            raise PermissionDenied
        return view(request, place, thread, **kwargs)

    return door


def post_door(view=None, *, permission=""):
    """Finds a post of the discussion by its number. What was taken away is found by moderators only."""
    if view is None:
        return functools.partial(post_door, permission=permission)

    @thread_door
    @functools.wraps(view)
    def door(request, place, thread, number, **kwargs):
        rows = Post.objects.filter(thread=thread).defer("vector").select_related("author")
        post = get_object_or_404(rows if request.user.is_moderator else rows.standing(), number=number)
        post.thread = thread
        if permission and not request.user.has_perm(permission, post):
            raise PermissionDenied
        return view(request, place, post, **kwargs)

    return door
