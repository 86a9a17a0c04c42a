"""Addresses that get no more mail: the member's own, and in the administration all of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from common.access import member_required, next_page
from common.rules import is_moderator
from notifications import bounces
from notifications.actions import reader_of
from notifications.models import Suppression

A_PAGE = 50
member = member_required(reason=gettext_lazy("Sign in to choose what reaches you."), terms=False)


@require_POST
@member
def own_address_works(request):
    """The member says so; what comes back from now on is counted anew."""
    if bounces.works_again(reader_of(None, request.user.email), by=request.user):
        messages.success(request, _("Mails go to your address again."))
    return redirect(next_page(request) or "notifications:settings")


@require_safe
def address_list(request):
    """The newest first; whose they are, as far as it is a member, and what the mail server said."""
    if not is_moderator(request.user):
        raise PermissionDenied
    page = Paginator(Suppression.objects.select_related("user"), A_PAGE).get_page(request.GET.get("p"))
    return render(request, "notifications/cms/addresses.html", {"page_obj": page})


@require_POST
def let_mail_go(request, pk):
    """A moderator was told that the address works."""
    if not is_moderator(request.user):
        raise PermissionDenied
    if bounces.works_again(get_object_or_404(Suppression, pk=pk).address, by=request.user):
        messages.success(request, _("Mails go to this address again."))
    return redirect("deliveries_cms:addresses")
