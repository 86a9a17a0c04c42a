from datetime import timedelta
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from digests.news import News, Told
from digests.sections.base import Published, Section
from events.enums import RegistrationState
from events.models import Event, EventText, Registration


def moment(at, zone):
    return date_format(timezone.localtime(at, ZoneInfo(zone)), "DATETIME_FORMAT")


class NewEvents(Published):
    key = "events"
    label = _("New events")
    about = _("New events on what you follow, and of your groups")
    model = Event
    to_noun = "event"
    by_place = "municipality"

    def rows(self, window):
        since, until = window
        return Event.objects.taking_place().filter(published_at__gte=since, published_at__lt=until, starts_at__gt=until)

    def also(self):
        return [*super().also(), ("group", "group"), ("project", "projects")]

    def urls(self, keys):
        return {pk: f"/events/{slug}/" for pk, slug in Event.objects.filter(pk__in=keys).values_list("pk", "slug")}

    def values(self, rows):
        columns = ("pk", "published_at", "starts_at", "time_zone", "place")
        return [(pk, at, tuple(facts)) for pk, at, *facts in rows.values_list(*columns)]

    def note(self, news, language):
        starts_at, zone, place = news.facts
        return " · ".join(part for part in (moment(starts_at, zone), place) if part)


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
            event__starts_at__gt=chunk.until, event__starts_at__lt=max(end for _start, end in windows.values()),
        ).order_by("event__starts_at")  # fmt: skip
        columns = ("user", "event", "event__starts_at", "event__time_zone", "event__place", "event__slug")
        rows = list(rows.values_list(*columns))
        words = self._words({row[1] for row in rows})
        kind = ContentType.objects.get_for_model(Event).pk
        for user, pk, starts_at, zone, place, slug in rows:
            start, end = windows[user]
            if start <= starts_at < end and pk in words:
                news = News(self.key, (kind, pk), starts_at, words[pk], f"/events/{slug}/", facts=(starts_at, zone, place))
                found[user].append(Told(news, "registered"))
        return found

    @staticmethod
    def _ahead(reader):
        return min(max(reader.until - reader.since, timedelta(days=1)), timedelta(days=31)) + timedelta(days=1)

    @staticmethod
    def _words(keys):
        found = {}
        rows = EventText.objects.filter(event__in=keys).order_by("-is_original", "pk")
        for pk, *words in rows.values_list("event", "language", "title"):
            found[pk] = (*found.get(pk, ()), (*words, ""))
        return found

    def note(self, news, language):
        starts_at, zone, place = news.facts
        return " · ".join(part for part in (moment(starts_at, zone), place) if part)
