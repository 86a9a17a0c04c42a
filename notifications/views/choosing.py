"""What reaches a member, and how."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from common.access import kept_post, member_required
from notifications import pages
from notifications.forms import ChoicesForm

member = member_required(reason=gettext_lazy("Sign in to choose what reaches you."), terms=False)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def settings_page(request):
    form = ChoicesForm(request.POST if request.method == "POST" else kept_post(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("Your choices are kept."))
        return redirect("notifications:settings")
    title = pgettext("notifications", "What reaches me")
    context = {"form": form, "tabs": pages.tabs("settings"), "title": title, "trail": pages.trail(title)}
    return render(request, "notifications/settings.html", context)
