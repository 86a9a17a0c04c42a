"""Addresses of other sites that members write. They are shown to people and never opened by the portal."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from common.text import clean_text

SCHEMES = ("https", "http")
LONGEST = 500
_is_address = URLValidator(schemes=SCHEMES)


def checked_address(text):
    """The address as it is kept: of the web, with https where no scheme is typed, and without a name or password in it.

    Raises `ValidationError` for everything else: other schemes run programs, and a name before the host hides where it leads.
    """
    address = clean_text(text, single_line=True)
    if address and "://" not in address and not address.partition("/")[0].partition("?")[0].count(":"):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        is_open = parts.scheme in SCHEMES and not (parts.username or parts.password) and "@" not in parts.netloc
        _is_address(address)
    except (ValidationError, ValueError):
        is_open = False
    if not is_open or len(address) > LONGEST or " " in address:
        message = _("Write the address of a web page, such as https://example.org/report, with at most %(limit)d characters.")
        raise ValidationError(message % {"limit": LONGEST}, code="address")
    return address
