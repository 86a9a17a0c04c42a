"""Doors to people: the directory, a member's page, and the form behind one's own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.access import kept_post, member_required
from common.navigation import address
from members.models import Photo, Profile
from organisations.people import actions
from organisations.people.directory import PeopleFilter
from organisations.people.forms import ProfileForm
from organisations.people.page import PersonPage


@require_safe
def people_list(request):
    """Members who chose to be found, in the reader's alphabetical order."""
    found = PeopleFilter(request.GET, request.user)
    template = "people/_found.html" if request.htmx else "people/list.html"
    return render(request, template, {"found": found})


@require_safe
def person_detail(request, slug):
    """A member's page to those who may see it; an address from before a change of name leads on."""
    seen = Profile.objects.visible_to(request.user).select_related("user").prefetch_related("themes", "municipalities")
    profile = seen.filter(slug=slug).first()
    if profile is None:
        if moved := seen.filter(former_slugs__contains=[slug]).first():
            return redirect(moved, permanent=True)
        raise Http404
    return render(request, "people/detail.html", {"page": PersonPage(profile, request.user)})


@require_http_methods(["GET", "POST"])
@member_required(reason=gettext_lazy("Sign in to change your page."))
def me(request):
    """What others read of oneself, and who they are."""
    typed = request.POST or kept_post(request)
    form = ProfileForm(typed, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, _("Saved. This is how others see you, each as far as you show it."))
        return redirect("people:detail", actions.profile_for(request.user).slug)
    photo = actions.photos_of(Photo.objects.filter(profile__user=request.user).values("pk")).first()
    return render(request, "people/me.html", {"form": form, "photo": photo, "settings_url": address("account_settings", get_language())})


@require_POST
@member_required
def remove_photo(request):
    actions.remove_photo(request.user)
    messages.success(request, _("Your photo is deleted."))
    return redirect("people:me")
