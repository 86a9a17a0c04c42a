from collections import defaultdict
from dataclasses import replace

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from common.languages import UNSPECIFIED
from digests.news import Told
from digests.sections.base import GREEN, OF_GROUP, Published, words_of
from events.enums import READABLE
from events.models import Attendee, Decision, Minutes, Registration
from workinggroups.models import WorkingGroup


class Decided(Published):
    """Minutes that were approved: one block for each meeting, with what was decided there."""

    key = "decisions"
    kind = "event.minutes_approved"
    label = _("Decided")
    about = _("Approved minutes and decisions of your working groups, of meetings you came to, and on what you follow")
    colour = GREEN
    of_group = OF_GROUP
    model = Minutes
    texts, words = "event__texts", ("title",)
    themes = "event__themes"
    followed = (
        ("group", "event__group"), ("organisation", "event__organisation"), ("project", "event__projects"),
        ("municipality", "event__municipality"),
    )  # fmt: skip
    moment = "approved_at"
    columns = ("event__slug", "event", "version", "number", "language", "event__organisation__name", "event__group")
    address = "/events/{0}/minutes/"

    def published(self):
        """Of those that were corrected the newest alone."""
        number = Count("decisions", filter=Q(decisions__is_in_force=True), distinct=True)
        return Minutes.objects.in_force().filter(event__state__in=READABLE).annotate(number=number)

    def news_of(self, rows):
        """With the names of who decided as the last of the facts."""
        found = super().news_of(rows)
        groups = words_of(WorkingGroup, "group", {news.facts[-1] for news in found} - {None}, "name") if found else {}
        return [
            replace(news, facts=(*facts, groups.get(group) or ((UNSPECIFIED, organisation or "", ""),)))
            for news in found for *facts, organisation, group in [news.facts]
        ]  # fmt: skip

    def words_for(self, found):
        """The title of the meeting in each language, beside the decisions in the language of the minutes."""
        decided, decisions = defaultdict(list), Decision.objects.in_force().filter(minutes__in=list(found))
        for pk, year, number, text in decisions.order_by("year", "number", "pk").values_list("minutes", "year", "number", "text"):
            decided[pk].append(f"{year}-{number}: {text}")
        return {
            pk: tuple((one, title, " · ".join(decided[pk]) if one == facts[4] else "") for one, title, _text in texts)
            for pk, (_at, _public, facts, texts) in found.items()
        }

    def for_readers(self, chunk, cached):
        """What each follows, what his or her groups decided, and the minutes of meetings he or she was at."""
        found = super().for_readers(chunk, cached)
        index = self.index(chunk, cached)
        every = {news.noun: news for told in index.values() for news in told}
        named = self._named(chunk, [news.facts[1] for news in every.values()])
        kind = ContentType.objects.get_for_model(WorkingGroup).pk
        for reader in chunk.readers:
            mine, muted = {one.news.noun: one for one in found[reader.user.pk]}, chunk.muted.get(reader.user.pk, set())
            for group in chunk.groups.get(reader.user.pk, ()):
                for news in index.get((kind, group), ()):
                    mine.setdefault(news.noun, Told(news, (kind, group)))
            for news in every.values():
                if why := named.get((reader.user.pk, news.facts[1])):
                    mine.setdefault(news.noun, Told(news, why))
            fresh = [one for one in mine.values() if reader.since <= one.news.at < reader.until and not one.news.about & muted]
            found[reader.user.pk] = sorted(fresh, key=lambda told: told.news.at, reverse=True)
        return found

    @staticmethod
    def _named(chunk, events):
        """{(member, event): why} of who was registered or stands in the minutes; one query."""
        if not events:
            return {}
        registered = Registration.objects.registered().filter(event__in=events, user__in=chunk.users).order_by()
        named = Attendee.objects.filter(minutes__event__in=events, user__in=chunk.users).order_by()
        rows = registered.values_list("user", "event", Value("registered"))
        return {(user, event): why for user, event, why in rows.union(named.values_list("user", "minutes__event", Value("named")))}

    def note(self, news, language):
        _slug, _event, version, number, _code, hosts = news.facts
        host = next((name for code, name, _text in hosts if code == language), hosts[0][1])
        said = [host, pgettext("minutes", "Corrected minutes") if version > 1 else pgettext("minutes", "Approved minutes")]
        if number:
            said.append(ngettext("%(number)d decision", "%(number)d decisions", number) % {"number": number})
        return " · ".join(part for part in said if part)
