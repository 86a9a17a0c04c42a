"""What the pages of the digest show."""

from datetime import timedelta
from functools import cached_property

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from digests import running, watching
from digests.choosing import Shared, choose, news_count, nouns_of
from digests.models import Muted, Subscription
from digests.news import Reader
from digests.rendering import Names, mail_of
from digests.schedule import next_due, zone_of
from digests.sections import SECTIONS
from notifications import pages
from notifications.access import may_see
from notifications.enums import DeliveryState, MailList
from notifications.models import Delivery

PREVIEW_KEY = "00000000-0000-4000-8000-000000000000"
MOST_SENT = 10
#: So far back looks the preview of somebody who gets no digest: years of news are no example, and take long to find.
EXAMPLE = timedelta(days=31)


def noun_name(user_id, noun):
    """What a noun is called, where the member may see it; else that it is something else."""
    user = get_user_model().objects.filter(pk=user_id).first()
    model = ContentType.objects.get_for_id(noun[0]).model_class() if ContentType.objects.filter(pk=noun[0]).exists() else None
    if user and user.may_act and model and may_see([(user, *noun)]):
        return str(model._default_manager.get(pk=noun[1]))
    return ""


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

    @property
    def next_at(self):
        """The next moment at which it is due, on the reader's clock, not before a pause ends; None while it is off."""
        if self.row is None or not self.row.is_on:
            return None
        now = timezone.now()
        chosen = (self.row.frequency, self.row.weekday, self.row.hour, self.user.time_zone)
        at = next_due(*chosen, now)
        while self.row.paused_until and at.date() < self.row.paused_until:
            at = next_due(*chosen, at)
        return at

    @property
    def next_words(self):
        at = self.next_at
        if at is None:
            return _("No digest comes.")
        return _("The next digest comes on %(day)s, when there is something new.") % {"day": date_format(at, "DATETIME_FORMAT")}

    @cached_property
    def muted(self):
        """[(row, name)] of what the member keeps out."""
        rows = list(Muted.objects.filter(user=self.user).order_by("-at")[:100])
        seen = may_see([(self.user, row.target_type_id, row.target_id) for row in rows]) if rows else set()
        return [(row, str(row.target)) for row in rows if (self.user.pk, row.target_type_id, row.target_id) in seen]

    @cached_property
    def sent(self):
        """The last digests that went out."""
        rows = Delivery.objects.filter(user=self.user, list=MailList.DIGEST, state__in=(DeliveryState.SENT, DeliveryState.UNKNOWN))
        return list(rows.order_by("-pk")[:MOST_SENT])


class _Told:
    """Sections with all their rows, for the page."""

    def _sections(self, reader):
        names, language, found = Names(reader), get_language(), []
        for section in SECTIONS:
            rows = [self._row(section, one, names, language) for one in reader.told.get(section.key, ())]
            if rows:
                found.append({"key": section.key, "label": section.label, "rows": rows})
        return found

    @staticmethod
    def _row(section, one, names, language):
        code, title, text = one.news.in_language(language)
        return {
            "title": title, "text": text, "language": code, "note": section.note(one.news, language), "why": names.because(one.because),
            "url": f"/{language}{one.news.url}",
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
    def since_words(self):
        return date_format(self.since.astimezone(zone_of(self.user.time_zone)), "DATETIME_FORMAT")

    @property
    def is_enough(self):
        return news_count(self.reader) >= self.row.minimum

    @property
    def mail(self):
        """The mail itself; None where there is nothing to say."""
        return mail_of(self.reader, PREVIEW_KEY) if self.sections or self.reader.again else None


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

    @cached_property
    def sections(self):
        """[{key, label, rows}] of what stands in the ledger, in its order."""
        user, held = self.delivery.user, [(key, (kind, pk)) for key, kind, pk in self.delivery.held]
        seen = may_see([(user, *noun) for _key, noun in held]) if held else set()
        nouns = nouns_of({noun for _key, noun in held if (user.pk, *noun) in seen})
        labels, found = {section.key: section.label for section in SECTIONS} | {"again": _("You may have seen this")}, {}
        for key, noun in held:
            if noun in nouns and key in labels:
                found.setdefault(key, []).append({"title": str(nouns[noun]), "url": nouns[noun].get_absolute_url()})
        return [{"key": key, "label": labels[key], "rows": rows} for key, rows in found.items()]


class RunRow:
    """One run as the administration shows it."""

    def __init__(self, run, now):
        self.run, self.now = run, now

    @property
    def states(self):
        """[(state, number)] of those there are any in."""
        return [(state.label, number) for state in DeliveryState if (number := getattr(self.run, state))]

    @property
    def planned(self):
        """The sum of the states: nothing is lost on the way."""
        return sum(getattr(self.run, state) for state in DeliveryState)

    @property
    def done(self):
        return self.planned - self.under_way

    @property
    def under_way(self):
        return sum(getattr(self.run, state) for state in running.UNDER_WAY)

    @property
    def stands(self):
        """Where it stands, in a word."""
        if self.run.cancelled_at:
            return pgettext("run", "Cancelled")
        if not self.under_way:
            return pgettext("run", "Complete")
        return pgettext("run", "Halted") if self.run.halted_at else pgettext("run", "Under way")

    @property
    def trouble(self):
        return {"late": _("This run is late."), "failures": _("More than 2 % of its mails failed.")}.get(
            watching.trouble(self.run, self.now), ""
        )

    @property
    def verbs(self):
        """[(word in the address, label)] of what can be done with it now."""
        found = []
        if self.under_way and not self.run.cancelled_at:
            found.append(("go-on", _("Go on")) if self.run.halted_at else ("halt", _("Halt")))
            found.append(("cancel", _("Cancel the rest")))
        if self.run.failed:
            found.append(("again", _("Send the failed ones again")))
        return [(reverse(f"digests_cms:{verb}", args=[self.run.pk]), label) for verb, label in found]
