"""Questions about digests."""

from django.db import models

from digests.enums import Frequency


class SubscriptionQuerySet(models.QuerySet):
    def on(self):
        return self.exclude(frequency=Frequency.OFF)

    def schedules(self):
        """(frequency, weekday, hour, time zone), each once, of everybody whose digest is on: as many as there are habits, not readers."""
        return self.on().order_by().values_list("frequency", "weekday", "hour", "user__time_zone").distinct()
