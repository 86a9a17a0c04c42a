"""What one broken row of data does: it is left out and logged, and stops neither its mail nor another.

A database that is away, or a worker that is told to end, is no fault of a row: that ends the task, and the mails wait.
"""

import logging

from django.core.exceptions import ObjectDoesNotExist
from django.template import TemplateSyntaxError
from django.urls import NoReverseMatch

log = logging.getLogger("portal.digests")
FAULTS = (
    ArithmeticError, AttributeError, LookupError, NoReverseMatch, ObjectDoesNotExist, TemplateSyntaxError, TypeError, ValueError,
)  # fmt: skip


def or_else(instead, function, *arguments):
    """What `function` gives; `instead` where a row of data breaks it."""
    try:
        return function(*arguments)
    except FAULTS:
        log.exception("Something is left out of a digest: %s", function)
        return instead
