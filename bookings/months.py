"""A month of an offer or of a lab, as a table or as a list."""

from django.utils import timezone
from django.utils.translation import gettext as _

from common.months import Month


class BookingMonth(Month):
    """`url` is the address of its page."""

    def __init__(self, zone, asked, now, as_list):
        super().__init__(zone, asked, now or timezone.now())
        self.as_list = as_list

    def _url(self, first):
        return f"{self.url}?month={first:%Y-%m}{'&as=list' if self.as_list else ''}"

    @property
    def views(self):
        here = f"{self.url}?month={self.first:%Y-%m}"
        return [
            {"label": _("Month"), "url": here, "icon": "grid", "current": not self.as_list},
            {"label": _("List"), "url": f"{here}&as=list", "icon": "list", "current": self.as_list},
        ]
