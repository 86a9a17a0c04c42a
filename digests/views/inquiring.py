"""What one member would get now: for those who have the right to look into it. Every look is recorded with its reason."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.cms import only
from common.text import clean_name, clean_text
from digests.inquiry import Inquiry, Look, look_into
from digests.rules import may_look_into
from members.models import FORMER_DOMAIN

MOST_FOUND = 20
LONGEST = 100


def _members():
    """Everybody who still is one."""
    return get_user_model().objects.exclude(email__endswith=FORMER_DOMAIN)


@require_safe
@only(may_look_into)
def find(request):
    """Members by name or address; nobody without a word to look for."""
    words = clean_name(request.GET.get("q", "").replace("\x00", ""))[:LONGEST]
    found = _members().filter(Q(name__icontains=words) | Q(email__icontains=words)).order_by("name", "pk") if words else []
    return render(request, "digests/cms/members.html", {"q": words, "people": found[:MOST_FOUND], "most": MOST_FOUND})


@require_safe
@only(may_look_into)
def inquire(request, pk):
    """Where somebody's digest stands, and why none comes; nothing of what is in it."""
    page = Inquiry(get_object_or_404(_members(), pk=pk), timezone.now())
    return render(request, "digests/cms/member.html", {"page": page})


@require_POST
@never_cache
@only(may_look_into)
def look(request, pk):
    """The mail as it would be composed now. It is somebody's own: who looks says why, and that is recorded."""
    person, reason = get_object_or_404(_members(), pk=pk), clean_text(request.POST.get("reason", "").replace("\x00", ""))
    if not reason:
        messages.error(request, _("Say why you look: it is recorded, and the member can read it."))
        return redirect("digests_cms:member", pk=pk)
    look_into(person, by=request.user, note=reason)
    return render(request, "digests/cms/member.html", {"page": Look(person, timezone.now()), "reason": reason})
