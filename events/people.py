"""Who belongs to a meeting: those registered, the seats of its group with their deputies, its chairs."""

from django.db.models import Q

from events.enums import Presence
from members.models import User
from organisations.models import Membership
from workinggroups.enums import CHAIRS

#: A list longer than this is written by hand: minutes are of meetings, not of conferences.
MOST = 300


def known_people(event, wanted):
    """Those of the members `wanted` that belong to the host or to those who came, with the ones earlier minutes name."""
    belongs = Q(registrations__event=event) | Q(pk__in=event.minutes.values("attendees__user"))
    if event.group_id:
        belongs |= Q(group_memberships__group=event.group_id)
    if event.organisation_id:
        belongs |= Q(memberships__organisation=event.organisation_id)
    if event.created_by_id:
        belongs |= Q(pk=event.created_by_id)
    return set(User.objects.filter(belongs, pk__in=wanted).values_list("pk", flat=True))


def people_at(event):
    """Rows of participants as minutes begin with them: whoever came, and seats nobody came for."""
    registered = list(event.registrations.registered().select_related("user").order_by("number")[:MOST])
    rows, seats = {}, _seats(event)
    for one in registered:
        presence = Presence.ABSENT if one.attended is False else Presence.PRESENT
        rows[one.user_id] = _row(one.user, presence)
    for seat in seats:
        holder, deputy = (membership.user if membership else None for membership in (seat.holder, seat.deputy))
        if deputy and deputy.pk in rows and (holder is None or holder.pk not in rows):
            rows[deputy.pk]["is_deputy"] = True
        if holder and holder.pk not in rows:
            rows[holder.pk] = _row(holder, Presence.ABSENT)
    for user in _others(event, rows):
        rows.setdefault(user.pk, _row(user, Presence.PRESENT if not event.takes_registrations else Presence.ABSENT))
    _name_organisations(rows, seats, event)
    return list(rows.values())[:MOST]


def _seats(event):
    if not event.group_id:
        return []
    return list(event.group.seats.select_related("organisation", "holder__user", "deputy__user").order_by("organisation__name", "pk"))


def _others(event, rows):
    """The chairs of the group; where nobody registers, everybody who belongs to a small one."""
    if not event.group_id:
        return []
    members = event.group.memberships.select_related("user").in_order()
    if event.takes_registrations:
        members = members.filter(role__in=CHAIRS)
    return [one.user for one in members[:100] if one.user_id not in rows]


def _row(user, presence):
    return {"key": "", "user": user.pk, "name": user.shown_name, "organisation": None, "organisation_name": "", "is_deputy": False,
            "presence": presence.value}  # fmt: skip


def _name_organisations(rows, seats, event):
    """For whom each comes: the seat, else the organisation told to the group, else the main one."""
    chosen = {}
    memberships = Membership.objects.filter(user__in=rows, organisation__verified_at__isnull=False).select_related("organisation")
    for one in memberships.order_by("-is_main", "organisation__name", "pk"):
        chosen.setdefault(one.user_id, one.organisation)
    if event.group_id:
        for one in event.group.memberships.filter(user__in=rows, organisation__verified_at__isnull=False).select_related("organisation"):
            chosen[one.user_id] = one.organisation
    for seat in seats:
        for membership in (seat.deputy, seat.holder):
            if membership:
                chosen[membership.user_id] = seat.organisation
    for user, row in rows.items():
        if user in chosen:
            row["organisation"], row["organisation_name"] = chosen[user].pk, chosen[user].name


def organisations_at(event, content):
    """[(primary key, name)] that decisions may be of: those with a seat, those present, the host."""
    named = {row["organisation"]: row["organisation_name"] for row in content["people"] if row["organisation"]}
    named |= {seat.organisation_id: seat.organisation.name for seat in _seats(event)}
    if event.organisation:
        named[event.organisation_id] = event.organisation.name
    return sorted(named.items(), key=lambda pair: pair[1].casefold())


def owners_at(event, content):
    """[(primary key, name)] who may take an action point on: whoever stands in the minutes, and members of the group."""
    named = {row["user"]: row["name"] for row in content["people"] if row["user"]}
    if event.group_id:
        members = event.group.memberships.acting().select_related("user").in_order()[:MOST]
        named |= {one.user_id: one.user.shown_name for one in members}
    elif event.organisation_id:
        members = Membership.objects.acting().filter(organisation=event.organisation_id).select_related("user").order_by("pk")[:MOST]
        named |= {one.user_id: one.user.shown_name for one in members}
    return sorted(((pk, name) for pk, name in named.items() if name), key=lambda pair: pair[1].casefold())
