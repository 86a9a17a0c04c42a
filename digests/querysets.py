"""Questions about digests."""

from django.db import models

from digests.enums import Frequency, IssueState


class SubscriptionQuerySet(models.QuerySet):
    def on(self):
        return self.exclude(frequency=Frequency.OFF)

    def schedules(self):
        """(frequency, weekday, hour, time zone), each once, of everybody whose digest is on: as many as there are habits, not readers."""
        return self.on().order_by().values_list("frequency", "weekday", "hour", "user__time_zone").distinct()


class IssueQuerySet(models.QuerySet):
    def ready(self):
        """Those that may stand in mails."""
        return self.filter(state=IssueState.READY)

    def latest_first(self):
        return self.order_by("-week", "-pk")
