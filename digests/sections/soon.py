"""What is near: one heading over several nouns, each with a file of its own."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from digests.sections.action_points import DueActions
from digests.sections.base import OF_GROUP, Section
from digests.sections.events import ClosingRegistrations, ComingEvents
from digests.sections.tests import TestDays
from digests.sections.visits import ComingVisits

LEAST, MOST = timedelta(days=1), timedelta(days=31)


def ahead_of(reader):
    """How far this digest looks: to the next one and a day more, because that may be late."""
    return min(max(reader.until - reader.since, LEAST), MOST) + timedelta(days=1)


class Soon(Section):
    """The next first. What the reader's last digest named already is not named again."""

    key = "soon"
    label = _("Soon")
    about = _("What you are registered for, what is yours to do, your visits and tests, and registrations that close: shortly before")
    of_group = OF_GROUP
    shown = 8
    sources = (ComingEvents(), DueActions(), ComingVisits(), TestDays(), ClosingRegistrations())

    def for_readers(self, chunk, cached):
        found = {reader.user.pk: {} for reader in chunk.readers}
        horizons = {reader.user.pk: (reader.until, reader.until + ahead_of(reader)) for reader in chunk.readers}
        span = (min(start for start, _end in horizons.values()), max(end for _start, end in horizons.values()))
        for source in self.sources:
            for user, told in source.due(chunk, cached, span):
                start, end = horizons[user]
                if start <= told.news.at < end and (self.key, *told.news.noun) not in chunk.told_last.get(user, ()):
                    found[user].setdefault(told.news.noun, told)
        return {user: sorted(told.values(), key=lambda one: one.news.at) for user, told in found.items()}

    def kind_of(self, news):
        return self._source(news).kind

    def note(self, news, language):
        return self._source(news).note(news.facts[1:], language)

    def _source(self, news):
        return next(one for one in self.sources if one.word == news.facts[0])
