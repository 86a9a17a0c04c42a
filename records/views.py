"""Members' files, to those who may see what they belong to."""

from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from records.models import Attachment

#: Whatever a file turns out to be, it runs nothing and reaches nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
PROXY_PREFIX = "/protected-files/"
SECONDS_KEPT = 300


@require_safe
def file(request, uuid, name):
    """Pictures in the page, documents as downloads; 404 without a word about why to those who may not see the noun.

    `?size=small` gives the smaller copy of a picture where there is one.
    """
    attachment = get_object_or_404(Attachment.objects.select_related("target_type"), uuid=uuid, name=name)
    _refuse_unseen(attachment, request.user)
    small = request.GET.get("size") == "small" and attachment.file.storage.exists(attachment.small_name)
    response = _content(attachment, attachment.small_name if small else attachment.file.name)
    response["Content-Type"] = attachment.content_type
    response["Content-Disposition"] = content_disposition_header(not attachment.width, attachment.name)
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"private, max-age={SECONDS_KEPT}"
    return response


def _refuse_unseen(attachment, user):
    noun = attachment.target_type.model_class()
    seen = getattr(noun and noun._default_manager, "visible_to", None)
    if seen is None or not seen(user).filter(pk=attachment.target_id).exists():
        raise Http404


def _content(attachment, stored):
    """The bytes, or the order to the proxy to send them."""
    if settings.FILES_BEHIND_PROXY:
        return HttpResponse(headers={"X-Accel-Redirect": PROXY_PREFIX + quote(stored)})
    try:
        return FileResponse(attachment.file.storage.open(stored))
    except FileNotFoundError as missing:
        raise Http404 from missing
