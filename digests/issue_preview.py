"""An issue as it will stand in a mail, in each language, before anybody gets it."""

from copy import copy
from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import override

from common.mail import build
from digests.choosing import Shared, choose
from digests.models import Subscription
from digests.news import Reader
from digests.rendering import PREVIEW_KEY, mail_of
from digests.sections.issue import as_standing

#: The mail is a document of its own: it fetches nothing, and nothing acts in it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"


def preview_mail(issue, user, language, now=None):
    """The digest of the last seven days as this editor would get it in `language`, with the issue in it whoever it is for."""
    now, reader = now or timezone.now(), copy(user)
    reader.language = language
    one = Reader(reader, now - timedelta(days=7), now, Subscription(user=reader))
    cached = Shared().of(None)
    with override(language):
        cached("issues", lambda: [as_standing(issue, now)])
        choose([one], now, cached)
        return mail_of(one, PREVIEW_KEY)


def preview_response(issue, user, language):
    response = HttpResponse(build(preview_mail(issue, user, language)).alternatives[0][0])
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
