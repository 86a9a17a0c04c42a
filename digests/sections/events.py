from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.moments import clock, day_in_words
from digests.news import News, Told
from digests.sections.base import BLUE, OF_GROUP, Published, words_of
from events.enums import RegistrationState, State
from events.models import Event, Registration

#: What is read of an event, and what `when_and_where` takes.
COLUMNS = ("slug", "starts_at", "time_zone", "place")

#: No digest looks further ahead: a month and a day.
FURTHEST = timedelta(days=32)


def when_and_where(facts):
    """On the clock of the place."""
    _slug, starts_at, zone, place = facts
    starts = timezone.localtime(starts_at, ZoneInfo(zone))
    return " · ".join(part for part in (f"{day_in_words(starts)}, {clock(starts)}", place) if part)


class NewEvents(Published):
    key = "events"
    label = _("New events")
    about = _("New events on what you follow, and of your groups")
    colour = BLUE
    of_group = OF_GROUP
    model = Event
    followed = (("municipality", "municipality"), ("organisation", "organisation"), ("group", "group"), ("project", "projects"))
    columns = COLUMNS
    address = "/events/{0}/"

    def published(self):
        return Event.objects.taking_place()

    def rows(self, window):
        return super().rows(window).filter(starts_at__gt=window[1])

    def note(self, news, language):
        return when_and_where(news.facts)


def standing_of(chunk):
    """[(member, event, state, its facts)] of what the chunk's readers are registered for and is not over; asked once for a chunk."""
    if not hasattr(chunk, "registrations"):
        rows = Registration.objects.standing().filter(user__in=chunk.users, event__ends_at__gt=chunk.now).order_by("event__starts_at", "pk")
        chunk.registrations = list(rows.values_list("user", "event", "state", "event__state", *[f"event__{column}" for column in COLUMNS]))
    return chunk.registrations


class ComingEvents:
    """What the reader has promised to come to. Whether he or she still sees it is asked afterwards."""

    word = "event"
    kind = "event.reminder"

    def due(self, chunk, cached, span):
        rows = [
            (user, pk, facts) for user, pk, state, event_state, *facts in standing_of(chunk)
            if (state, event_state) == (RegistrationState.REGISTERED, State.PUBLISHED) and span[0] <= facts[1] < span[1]
        ]  # fmt: skip
        words = words_of(Event, "event", {pk for _user, pk, _facts in rows}, "title")
        kind = ContentType.objects.get_for_model(Event).pk
        for user, pk, facts in rows:
            if pk in words:
                news = News("soon", (kind, pk), facts[1], words[pk], f"/events/{facts[0]}/", facts=(self.word, *facts))
                yield user, Told(news, "registered")

    def note(self, facts, language):
        return when_and_where(facts)


class ClosingRegistrations(NewEvents):
    """Events on what the reader follows whose registration closes, and he or she is not registered."""

    word = key = "closing"
    moment = "register_until"
    columns = ("slug", "register_until", "time_zone")

    def rows(self, window):
        return self.published().filter(
            takes_registrations=True, register_until__gte=window[1], register_until__lt=window[1] + FURTHEST, ends_at__gt=window[1]
        )

    def due(self, chunk, cached, span):
        index = self.index(chunk, cached)
        known = {(user, pk) for user, pk, *_facts in standing_of(chunk)} if index else ()
        for reader in chunk.readers:
            muted = chunk.muted.get(reader.user.pk, set())
            for followed in chunk.follows.get(reader.user.pk, ()) if index else ():
                for news in index.get(followed, ()):
                    if (reader.user.pk, news.noun[1]) not in known and not news.about & muted:
                        yield reader.user.pk, Told(replace(news, section="soon", facts=(self.word, *news.facts)), followed)

    def note(self, facts, language):
        _slug, until, zone = facts
        closes = timezone.localtime(until, ZoneInfo(zone))
        return gettext("Registration is open until %(when)s") % {"when": f"{day_in_words(closes)}, {clock(closes)}"}
