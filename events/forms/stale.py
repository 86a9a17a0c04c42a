"""A form that knows at which revision of the event it was opened."""

from django.utils.translation import gettext_lazy

from common import stale


class Revised(stale.Revised):
    """`event` is the event that is changed, or None for a new one."""

    event = None
    changed_words = gettext_lazy(
        "Somebody else has changed this event meanwhile. Yours is kept here, theirs stands below. Save again to keep yours."
    )

    @property
    def standing(self):
        return self.event
