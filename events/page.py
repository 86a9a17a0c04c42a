"""The page of one event, for one reader."""

from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.formats import iso_date
from common.moments import clock, day_in_words
from common.navigation import address
from events import verbs
from events.badges import badges
from events.enums import READABLE, MinutesState, RegistrationState, State
from events.forms import MaterialForm, RegisterForm
from events.models import Event, Minutes
from events.moments import not_on_our_clock, when, where_on_site
from projects.models import Project
from records.files import described
from records.models import AttachmentKind

MOST_ITEMS = 12


def opened(user):
    """The events `user` may open, with what the page shows of them."""
    seen = Event.objects.visible_to(user).select_related("organisation", "municipality", "group")
    return seen.prefetch_related("texts", "themes", "questions", "tags", "group__texts", "attachments")


def opened_briefly(user):
    """The same for pages that hang on an event and say its title only."""
    return Event.objects.visible_to(user).select_related("organisation", "group").prefetch_related("texts")


class EventPage:
    def __init__(self, event, user, form=None, now=None):
        self.event, self.user, self.now = event, user, now or timezone.now()
        self.text = event.text
        self._form = form

    # ---- head

    @property
    def trail(self):
        code = get_language()
        return [(_("Home"), f"/{code}/"), (_("Events"), address("events:list", code)), (self.event.get_kind_display(), "")]

    @property
    def kicker(self):
        """“Meeting · Outdoor lighting”, with the way to the host."""
        host = self.event.host
        name = format_html('<a href="{}">{}</a>', host.get_absolute_url(), host) if host else settings.PORTAL["name"]
        return format_html("{} · {}", self.event.get_kind_display(), name)

    @property
    def tile(self):
        """(month, day, weekday) of the start."""
        starts = self.event.starts
        return date_format(starts, "M" if get_language() == "en" else "b"), starts.day, date_format(starts, "l")

    @property
    def badges(self):
        return badges(self.event, taken=self.taken, past=self.is_past)

    @property
    def themes(self):
        return sorted(self.event.themes.all(), key=lambda theme: (theme.position, theme.slug))

    @property
    def is_past(self):
        return self.event.ends_at <= self.now

    @property
    def notices(self):
        """[(kind, title, words)] above everything."""
        event = self.event
        if event.state == State.CANCELLED:
            return [("error", _("This event is cancelled"), event.state_reason)]
        if event.state == State.HIDDEN:
            return [("warning", _("A moderator has hidden this event"), event.state_reason)]
        if event.state == State.DRAFT:
            return [("info", _("This is a draft"), _("Only those who belong to its host see it, until it is published."))]
        return []

    @property
    def is_open(self):
        """Whether search engines may keep it."""
        return self.event.state in READABLE and self.event.visibility == "public"

    # ---- seats

    @cached_property
    def numbers(self):
        """(seats taken, registered, waiting) in one question."""
        rows = self.event.registrations.standing().values_list("state", "takes_seat")
        registered = [takes_seat for state, takes_seat in rows if state == RegistrationState.REGISTERED]
        return sum(registered), len(registered), len(rows) - len(registered)

    @property
    def taken(self):
        return self.numbers[0]

    @property
    def free(self):
        return max(0, self.event.capacity - self.taken) if self.event.capacity is not None else None

    @property
    def seats_label(self):
        """“7 of 30 seats free”."""
        if self.free:
            return _("%(free)d of %(all)d seats free") % {"free": self.free, "all": self.event.capacity}
        return _("All %(all)d seats are taken") % {"all": self.event.capacity}

    @property
    def waiting(self):
        return self.numbers[2]

    @property
    def registered(self):
        return self.numbers[1]

    @cached_property
    def mine(self):
        """The reader's own registration, while it stands."""
        if not getattr(self.user, "may_act", False):
            return None
        return self.event.registrations.standing().filter(user=self.user).first()

    @property
    def is_mine(self):
        return self.mine is not None and self.mine.state == RegistrationState.REGISTERED

    @cached_property
    def place_in_line(self):
        if self.mine is None or self.is_mine:
            return 0
        return self.event.registrations.waiting().filter(number__lte=self.mine.number).count()

    @property
    def closed_because(self):
        """Why nobody can register now; "" where one can."""
        event = self.event
        if event.state == State.CANCELLED:
            return _("It is cancelled.")
        if event.state != State.PUBLISHED:
            return _("Registration opens when it is published.")
        if self.is_past:
            return _("It is over.")
        if not event.takes_registrations:
            return _("Nobody needs to register: just come.")
        if event.register_until and event.register_until < self.now:
            return _("Registration is closed.")
        return ""

    @property
    def form(self):
        return self._form or RegisterForm(event=self.event)

    @property
    def until(self):
        """“Registration is open until …”."""
        until = self.event.register_until
        if not until:
            return ""
        local = until.astimezone(self.event.zone)
        return _("Registration is open until %(when)s.") % {"when": f"{day_in_words(local)}, {clock(local)}"}

    # ---- facts

    @property
    def facts(self):
        """[(term, words)]; the component leaves empty ones out."""
        event = self.event
        return [
            (_("When"), format_html('<time datetime="{}">{}</time>', iso_date(event.starts), when(event))),
            (_("On our clocks"), self._on_our_clock()),
            (_("Where"), self._place()),
            (_("Way"), event.directions),
            (
                _("Online"),
                self._online(),
            ),
            (_("Themes"), self._themes()),
        ]

    def _themes(self):
        rows = format_html_join("", '<li><a href="{}">{}</a></li>', ((one.get_absolute_url(), one) for one in self.themes))
        return format_html("<ul>{}</ul>", rows) if rows else ""

    def _on_our_clock(self):
        event = self.event
        if not not_on_our_clock(event):
            return ""
        starts, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
        return f"{day_in_words(starts)}, {clock(starts)}–{clock(ends)}"

    def _place(self):
        event, town = self.event, self.event.municipality
        words = where_on_site(event)
        if not words:
            return ""
        if town and town.in_portal and not event.place:
            return format_html('<a href="{}">{}</a>', town.get_absolute_url(), town)
        return words

    def _online(self):
        if self.event.online_url and self.sees_link:
            return format_html('<a href="{}" rel="nofollow noopener">{}</a>', self.event.online_url, _("Take part online"))
        return _("Whoever is registered sees the link here.") if self.event.online_url else ""

    @property
    def sees_link(self):
        return self.is_mine or self.is_host

    # ---- what hosts do

    @cached_property
    def is_host(self):
        return self.user.is_authenticated and self.user.has_perm("events.host", self.event)

    @cached_property
    def may_change(self):
        return self.user.is_authenticated and self.user.has_perm("events.change", self.event)

    @property
    def edit_url(self):
        shown = self.may_change and self.event.state in (State.DRAFT, State.PUBLISHED)
        return reverse("events:edit", args=[self.event.slug]) if shown else ""

    @property
    def duplicate_url(self):
        return reverse("events:duplicate", args=[self.event.slug]) if self.may_change else ""

    @property
    def participants_url(self):
        return reverse("events:participants", args=[self.event.slug]) if self.is_host else ""

    @property
    def verbs(self):
        return verbs.available(self.user, self.event, self.now)

    @property
    def ics_url(self):
        return reverse("events:file", args=[self.event.slug]) if self.event.state in READABLE else ""

    # ---- what is to be talked about, and what came of it

    @cached_property
    def agenda(self):
        """Titles of the items that are planned, as many as a page that is about more than them shows."""
        return list(self.event.agenda.planned().values_list("title", flat=True)[:MOST_ITEMS])

    @cached_property
    def minutes(self):
        """The minutes this reader may see: what is in force, else the draft."""
        rows = Minutes.objects.visible_to(self.user).filter(event=self.event).exclude(state=MinutesState.REPLACED)
        return rows.order_by("version").first()

    @property
    def works_on_agenda(self):
        """Whether the way to an agenda that is still empty is shown."""
        return self.user.is_authenticated and self.user.has_perm("events.propose", self.event)

    # ---- body

    @cached_property
    def projects(self):
        """Cards of the projects on the agenda that the reader may see."""
        return list(Project.objects.visible_to(self.user).listed().filter(events=self.event).for_cards())

    @property
    def material(self):
        """[(title, url, words, attachment)]."""
        return [
            (str(one), one.get_absolute_url(), described(one) if one.kind == AttachmentKind.DOCUMENT else _("Picture"), one)
            for one in self.event.attachments.all()
        ]

    @property
    def material_form(self):
        return MaterialForm(auto_id="material_%s")

    @property
    def tags(self):
        return sorted(self.event.tags.all(), key=lambda tag: tag.name)

    @property
    def linked_data(self):
        event = self.event
        cancelled = event.state == State.CANCELLED
        data = {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": self.text.title if self.text else event.slug,
            "description": self.text.summary if self.text else "",
            "startDate": iso_date(event.starts),
            "endDate": iso_date(event.ends),
            "eventStatus": f"https://schema.org/{'EventCancelled' if cancelled else 'EventScheduled'}",
            "location": {"@type": "Place", "name": where_on_site(event)} if where_on_site(event) else "",
            "organizer": {"@type": "Organization", "name": str(event.host or settings.PORTAL["name"])},
        }
        return {name: value for name, value in data.items() if value}
