"""What reaches a member, and how."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from common.access import kept_post, member_required
from notifications import actions, pages
from notifications.choices import PRESETS
from notifications.forms import ChoicesForm

member = member_required(reason=gettext_lazy("Sign in to choose what reaches you."), terms=False)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def settings_page(request):
    form = ChoicesForm(request.POST if request.method == "POST" else kept_post(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choices are kept."))
        return redirect("notifications:settings")
    return render(request, "notifications/settings.html", {"form": form, "page": pages.SettingsPage(request.user)})


@require_POST
@member
def take_preset(request):
    name = request.POST.get("preset", "")
    if name in PRESETS:
        actions.take_preset(request.user, name)
        messages.success(request, _("Your choices are kept."))
    return redirect("notifications:settings")
