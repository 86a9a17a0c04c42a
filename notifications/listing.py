"""The list behind the bell: what happened to one noun on one day is read as one, day by day."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notifications import pages
from notifications.access import may_see
from notifications.kinds import AREAS, kinds_of_area
from notifications.models import Notification
from notifications.quiet import zone_of
from notifications.wording import of_many

A_PAGE = 30
#: So many of one bundle are written out.
SHOWN = 20
#: What is asked of each notification before the newest are read whole.
COLUMNS = ("pk", "read_at", "entry__target_type", "entry__target_id", "entry__by")


@dataclass(frozen=True)
class Bundle:
    """What happened to one noun on one day; `rows` are the newest of what the reader may see, or one that says that it is gone."""

    rows: list
    total: int
    number: int  # of those the reader may see
    unread: int
    newest_pk: int
    text: str

    @property
    def first(self):
        return self.rows[0]

    @property
    def is_one(self):
        return self.total == 1

    @property
    def more(self):
        return self.number - len(self.rows)


class ListPage:
    """One page of a member's notifications, narrowed as the address says."""

    def __init__(self, user, asked):
        self.user, self.zone = user, zone_of(user.time_zone)
        self.only_unread = asked.get("unread") == "1"
        self.area = asked.get("kind", "") if asked.get("kind") in AREAS else ""
        self.number = asked.get("page")

    @property
    def own(self):
        return Notification.objects.visible_to(self.user)

    @cached_property
    def listed(self):
        found = self.own.unread() if self.only_unread else self.own
        return found.of_kinds(kinds_of_area(self.area)) if self.area else found

    @cached_property
    def page_obj(self):
        return Paginator(self.listed.bundles(self.zone), A_PAGE).get_page(self.number)

    @cached_property
    def upto(self):
        """The newest there is: what comes after the page was read is not marked by its buttons."""
        return self.own.order_by("-pk").values_list("pk", flat=True).first() or 0

    @cached_property
    def unread(self):
        return pages.unread_count(self.user)

    @property
    def is_narrowed(self):
        return self.only_unread or bool(self.area)

    @cached_property
    def days(self):
        """[(what the day is called, its bundles)]; four queries for all, and one more where a noun is not public."""
        raw = list(self.page_obj.object_list)
        facts = {row[0]: row for row in Notification.objects.filter(pk__in=[pk for one in raw for pk in one["keys"]]).values_list(*COLUMNS)}
        seen = may_see([(self.user, kind, pk) for _pk, _read, kind, pk, _by in facts.values()])
        shown = [self._shown(one, facts, seen) for one in raw]
        whole = Notification.objects.filter(pk__in=[pk for keys, _is_seen in shown for pk in keys[:SHOWN]]).for_list()
        whole = {one.pk: one for one in whole}
        there = [(one, found) for one, found in zip(raw, shown, strict=True) if found[0] and found[0][0] in whole]
        bundles = [(one["day"], self._bundle(one, *found, facts, whole)) for one, found in there]
        return [(self._called(day), [bundle for _day, bundle in rows]) for day, rows in groupby(bundles, key=lambda one: one[0])]

    def _shown(self, raw, facts, seen):
        """The keys of what the reader may see of a bundle, the newest first; of one that is gone the newest alone."""
        keys = sorted((pk for pk in raw["keys"] if pk in facts), reverse=True)
        visible = [pk for pk in keys if (self.user.pk, facts[pk][2], facts[pk][3]) in seen]
        return (visible, True) if visible else (keys[:1], False)

    def _bundle(self, raw, keys, is_seen, facts, whole):
        rows = [pages.row_of(whole[pk], is_seen=is_seen) for pk in keys[:SHOWN] if pk in whole]
        unread = sum(facts[pk][1] is None for pk in raw["keys"] if pk in facts)
        people = {facts[pk][4] or f"gone {pk}" for pk in keys}
        text = of_many(rows[0].notification.entry, len(keys), people) if is_seen and len(keys) > 1 else ""
        return Bundle(rows, len(raw["keys"]), len(keys), unread, raw["newest"], text or rows[0].text)

    def _called(self, day):
        today = timezone.now().astimezone(self.zone).date()
        names = {0: _("Today"), 1: _("Yesterday")}
        return names.get((today - day).days) or capfirst(f"{date_format(day, 'l')} {date_format(day, 'DATE_FORMAT')}")

    @cached_property
    def areas(self):
        """Links that narrow the list to what a noun is about; none where there is but one."""
        kinds = self.own.order_by().values_list("entry__kind", flat=True).distinct()
        nouns = {kind.partition(".")[0] for kind in kinds}
        found = [(word, label) for word, (label, words) in AREAS.items() if nouns.intersection(words)]
        links = [self._link(label, kind=word, current=word == self.area) for word, label in found]
        return [self._link(_("Everything"), kind="", current=not self.area), *links] if len(links) > 1 or self.area else []

    @property
    def reading(self):
        """All, or what is unread only."""
        return [
            self._link(pgettext("notifications", "All"), unread=False, current=not self.only_unread) | {"icon": "list"},
            self._link(pgettext("notifications", "Unread"), unread=True, current=self.only_unread) | {"icon": "bell"},
        ]

    def _link(self, label, *, current, kind=None, unread=None):
        kind, unread = self.area if kind is None else kind, self.only_unread if unread is None else unread
        asked = {name: value for name, value in (("unread", "1" if unread else ""), ("kind", kind)) if value}
        return {"label": label, "url": reverse("notifications:list") + (f"?{urlencode(asked)}" if asked else ""), "current": current}


def first_unread(user, notification):
    """Of a bundle, where its link leads: to the oldest that is unread and may be seen, else to the newest that may be; "" to nothing."""
    zone = zone_of(user.time_zone)
    bundle = list(Notification.objects.visible_to(user).together_with(notification, zone).for_list()[:100])
    rows = [row for row in pages.rows(bundle, user) if row.url]
    unread = [row for row in rows if row.is_unread]
    return (unread[-1] if unread else rows[0]).url if rows else ""
