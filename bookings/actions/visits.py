"""Visits: a delegation asks, the lab answers. Each verb locks the offer and then the visit; a confirmed visit holds a unit.

asked ──confirm──▶ confirmed ──cancel──▶ cancelled        propose: asked, proposed, confirmed → proposed
  │ ▲                  ▲                                  change_date: asked, proposed → asked
  │ └─change_date──┐   │ accept                           withdraw: asked, proposed → withdrawn
  └──propose──▶ proposed                                  decline: asked, proposed → declined
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.actions.holding import hold, refuse_closed, refuse_full, release
from bookings.enums import OPEN, BookingKind, VisitState
from bookings.models import Visit
from bookings.periods import as_moments, check
from bookings.prices import price_words
from bookings.telling import tell
from common.errors import WrongState, changed_meanwhile
from common.rows import clean_row
from common.text import clean_text
from livinglabs.actions.locking import locked_offer
from livinglabs.enums import OfferKind
from livinglabs.models import MOST_PEOPLE
from records.actions import add_attachment, audit

LONGEST_VISIT = timedelta(days=14)
#: The same delegation asking for the same time once more within this is the first asking again.
AGAIN = timedelta(minutes=10)
#: From which states each verb leads on.
SOURCES = {
    "confirm": (VisitState.ASKED,),
    "decline": OPEN,
    "propose": (VisitState.ASKED, VisitState.PROPOSED, VisitState.CONFIRMED),
    "accept": (VisitState.PROPOSED,),
    "change_date": OPEN,
    "withdraw": OPEN,
    "cancel": (VisitState.CONFIRMED,),
}


def ask_for_visit(offer, *, by, start, end, organisation=None, is_demo=False, now=None, **words):
    """A delegation asks for a date. `words`: delegation, people, language, purpose. Returns the visit.

    Raises `ValidationError` by field, `WrongState` where the offer takes nobody, or is full: then with the next date that is free.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_offer(offer)
        refuse_closed(locked)
        if locked.kind != OfferKind.VISIT:
            raise WrongState(_("This offer is not a visit."), code="wrong_kind")
        start, end = as_moments(start, end, locked.lab.zone)
        if again := Visit.objects.open().filter(offer=locked, asked_by=by, starts_at=start, created_at__gte=now - AGAIN).first():
            return again
        visit = Visit(
            offer=locked, asked_by=by, organisation=organisation, starts_at=start, ends_at=end, is_demo=is_demo, created_at=now,
            changed_at=now, **words,
        )  # fmt: skip
        _refuse_nonsense(visit, now)
        clean_row(visit)
        refuse_full(locked, start, end)
        visit.save()
        audit("ask_for_visit", visit, by=by)
        tell("asked", visit, by=by)
    return visit


def _refuse_nonsense(visit, now):
    offer = visit.offer
    check(visit.starts_at, visit.ends_at, now=now)
    errors = {}
    first = (now.astimezone(offer.lab.zone) + timedelta(days=offer.lead_days)).date()
    if visit.starts_at <= now:
        errors["start"] = _("This time is over.")
    elif visit.starts.date() < first:
        errors["start"] = _("Ask at least %(days)d days before.") % {"days": offer.lead_days}
    if visit.ends_at - visit.starts_at > LONGEST_VISIT:
        errors["end"] = _("A visit lasts two weeks at most.")
    most = offer.most_people or MOST_PEOPLE
    if not 1 <= (visit.people or 0) <= most:
        errors["people"] = _("Write a number from 1 to %(most)d.") % {"most": most}
    if visit.organisation and not offer.takes(visit.organisation):
        errors["organisation"] = _("This offer is not for organisations of this kind.")
    if errors:
        raise ValidationError(errors)


def confirm(visit, *, by, practical="", price=None, seen=None, now=None):
    """Asked → confirmed, by the lab: a unit is held. `practical` says where to meet; `price` what it costs, else what the offer says now.

    `seen` is when the visit had changed last as it was read: whoever answers something else than what stands there now is told.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = _locked("confirm", visit, seen)
        row.practical = practical
        row.price = row.price or price_words(row.offer) if price is None else price
        _book(row, by=by, now=now)
        _move(row, VisitState.CONFIRMED, "confirm_visit", by=by, now=now, decided_by=by)
        tell("confirmed", row, by=by, note=row.practical)
    return _as_now(visit)


def decline(visit, *, by, reason, now=None):
    """Asked or proposed → declined, by the lab, with a reason that the guests read."""
    return _end("decline", visit, VisitState.DECLINED, by=by, reason=reason, now=now, decided_by=by)


def propose(visit, *, by, start, end, reason="", seen=None, now=None):
    """The lab proposes another date; the guests accept it or ask for yet another one. What was confirmed is given back."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _locked("propose", visit, seen)
        _give_back(row, by=by, now=now)
        _set_date(row, start, end, now)
        _move(row, VisitState.PROPOSED, "propose_date", by=by, now=now, answer=reason, decided_by=by)
        tell("proposed", row, by=by, note=row.answer)
    return _as_now(visit)


def accept(visit, *, by, seen=None, now=None):
    """Proposed → confirmed, by the guests: a unit is held, if it is still free."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _locked("accept", visit, seen)
        row.price = row.price or price_words(row.offer)
        _book(row, by=by, now=now)
        _move(row, VisitState.CONFIRMED, "accept_date", by=by, now=now)
        tell("accepted", row, by=by)
        tell("confirmed", row, by=None)
    return _as_now(visit)


def change_date(visit, *, by, start, end, seen=None, now=None):
    """Asked or proposed → asked: the guests ask for another date."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _locked("change_date", visit, seen)
        refuse_closed(row.offer)
        _set_date(row, start, end, now)
        _move(row, VisitState.ASKED, "change_date", by=by, now=now, answer="")
        tell("changed", row, by=by)
    return _as_now(visit)


def withdraw(visit, *, by, now=None):
    """Asked or proposed → withdrawn, by the guests."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _locked("withdraw", visit)
        _move(row, VisitState.WITHDRAWN, "withdraw", by=by, now=now)
        tell("withdrawn", row, by=by)
    return _as_now(visit)


def cancel(visit, *, by, reason, now=None):
    """Confirmed → cancelled, by either side, before it begins: the unit is free again, and calendars say that it is cancelled."""
    return _end("cancel", visit, VisitState.CANCELLED, by=by, reason=reason, now=now)


def _end(verb, visit, state, *, by, reason, now, **fields):
    now, reason = now or timezone.now(), clean_text(reason)
    if not reason:
        raise WrongState(_("Say why: the other side reads it."), code="reason_missing")
    with transaction.atomic():
        row = _locked(verb, visit)
        if verb == "cancel" and row.starts_at <= now:
            raise WrongState(_("This visit has begun already."), code="over")
        _give_back(row, by=by, now=now)
        _move(row, state, "decline_visit" if verb == "decline" else verb, by=by, now=now, answer=reason, **fields)
        tell("declined" if verb == "decline" else "cancelled", row, by=by, note=reason)
    return _as_now(visit)


def thank(visit, *, by, text, files=(), now=None):
    """The lab thanks those who came, once the visit is over, with material: `files` are (file, title). Told once; more files may follow."""
    now, text = now or timezone.now(), clean_text(text)
    if not text:
        raise ValidationError({"text": _("Write a few words to those who came.")}, code="required")
    with transaction.atomic():
        row = _row(visit)
        if row.state != VisitState.CONFIRMED or row.ends_at > now:
            raise WrongState(_("Thank those who came once the visit is over."), code="wrong_state")
        if row.thanked_at:
            raise WrongState(_("They were thanked already."), code="wrong_state")
        for file, title in files:
            add_attachment(row, file, by=by, title=title, undescribed=True)
        row.thanks, row.thanked_at = text, now
        clean_row(row)
        row.save(update_fields=["thanks", "thanked_at"])
        audit("thank", row, by=by)
        tell("thanked", row, by=by, note=text)
    return _as_now(visit)


# ---- what the verbs share


def _row(visit):
    """Offer first, then the visit: in the same order as everything that holds units."""
    offer = locked_offer(visit.offer)
    row = Visit.objects.select_for_update(of=("self",)).select_related("organisation", "booking").get(pk=visit.pk)
    row.offer = offer
    return row


def _locked(verb, visit, seen=None):
    row = _row(visit)
    if row.state not in SOURCES[verb]:
        words = _("This visit is now “%(state)s”: look at it once more.")
        raise WrongState(words % {"state": row.get_state_display()}, code="wrong_state")
    if seen is not None and seen != row.changed_at:
        raise changed_meanwhile()
    return row


def _set_date(row, start, end, now):
    row.starts_at, row.ends_at = as_moments(start, end, row.offer.lab.zone)
    row.reminded_at = None
    _refuse_nonsense(row, now)
    refuse_full(row.offer, row.starts_at, row.ends_at)


def _book(row, *, by, now):
    if row.starts_at <= now:
        raise WrongState(_("This time is over: propose another date."), code="over")
    purpose = {"start": row.starts_at, "end": row.ends_at, "title": row.delegation, "purpose": row.purpose}
    row.booking = hold(row.offer, kind=BookingKind.VISIT, by=by, is_demo=row.is_demo, now=now, **purpose)


def _give_back(row, *, by, now):
    """A booking that is given back keeps its place in calendars, as cancelled."""
    if row.booking and row.booking.is_held:
        release(row.booking, by=by, reason="", now=now)


def _move(row, state, verb, *, by, now, **fields):
    row.state, row.changed_at, row.sequence = state, now, row.sequence + 1
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    row.save()
    audit(verb, row, by=by, note=fields.get("answer", ""))


def _as_now(visit):
    visit.refresh_from_db()
    return visit
