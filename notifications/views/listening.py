"""What the mail provider tells: bounces and complaints. Only with its signature or the secret of the address."""

import logging

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notifications import bounces, providers

log = logging.getLogger("portal.notifications")


@csrf_exempt
@require_POST
def mail_events(request, provider):
    """200 once it is kept, also what is kept already; 403 without proof and for others; on any other answer the provider tries again."""
    if provider != settings.MAIL_EVENTS_FROM or provider not in providers.PROVIDERS:
        return _answer(403)
    now = timezone.now()
    try:
        found = providers.read(provider, request, now)
    except providers.NotTrusted as error:
        log.warning("Somebody who is not %s told of mails: %s", provider, error)
        return _answer(403)
    except providers.Unreadable as error:
        log.warning("What %s told cannot be read: %s", provider, error)
        return _answer(400)
    for told in found:
        bounces.record(told, now=now)
    return _answer(200)


def _answer(status):
    return HttpResponse("ok\n" if status == 200 else "refused\n", content_type="text/plain", status=status)
