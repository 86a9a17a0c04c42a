"""The list of requests: by state, by side, by lab, by words; what waits for the reader, what is overdue. Unknown values are left out."""

from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.sorting import sorted_by_name
from common.text import clean_name
from livinglabs.models import LivingLab
from testrequests.enums import CLOSED, OPEN, Side, State
from testrequests.lines import lines
from testrequests.models import Application, Terms, TestRequest

A_PAGE = 25
MOST_DRAFTS = 20
LONGEST = 100


def for_lines(rows):
    """`rows` with everything a line shows, in a fixed number of queries."""
    last = Terms.objects.filter(application=OuterRef("pk")).order_by("-version").values("version")[:1]
    found = rows.annotate(terms_version=Subquery(last)).select_related("request", "organisation", "lab", "agreed_terms")
    return found.prefetch_related("lab__texts")


class RequestFilter:
    """What is asked for, what there is, and the requests found, for one reader. The number of queries does not grow with the rows."""

    def __init__(self, parameters, user, *, today=None):
        self.parameters, self.user, self.today = parameters, user, today or timezone.localdate()
        self.words = clean_name(parameters.get("q", "").replace("\x00", ""))[:LONGEST]
        self.side = parameters.get("side") if parameters.get("side") in Side.values else ""
        self.states = [state for state in dict.fromkeys(parameters.getlist("state")) if state in (*OPEN, *CLOSED)]
        self.is_waiting, self.is_overdue = (parameters.get(name) == "1" for name in ("waiting", "overdue"))

    @cached_property
    def seen(self):
        return Application.objects.visible_to(self.user).listed()

    @cached_property
    def labs(self):
        """The labs of what is seen, by name."""
        rows = LivingLab.objects.filter(pk__in=self.seen.order_by().values("lab")).prefetch_related("texts")
        return sorted_by_name(rows.order_by("pk"))

    @cached_property
    def lab(self):
        return next((lab for lab in self.labs if lab.slug == self.parameters.get("lab")), None)

    @cached_property
    def found(self):
        rows = self.narrowed
        return rows.filter(state__in=self.states) if self.states else rows

    @cached_property
    def narrowed(self):
        """By everything but the state, so that the numbers beside the states stay true."""
        rows = self.seen
        if self.side == Side.COMPANY:
            rows = rows.filter(organisation__in=self.user.memberships.values("organisation"))
        elif self.side == Side.LAB:
            rows = rows.filter(lab__in=LivingLab.objects.run_by(self.user).order_by().values("pk"))
        if self.lab:
            rows = rows.filter(lab=self.lab)
        if self.words:
            rows = rows.filter(Q(request__title__icontains=self.words) | Q(organisation__name__icontains=self.words))
        if self.is_waiting:
            rows = rows & Application.objects.waiting_for(self.user)
        return rows.overdue(self.today) if self.is_overdue else rows

    @cached_property
    def numbers(self):
        return dict(self.narrowed.order_by().values_list("state").annotate(number=Count("pk")))

    @property
    def state_choices(self):
        """[(value, label, number, chosen)] of states there are, in their order."""
        wanted = [state for state in (*OPEN, *CLOSED) if state in self.numbers or state in self.states]
        return [(state.value, state.label, self.numbers.get(state, 0), state in self.states) for state in map(State, wanted)]

    @cached_property
    def page(self):
        ordered = F("due_on").asc(nulls_last=True) if self.is_waiting or self.is_overdue else F("last_activity_at").desc()
        paginator = Paginator(for_lines(self.found.order_by(ordered, "-pk")), A_PAGE)
        paginator.count = sum(number for state, number in self.numbers.items() if not self.states or state in self.states)
        page = paginator.get_page(self.parameters.get("page"))
        page.object_list = lines(page.object_list, self.user, self.today)
        return page

    @property
    def count(self):
        return self.page.paginator.count

    @cached_property
    def drafts(self):
        """What the reader's organisations have begun."""
        rows = TestRequest.objects.filter(organisation__in=self.user.memberships.values("organisation")).unsent()
        return list(rows.select_related("organisation", "created_by").order_by("-updated_at")[:MOST_DRAFTS])

    @cached_property
    def boards(self):
        """Labs the reader answers for: each has its board."""
        return sorted_by_name(LivingLab.objects.run_by(self.user).order_by("pk").prefetch_related("texts")[:50])

    @property
    def create_url(self):
        return reverse("testrequests:create") if self.user.organisation_roles else ""

    # ---- what is chosen

    @property
    def _pairs(self):
        pairs = [("state", state) for state in self.states]
        given = (("q", self.words), ("side", self.side), ("lab", self.lab.slug if self.lab else ""))
        pairs += [(name, value) for name, value in given if value]
        return pairs + [(name, "1") for name, is_on in (("waiting", self.is_waiting), ("overdue", self.is_overdue)) if is_on]

    @property
    def chips(self):
        fields = {
            "q": (_("Words"), self.words),
            "side": (_("Side"), Side(self.side).label if self.side else ""),
            "lab": (_("Living lab"), str(self.lab)),
            "waiting": (_("Only"), _("It is my turn")),
            "overdue": (_("Only"), _("Overdue")),
        }
        return [
            {"field": field, "label": label, "url": "?" + urlencode([other for other in self._pairs if other != (name, value)])}
            for name, value in self._pairs
            for field, label in [(_("State"), State(value).label) if name == "state" else fields[name]]
        ]

    @property
    def is_narrowed(self):
        return bool(self._pairs)
