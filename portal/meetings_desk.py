"""What of meetings waits for a member: action points that are due, minutes to approve, proposals to answer."""

from datetime import timedelta

from django.db.models import Case, Count, OuterRef, Q, SmallIntegerField, Subquery, Value, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from events.enums import ItemState, MinutesState, State
from events.models import ActionPoint, Event, EventText
from organisations.enums import WRITERS
from workinggroups.enums import CHAIRS

AHEAD = timedelta(days=14)
MOST = 10


def waiting_meetings(user):
    """[(icon, title, address, words, label of the button, its address)]; a constant number of queries."""
    return [*_action_points(user), *_to_lead(user)]


def due_points(user, today):
    """The member's own action points that are overdue or due within two weeks."""
    return ActionPoint.objects.visible_to(user).open().in_use().filter(owner=user, due_on__lte=today + AHEAD)


def _action_points(user):
    today = localdate()
    for point in due_points(user, today).annotate(meeting=_title(OuterRef("event"))).most_urgent_first()[:MOST]:
        due = _("Overdue since %(day)s") if point.is_overdue(today) else _("Due on %(day)s")
        words = f"{due % {'day': date_format(point.due_on)}} · {point.meeting}"
        url = point.get_absolute_url()
        yield "clock", point.text, url, words, pgettext("desk", "Look"), url


def to_lead(user):
    """Meetings of whom the member writes for: drafts that somebody approves, proposals that somebody answers."""
    own = Q(group__in=user.group_memberships.filter(role__in=CHAIRS).values("group"))
    own |= Q(organisation__in=user.memberships.filter(role__in=WRITERS).values("organisation"))
    drafts = Count("minutes", filter=Q(minutes__state=MinutesState.DRAFT, minutes__revision__gt=0), distinct=True)
    proposals = Count("agenda", filter=Q(agenda__state=ItemState.PROPOSED), distinct=True)
    rows = Event.objects.filter(own, state=State.PUBLISHED).filter(Q(group=None) | Q(group__state="published"))
    return rows.annotate(drafts=drafts, proposals=proposals).filter(Q(drafts__gt=0) | Q(proposals__gt=0, minutes=None))


def _to_lead(user):
    for event in to_lead(user).annotate(meeting=_title(OuterRef("pk"))).order_by("-starts_at", "-pk")[:MOST]:
        if event.drafts:
            url, words = reverse("events:minutes", args=[event.slug]), _("The minutes are a draft. Read them, and approve them.")
        else:
            url, words = reverse("events:agenda", args=[event.slug]), _("Somebody proposes an item for the agenda.")
        yield "calendar", event.meeting, url, words, pgettext("desk", "Look"), url


def _title(event):
    """The title of an event in the reader's language, else the original, without a question of its own."""
    own = Case(When(language=get_language(), then=Value(1)), default=Value(0), output_field=SmallIntegerField())
    texts = EventText.objects.filter(event=event).annotate(is_own=own).order_by("-is_own", "-is_original")
    return Subquery(texts.values("title")[:1])
