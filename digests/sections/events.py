from datetime import timedelta
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from digests.news import News, Told
from digests.sections.base import Published, Section, words_of
from events.enums import RegistrationState
from events.models import Event, Registration

#: What is read of an event, and what `when_and_where` takes.
COLUMNS = ("slug", "starts_at", "time_zone", "place")


def when_and_where(news):
    """On the clock of the place."""
    _slug, starts_at, zone, place = news.facts
    when = date_format(timezone.localtime(starts_at, ZoneInfo(zone)), "DATETIME_FORMAT")
    return " · ".join(part for part in (when, place) if part)


class NewEvents(Published):
    key = "events"
    label = _("New events")
    about = _("New events on what you follow, and of your groups")
    model = Event
    to_noun = "event"
    followed = (("municipality", "municipality"), ("organisation", "organisation"), ("group", "group"), ("project", "projects"))
    columns = COLUMNS
    address = "/events/{0}/"

    def rows(self, window):
        since, until = window
        return Event.objects.taking_place().filter(published_at__gte=since, published_at__lt=until, starts_at__gt=until)

    def note(self, news, language):
        return when_and_where(news)


class Deadlines(Section):
    """What the reader has promised to come to, until the next digest and a day more."""

    key = "soon"
    label = _("Soon")
    about = _("What you are registered for, shortly before")
    shown = 8

    def for_readers(self, chunk, cached):
        found = {reader.user.pk: [] for reader in chunk.readers}
        windows = {reader.user.pk: (reader.until, reader.until + self._ahead(reader)) for reader in chunk.readers}
        rows = Registration.objects.filter(
            user__in=chunk.users, state=RegistrationState.REGISTERED, event__in=Event.objects.taking_place(),
            event__starts_at__gte=min(start for start, _end in windows.values()),
            event__starts_at__lt=max(end for _start, end in windows.values()),
        ).order_by("event__starts_at")  # fmt: skip
        rows = list(rows.values_list("user", "event", *[f"event__{column}" for column in COLUMNS]))
        words = words_of(Event, "event", {pk for _user, pk, *_facts in rows}, "title")
        kind = ContentType.objects.get_for_model(Event).pk
        for user, pk, *facts in rows:
            (slug, starts_at, *_rest), (start, end) = facts, windows[user]
            if start <= starts_at < end and pk in words:
                found[user].append(
                    Told(News(self.key, (kind, pk), starts_at, words[pk], f"/events/{slug}/", facts=tuple(facts)), "registered")
                )
        return found

    @staticmethod
    def _ahead(reader):
        return min(max(reader.until - reader.since, timedelta(days=1)), timedelta(days=31)) + timedelta(days=1)

    def note(self, news, language):
        return when_and_where(news)
