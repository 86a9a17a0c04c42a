"""What a member chooses for the digest."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from common.access import kept_post, member_required
from digests import actions
from digests.forms import DigestForm
from digests.models import Muted
from digests.page import SettingsPage

member = member_required(reason=gettext_lazy("Sign in to choose your digest."), terms=False)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def settings_page(request):
    form = DigestForm(request.POST if request.method == "POST" else kept_post(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        page = SettingsPage(request.user, row=form.save())
        messages.success(request, _("Your choices are kept.") + f" {page.next_words}")
        return redirect("digests:settings")
    return render(request, "digests/settings.html", {"form": form, "page": SettingsPage(request.user, row=form.row)})


@require_POST
@member
def let_in(request, pk):
    row = get_object_or_404(Muted, pk=pk, user=request.user)
    actions.let_in(request.user.pk, (row.target_type_id, row.target_id))
    messages.success(request, _("It stands in your digest again."))
    return redirect("digests:settings")
