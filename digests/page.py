"""What the pages of the digest show."""

from datetime import timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.moments import clock, day_in_words, place_of_zone
from common.sorting import sorted_by_name
from digests.choosing import Shared, choose, news_count, nouns_of
from digests.issues import for_page
from digests.models import Issue, Muted, Subscription
from digests.news import Reader
from digests.rendering import PREVIEW_KEY, Names, language_of_noun, mail_of
from digests.schedule import due, next_due, zone_of
from digests.sections import SECTIONS
from digests.sections.issue import INTRO
from notifications import pages
from notifications.access import may_see
from notifications.enums import DeliveryState, MailList
from notifications.models import Delivery
from workinggroups.models import GroupMembership, WorkingGroup

MOST_SENT = 10
#: So far back looks the preview of somebody who gets no digest: years of news are no example, and take long to find.
EXAMPLE = timedelta(days=31)


def _name_of_group(membership):
    return str(membership.group)


class SettingsPage:
    def __init__(self, user, row):
        self.user, self.row = user, row

    @property
    def trail(self):
        return [*pages.trail(self.title)]

    @property
    def title(self):
        return _("Your digest")

    @property
    def tabs(self):
        return pages.tabs("digest")

    @cached_property
    def next_at(self):
        """The next moment at which it is due, on the reader's clock: in a period that has none yet, and not before a pause ends."""
        if self.row is None or not self.row.is_on:
            return None
        chosen = (self.row.frequency, self.row.weekday, self.row.hour, self.user.time_zone)
        at = next_due(*chosen, timezone.now())
        had = Delivery.objects.filter(user=self.user, list=MailList.DIGEST).order_by("-pk").values_list("period", flat=True)[:MOST_SENT]
        had = set(had)
        while at.date() < (self.row.paused_until or at.date()) or due(*chosen, at).period in had:
            at = next_due(*chosen, at)
        return at

    @property
    def next_words(self):
        """When it comes, as one would say it."""
        if self.next_at is None:
            return _("No digest comes.")
        when = _("%(day)s at %(time)s, %(place)s time") % {
            "day": day_in_words(self.next_at), "time": clock(self.next_at), "place": place_of_zone(zone_of(self.user.time_zone).key),
        }  # fmt: skip
        if self.row.minimum == 1:
            return _("The next digest comes on %(when)s, when there is something new.") % {"when": when}
        words = _("The next digest comes on %(when)s, when there are at least %(number)d news.")
        return words % {"when": when, "number": self.row.minimum}

    @property
    def paused_words(self):
        day = self.row and self.row.paused_until
        if not day or not self.row.is_on or day <= timezone.localdate(timezone=zone_of(self.user.time_zone)):
            return ""
        return _("It pauses until %(day)s.") % {"day": day_in_words(day)}

    @cached_property
    def groups(self):
        """[(name, address, how its news come)] of the member's groups."""
        rows = GroupMembership.objects.filter(user=self.user, group__in=WorkingGroup.objects.visible_to(self.user))
        rows = rows.select_related("group").prefetch_related("group__texts")
        return [(str(row.group), row.group.get_absolute_url(), row.get_news_display()) for row in sorted_by_name(rows, _name_of_group)]

    @cached_property
    def muted(self):
        """[(row, name)] of what the member keeps out."""
        rows = {(row.target_type_id, row.target_id): row for row in Muted.objects.filter(user=self.user).order_by("-at")[:100]}
        seen, nouns = may_see([(self.user, *noun) for noun in rows]) if rows else (), nouns_of(rows.keys())
        return [(row, str(nouns[noun])) for noun, row in rows.items() if noun in nouns and (self.user.pk, *noun) in seen]

    @cached_property
    def sent(self):
        """The last digests that went out."""
        rows = Delivery.objects.filter(user=self.user, list=MailList.DIGEST, state__in=(DeliveryState.SENT, DeliveryState.UNKNOWN))
        return list(rows.order_by("-pk")[:MOST_SENT])


def noun_row(noun):
    """A noun of which no more is known than that a digest held it."""
    return {"title": str(noun), "url": noun.get_absolute_url(), "language": language_of_noun(noun, get_language())}


class _Told:
    """Sections with all their rows, for the page."""

    def _sections(self, reader):
        names, language, found = Names(reader), get_language(), []
        if reader.again:
            again = [noun_row(noun) for _key, noun in reader.again]
            found.append({"key": "again", "label": _("You may have seen this"), "rows": again})
        for section in SECTIONS:
            rows = [self._row(section, one, names, language) for one in reader.told.get(section.key, ())]
            if rows:
                found.append({"key": section.key, "label": section.label, "rows": rows})
        return found

    @staticmethod
    def _row(section, one, names, language):
        code, title, text = one.news.in_language(language)
        return {
            "title": title, "text": text, "language": code, "note": section.note(one.news, language),
            "why": names.because(one.because, section), "url": one.news.path(language),
        }  # fmt: skip


class PreviewPage(_Told):
    """The digest as it would be if it came now."""

    def __init__(self, user, now):
        self.user, self.now = user, now
        self.row = Subscription.objects.filter(user=user).first() or Subscription(user=user, started_at=user.date_joined)

    @property
    def trail(self):
        return pages.trail(_("Preview of your digest"))

    @cached_property
    def since(self):
        last = Delivery.objects.filter(
            user=self.user, list=MailList.DIGEST, until__isnull=False,
            state__in=(DeliveryState.SENT, DeliveryState.EMPTY, DeliveryState.UNKNOWN),
        ).order_by("-until").values_list("until", flat=True).first()  # fmt: skip
        since = last or self.row.started_at
        return since if self.row.pk and self.row.is_on else max(since, self.now - EXAMPLE)

    @cached_property
    def reader(self):
        reader = Reader(self.user, self.since, self.now, self.row)
        if self.since < self.now:
            choose([reader], self.now, Shared().of(None))
        return reader

    @cached_property
    def sections(self):
        return self._sections(self.reader)

    @property
    def intro(self):
        """What the editors say in this week's issue."""
        return for_page(self.reader.issue.intro, get_language()) if self.reader.issue else None

    @property
    def since_words(self):
        return date_format(self.since.astimezone(zone_of(self.user.time_zone)), "DATETIME_FORMAT")

    @property
    def is_enough(self):
        return news_count(self.reader) >= self.row.minimum

    @property
    def stands(self):
        """(heading, text) of what keeps this from being mailed; None where nothing does."""
        if not (self.row.pk and self.row.is_on):
            return _("No digest comes to you at present"), _("This is what would stand in one. Choose how often you want it, and it comes.")
        if not self.is_enough:
            return _("Not enough for a mail yet"), _("You asked for a mail only when there are more news than this.")
        return None

    @cached_property
    def mail(self):
        """The mail itself; None where there is nothing to say."""
        return mail_of(self.reader, PREVIEW_KEY) if self.sections else None


class SentPage(_Told):
    """What a digest told that was sent: what is still there and may still be seen."""

    def __init__(self, delivery):
        self.delivery = delivery

    @property
    def title(self):
        day = timezone.localtime(self.delivery.finished_at or self.delivery.planned_at, zone_of(self.delivery.user.time_zone))
        return _("Your digest of %(day)s") % {"day": date_format(day, "DATE_FORMAT")}

    @property
    def trail(self):
        return pages.trail(self.title)

    @property
    def intro(self):
        """What the editors said in it."""
        row = Issue.objects.filter(pk__in=[pk for key, _kind, pk in self.delivery.held if key == INTRO]).first()
        return for_page(row.intro, get_language()) if row else None

    @cached_property
    def sections(self):
        """[{key, label, rows}] of what stands in the ledger, in its order."""
        user, held = self.delivery.user, [(key, (kind, pk)) for key, kind, pk in self.delivery.held]
        seen = may_see([(user, *noun) for _key, noun in held]) if held else set()
        nouns = nouns_of({noun for _key, noun in held if (user.pk, *noun) in seen})
        labels, found = {section.key: section.label for section in SECTIONS} | {"again": _("You may have seen this")}, {}
        for key, noun in held:
            if noun in nouns and key in labels:
                found.setdefault(key, []).append(noun_row(nouns[noun]))
        return [{"key": key, "label": labels[key], "rows": rows} for key, rows in found.items()]
