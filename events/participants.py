"""Who comes to an event, as its hosts see it."""

from functools import cached_property

from django.core.paginator import Paginator
from django.utils import timezone

from events.enums import RegistrationState
from organisations.models import Membership

A_PAGE = 100


class Participants:
    """The list of one event; names and organisations are those that members show, addresses are not."""

    def __init__(self, event, number=1):
        self.event, self.number = event, number

    @cached_property
    def page_obj(self):
        return Paginator(self.event.registrations.in_line().select_related("user"), A_PAGE).get_page(self.number)

    @cached_property
    def rows(self):
        """[(registration, name, organisation)] of this page."""
        return with_organisations(self.page_obj)

    @cached_property
    def numbers(self):
        """(registered, waiting, were there)."""
        rows = list(self.event.registrations.standing().values_list("state", "attended"))
        registered = [attended for state, attended in rows if state == RegistrationState.REGISTERED]
        return len(registered), len(rows) - len(registered), sum(bool(one) for one in registered)

    @property
    def has_begun(self):
        return self.event.starts_at <= timezone.now()

    @property
    def is_whole(self):
        """Attendance is noted for all at once: only where all stand on one page."""
        return self.page_obj.paginator.num_pages == 1


def with_organisations(registrations):
    """[(registration, name, name of the organisation)]: the main one, else the first."""
    registrations = list(registrations)
    rows = Membership.objects.filter(user__in=[row.user_id for row in registrations], organisation__verified_at__isnull=False)
    of_user = {}
    for user, name in rows.order_by("-is_main", "organisation__name", "pk").values_list("user", "organisation__name"):
        of_user.setdefault(user, name)
    return [(row, _name(row.user), of_user.get(row.user_id, "")) for row in registrations]


def _name(user):
    """Never the address: a member without a name is one without a name."""
    return user.get_full_name() if user.name or user.is_former else ""
