"""What Django asks the portal for when a view failed."""

import sys

from portal import errors
from portal.middleware import is_away, unavailable


def server_error(request):
    """The page for an error: 503 when a middleware met a database that is away, else the 500 page."""
    error = sys.exc_info()[1]
    return unavailable() if is_away(error) else errors.server_error(request)
