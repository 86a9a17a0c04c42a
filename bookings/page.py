"""The page of a visit for one reader, and the list of visits."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from bookings.calendars import own_visits, with_offers
from bookings.enums import ENDED, VisitState
from bookings.models import Visit
from bookings.periods import capital, in_words
from bookings.prices import visit_price
from bookings.verbs import Verb, available
from common.formats import number
from common.markup import icon
from common.moments import period_in_words, shows_our_clock
from common.navigation import address
from livinglabs.models import LivingLab
from records.files import described

A_PAGE = 30
LOOKS = {
    VisitState.ASKED: ("warning", "clock"), VisitState.PROPOSED: ("warning", "calendar"), VisitState.CONFIRMED: ("success", "check"),
    VisitState.DECLINED: ("error", "close"), VisitState.WITHDRAWN: ("neutral", "close"), VisitState.CANCELLED: ("error", "close"),
}  # fmt: skip


def opened(user):
    """The visits `user` may open, with what their pages show."""
    return with_offers(Visit.objects.visible_to(user)).select_related("offer__lab__organisation", "organisation", "asked_by")


def badge(visit, now):
    """The state, or *over* where a confirmed visit has taken place: shown, never a state."""
    look, words = LOOKS[visit.state], visit.get_state_display()
    if visit.state == VisitState.CONFIRMED and visit.ends_at <= now:
        look, words = ("neutral", "clock"), pgettext("visit", "Over")
    return format_html('<span class="kind kind--{} state">{}{}</span>', look[0], icon(look[1]), words)


@dataclass(frozen=True)
class Offered:
    """A verb on the page, with its form where it takes one."""

    verb: Verb
    url: str
    form: object = None
    is_open: bool = False


class VisitPage:
    def __init__(self, visit, user, now=None, verb="", form=None):
        self.visit, self.user, self.now = visit, user, now or timezone.now()
        self.lab, self._verb, self._form = visit.offer.lab, verb, form

    @property
    def trail(self):
        code = get_language()
        return [
            (_("Home"), f"/{code}/"),
            (_("Living labs"), f"/{code}/living-labs/"),
            (str(self.lab), self.lab.get_absolute_url()),
            (_("Visits"), address("visits:list", code)),
        ]

    @cached_property
    def is_host(self):
        return self.user.has_perm("bookings.host_visit", self.visit)

    @cached_property
    def is_guest(self):
        return self.user.has_perm("bookings.guest_visit", self.visit)

    @property
    def badge(self):
        return badge(self.visit, self.now)

    @property
    def is_over(self):
        return self.visit.ends_at <= self.now

    @property
    def when(self):
        return capital(in_words(self.visit.starts_at, self.visit.ends_at, self.lab.zone))

    @property
    def notice(self):
        """(kind, title, words) of what it waits for, or of how it ended."""
        visit = self.visit
        if visit.state == VisitState.ASKED:
            return ("info", _("Waits for your answer"), "") if self.is_host else ("info", _("The lab answers"), self._answer_days())
        if visit.state == VisitState.PROPOSED:
            title = _("The lab proposes this date") if self.is_guest else _("Waits for the guests' answer")
            return ("info", title, visit.answer)
        if visit.state in ENDED:
            return ("warning", visit.get_state_display(), visit.answer)
        return None

    def _answer_days(self):
        words = _("%(lab)s promises an answer within %(days)d days. You are told by mail.")
        return words % {"lab": self.lab, "days": self.lab.answer_days}

    @property
    def facts(self):
        visit = self.visit
        offer = format_html('<a href="{}">{}</a>', visit.offer.get_absolute_url(), visit.offer)
        return [
            (_("When"), self.when),
            (_("On our clocks"), self._on_our_clock()),
            (_("Where to meet"), visit.practical),
            (_("Who comes"), visit.delegation),
            (_("Organisation"), visit.organisation.name if visit.organisation else ""),
            (_("How many people"), number(visit.people)),
            (_("Language of the visit"), dict(settings.LANGUAGES).get(visit.language, visit.language)),
            (_("What it costs"), visit_price(visit)),
            (_("Offer"), offer),
            (_("Asked by"), visit.asked_by.shown_name if visit.asked_by else _("Former member")),
        ]

    def _on_our_clock(self):
        visit = self.visit
        if shows_our_clock(visit.starts_at, self.lab.zone):
            return ""
        return period_in_words(timezone.localtime(visit.starts_at), timezone.localtime(visit.ends_at))

    @cached_property
    def verbs(self):
        """[Offered], each with a form that is filled with what stands there, or with what was typed and refused."""
        return [self._offered(verb) for verb in available(self.user, self.visit, self.now)]

    def _offered(self, verb):
        url = reverse(f"visits:{verb.name}", args=[self.visit.pk])
        if verb.name == self._verb:
            return Offered(verb, url, self._form, is_open=True)
        return Offered(verb, url, form_of(verb, self.visit) if verb.form else None, is_open=verb.is_primary)

    @cached_property
    def material(self):
        """[(title, address, words)]."""
        return [(str(one), one.get_absolute_url(), described(one)) for one in self.visit.attachments.all()]

    @property
    def ics_url(self):
        return "" if self.visit.state in ENDED else reverse("visits:file", args=[self.visit.pk])


def form_of(verb, visit, data=None, files=None):
    """The form of a verb; what it says already comes from the visit."""
    options = {"auto_id": f"{verb.name}_%s"}
    if verb.name in ("propose", "change_date"):
        options["lab"] = visit.offer.lab
        options["initial"] = {"start": visit.starts.replace(tzinfo=None), "end": visit.ends.replace(tzinfo=None)}
    elif verb.name == "confirm":
        options["initial"] = {"practical": visit.practical, "price": visit_price(visit)}
    if verb.name in ("propose", "change_date", "confirm"):
        options["initial"]["seen"] = visit.changed_at.isoformat()
    if verb.name == "thank":
        options["initial"] = {"text": _("Thank you for your visit. Here is what we showed you.")}
        return verb.form(data, files, use_required_attribute=False, **options)
    if "lab" not in options:
        options["use_required_attribute"] = False
    return verb.form(data, **options)


@dataclass(frozen=True)
class Card:
    """A visit in a list."""

    visit: Visit
    now: datetime
    is_hosted: bool = False

    @property
    def when(self):
        return capital(in_words(self.visit.starts_at, self.visit.ends_at, self.visit.offer.lab.zone))

    @property
    def badge(self):
        return badge(self.visit, self.now)


def coming_visits(user, now):
    """[Card] of the visits that the member speaks for as a guest and that are to come."""
    return [Card(one, now) for one in own_visits(user, now).exclude(state__in=ENDED).upcoming(now)[:A_PAGE]]


class VisitList:
    """Visits of mine and of my labs: what is to come first, or what is over."""

    def __init__(self, user, *, is_past=False, number=1, now=None):
        self.user, self.is_past, self.now = user, is_past, now or timezone.now()
        self._number = number

    @cached_property
    def page_obj(self):
        rows = opened(self.user)
        if self.is_past:
            rows = rows.filter(ends_at__lte=self.now).order_by("-starts_at", "-pk")
        else:
            rows = rows.upcoming(self.now)
        return Paginator(rows, A_PAGE).get_page(self._number)

    @cached_property
    def _hosted(self):
        return set(LivingLab.objects.run_by(self.user).values_list("pk", flat=True))

    @cached_property
    def cards(self):
        return [Card(one, self.now, one.offer.lab_id in self._hosted) for one in self.page_obj]

    @property
    def views(self):
        url = address("visits:list", get_language())
        return [
            {"label": _("To come"), "url": url, "icon": "calendar", "current": not self.is_past},
            {"label": _("Over"), "url": f"{url}?when=past", "icon": "clock", "current": self.is_past},
        ]
