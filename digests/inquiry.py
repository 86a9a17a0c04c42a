"""What one member would get now, and why nothing: for an administrator whom a member asks. Reading it is recorded, nothing is planned."""

import re
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common.mail import build
from common.text import clean_text
from digests.choosing import news_count
from digests.enums import Frequency
from digests.models import Muted, Subscription
from digests.page import PreviewPage, SettingsPage
from digests.running import UNDER_WAY
from digests.schedule import due, zone_of
from digests.sections import SECTIONS
from digests.watching import switched_off
from notifications.bounces import hindrance_of
from notifications.enums import MailList
from notifications.models import Delivery
from notifications.reading import DeliveryRow
from records.actions import audit
from workinggroups.enums import News
from workinggroups.models import GroupMembership

MOST = 10
NOTE_LENGTH = 500
LINK = re.compile(r'href="[^"]*"')
#: Addresses that act for the member.
ACTS = re.compile(r"(/digest/(?:unsubscribe|mute)/)[^/\s]+")


def look_into(user, *, by, note):
    """Record that somebody reads what would stand in a member's digest, and why."""
    audit("look_into_digest", user, by=by, note=clean_text(note)[:NOTE_LENGTH])


class Inquiry:
    """Where a member's digest stands: nothing of what is in it."""

    def __init__(self, user, now):
        self.user, self.now = user, now
        self.row = Subscription.objects.filter(user=user).first()

    @cached_property
    def due(self):
        """The period whose moment has passed, as the planner sees it; None where there is none."""
        if not (self.row and self.row.is_on):
            return None
        found = due(self.row.frequency, self.row.weekday, self.row.hour, self.user.time_zone, self.now)
        return found if found and found.at > self.row.since else None

    @cached_property
    def this_period(self):
        """What became of this period's digest; None where none was planned."""
        if not self.due:
            return None
        return Delivery.objects.filter(reader=f"member:{self.user.pk}", list=MailList.DIGEST, period=self.due.period).first()

    @property
    def habit(self):
        """How often and when, in words."""
        if not (self.row and self.row.is_on):
            return Frequency.OFF.label
        return f"{self.row.get_frequency_display()}, {self.row.get_weekday_display()} {self.row.hour:02}:00 ({self.user.time_zone})"

    @property
    def next_at(self):
        return SettingsPage(self.user, self.row).next_at

    @cached_property
    def hindrances(self):
        """Sentences that say why no digest is planned for this member now; empty where the next tick plans one."""
        return [words for words in (self._account(), *self._choice(), self._moment(), self._address()) if words]

    @property
    def is_planned_now(self):
        """Whether the next tick plans one; an address that gets no mail is found only when it is to be sent."""
        return not [words for words in (self._account(), *self._choice(), self._moment()) if words]

    def _account(self):
        if not self.user.is_active:
            return _("The account is closed.")
        if self.user.suspended_at:
            return _("The member is suspended.")
        return _("Digests are switched off for everybody.") if switched_off() else ""

    def _choice(self):
        if self.row is None:
            yield _("The member has never chosen a digest.")
        elif not self.row.is_on:
            yield _("The member wants none: it is switched off.")
        elif self.row.paused_until and self.row.paused_until > self.now.astimezone(zone_of(self.user.time_zone)).date():
            yield _("The member pauses it until %(day)s.") % {"day": date_format(self.row.paused_until, "DATE_FORMAT")}

    def _moment(self):
        if not (self.row and self.row.is_on):
            return ""
        if self.this_period:
            state, at = self.this_period.get_state_display(), self.this_period.finished_at or self.this_period.planned_at
            words = _("This period's digest is there already: %(state)s, %(moment)s.")
            return words % {"state": state, "moment": date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")}
        if self.due is None:
            return _("Its moment has not come yet, or passed before the member chose it.")
        if Delivery.objects.filter(user=self.user, list=MailList.DIGEST, until__isnull=False, state__in=UNDER_WAY).exists():
            return _("An earlier digest is still under way: the next one waits for it.")
        return ""

    def _address(self):
        hindrance = hindrance_of(self.user)
        return _("The address gets no mail: %(why)s.") % {"why": hindrance.get_why_display()} if hindrance else ""

    @cached_property
    def last(self):
        """The last digests of this member, as the ledger shows them."""
        rows = Delivery.objects.filter(user=self.user, list=MailList.DIGEST).select_related("user", "entry").order_by("-pk")
        return [DeliveryRow(delivery) for delivery in rows[:MOST]]


class Look(Inquiry):
    """The same, and the mail as it would be composed at this moment, in the member's language."""

    @cached_property
    def page(self):
        return PreviewPage(self.user, self.now)

    @cached_property
    def message(self):
        """The whole mail; None where there is nothing to say."""
        return build(self.page.mail) if self.page.mail else None

    @property
    def html(self):
        """For a frame: no link leads anywhere, because some act for the member."""
        return LINK.sub('href="#"', self.message.alternatives[0][0]) if self.message else ""

    @property
    def text(self):
        return ACTS.sub(r"\1…", self.message.body) if self.message else ""

    @cached_property
    def remarks(self):
        """Sentences about what is in it: too little, nothing, what is kept out of it."""
        number, minimum = news_count(self.page.reader), self.page.row.minimum
        return [words for words in (self._enough(number, minimum), *self._kept_out()) if words]

    def _enough(self, number, minimum):
        if not number:
            return _("Nothing is new for this member since %(moment)s: no mail would come.") % {"moment": self.page.since_words}
        if number < minimum:
            words = ngettext(
                "There is %(number)d piece of news, and the member wants a mail only from %(minimum)d on: none would come.",
                "There are %(number)d news, and the member wants a mail only from %(minimum)d on: none would come.", number,
            )  # fmt: skip
            return words % {"number": number, "minimum": minimum}
        return ""

    def _kept_out(self):
        kept = Muted.objects.filter(user=self.user).count()
        silenced = GroupMembership.objects.filter(user=self.user, news=News.MUTE).count()
        if kept:
            yield ngettext("%(number)d thing is kept out of it.", "%(number)d things are kept out of it.", kept) % {"number": kept}
        if silenced:
            words = ngettext("%(number)d working group is silenced.", "%(number)d working groups are silenced.", silenced)
            yield words % {"number": silenced}
        if self.page.row.without:
            yield pgettext("digest", "Sections left out: %(sections)s.") % {"sections": ", ".join(self._left_out())}

    def _left_out(self):
        return [str(section.about) for section in SECTIONS if section.key in self.page.row.without]
