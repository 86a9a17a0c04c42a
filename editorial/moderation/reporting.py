"""The door for members who think that something is wrong. Visitors write to the portal's contact address or sign in: the outcome is
told to whoever reports, and the portal keeps no addresses of people without an account for that."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from common.access import kept_post, member_required
from common.throttle import allowed
from editorial.moderation import actions
from editorial.moderation.forms import ReportForm
from editorial.moderation.nouns import NOUNS

AN_HOUR, MOST = 3600, 20


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=gettext_lazy("Sign in to report what is wrong: you are told what became of it."))
def report(request, word, pk):
    """The form, and what was typed in it when it comes back."""
    noun = NOUNS.get(word)
    if noun is None:
        raise Http404
    target = get_object_or_404(noun.seen(request.user), pk=pk)
    if noun.author(target) == request.user:  # one's own is mended, not reported
        raise PermissionDenied
    form = ReportForm(request.POST or kept_post(request))
    if request.method == "POST" and form.is_valid() and _reported(request, target, form):
        messages.success(request, _("Thank you. A moderator looks at it, and you are told what became of it."))
        return redirect(noun.address(target))
    context = {"noun": noun, "target": target, "address": noun.address(target), "form": form}
    return render(request, "editorial/moderation/report.html", context)


def _reported(request, target, form):
    """Whether it is kept; what stands in the way is said in the form."""
    try:
        if not allowed("report", f"member:{request.user.pk}", most=MOST, seconds=AN_HOUR):
            raise ValidationError(_("That is a lot of reports in a short time. Send this one again in an hour."))
        actions.report(target, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    return True
