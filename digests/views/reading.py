"""A digest in the browser: what the next one would hold, and one that was sent."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from common.access import member_required
from common.mail import build
from digests.page import PreviewPage, SentPage
from notifications.enums import MailList
from notifications.models import Delivery

member = member_required(reason=gettext_lazy("A digest is its reader's own: sign in to read it."), terms=False)
#: A mail is its own document: nothing of the portal's pages acts in it, and it acts on nothing.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox allow-popups allow-popups-to-escape-sandbox"


@require_safe
@member
def preview(request):
    """What would stand in the digest if it came now."""
    return render(request, "digests/preview.html", {"page": PreviewPage(request.user, timezone.now())})


@require_safe
@member
def preview_mail(request):
    """The same as the mail itself, in its own document."""
    mail = PreviewPage(request.user, timezone.now()).mail
    if mail is None:
        return redirect("digests:preview")
    response = HttpResponse(build(mail).alternatives[0][0])
    response["Content-Security-Policy"] = MAIL_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@require_safe
@member
def sent_mail(request, key):
    """All that one digest told, also what did not fit into it; only to its reader, and what may be seen today."""
    delivery = get_object_or_404(Delivery, key=key, list=MailList.DIGEST, user=request.user)
    return render(request, "digests/mail.html", {"page": SentPage(delivery)})
