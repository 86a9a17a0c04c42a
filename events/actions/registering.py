"""Taking part: register, cancel, wait and move up. Each of them holds the event's row, so that seats are given in the order of coming."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.text import clean_text
from events.enums import RegistrationState, State, Way
from events.models import ANSWER_LIMIT, Event, Registration
from events.telling import tell_moved_up, tell_registered
from records.actions import audit

SEATED, WAITING, GONE = RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.CANCELLED


def register(event, *, by, way="", answers=None, now=None):
    """`by` takes part, or waits for a seat when all are given away. Returns the registration.

    `answers`: `{primary key of the question: text}`. Whoever has cancelled and comes again stands at the end of the line. Raises
    `WrongState` when it is too late, and `ValidationError` by field.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        _refuse_closed(locked, now)
        row = locked.registrations.filter(user=by).first() or Registration(event=locked, user=by)
        if row.pk and row.state != GONE:
            raise WrongState(_("You are registered already."), code="wrong_state")
        way = _checked_way(locked, way)
        row.way, row.takes_seat = way, not (locked.is_hybrid and way == Way.ONLINE)
        row.answers = _checked_answers(locked, answers or {})
        row.state = SEATED if has_room(locked, row) else WAITING
        row.number = (locked.registrations.aggregate(last=Max("number"))["last"] or 0) + 1
        row.registered_at = row.changed_at = now
        row.reminded_at = row.attended = None
        row.save()
        audit("register", row, by=by)
        tell_registered(locked, row)
    return row


def has_room(event, row):
    """Whether there is a seat for somebody who comes now; nobody passes those who wait."""
    if event.capacity is None or not row.takes_seat:
        return True
    return not event.registrations.waiting().exists() and event.registrations.seated().count() < event.capacity


def _refuse_closed(event, now):
    if event.state != State.PUBLISHED:
        raise WrongState(_("This event is not open for registration."), code="wrong_state")
    if not event.takes_registrations:
        raise WrongState(_("Nobody needs to register for this event."), code="wrong_state")
    if event.ends_at <= now:
        raise WrongState(_("This event is over."), code="wrong_state")
    if event.register_until and event.register_until < now:
        raise WrongState(_("Registration is closed."), code="wrong_state")


def _checked_way(event, way):
    if not event.is_hybrid:
        return ""
    if way not in Way.values:
        raise ValidationError({"way": _("Say how you take part.")}, code="required")
    return way


def _checked_answers(event, answers):
    kept, errors = [], {}
    for question in event.questions.all():
        answer = clean_text(answers.get(question.pk, ""))
        if question.is_required and not answer:
            errors[f"answer_{question.pk}"] = _("Please answer this question.")
        if len(answer) > ANSWER_LIMIT:
            errors[f"answer_{question.pk}"] = _("Keep this below %(limit)d characters.") % {"limit": ANSWER_LIMIT}
        kept.append({"question": question.text, "answer": answer})
    if errors:
        raise ValidationError(errors)
    return [one for one in kept if one["answer"]]


def cancel_registration(registration, *, by, now=None):
    """Whoever is registered or waits takes part no longer; the first of those who wait moves up. Raises `WrongState`."""
    now = now or timezone.now()
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",)).get(pk=registration.event_id)
        row = event.registrations.get(pk=registration.pk)
        if row.state == GONE:
            raise WrongState(_("This registration is cancelled already."), code="wrong_state")
        if event.ends_at <= now:
            raise WrongState(_("This event is over."), code="wrong_state")
        row.state, row.changed_at = GONE, now
        row.save(update_fields=["state", "changed_at"])
        audit("unregister", row, by=by)
        fill(event, by=by, now=now)
    registration.state = row.state
    return row


def fill(event, *, by=None, now):
    """Give free seats to those who wait, in their order, and tell them. Call with the event's row held. Returns who moved up.

    Whoever is suspended or deactivated keeps the place in the line and is passed.
    """
    if event.state != State.PUBLISHED or event.ends_at <= now:
        return []
    waiting = event.registrations.waiting().filter(user__is_active=True, user__suspended_at=None)
    if event.capacity is not None:
        free = event.capacity - event.registrations.seated().count()
        waiting = waiting[: max(0, free)]
    moved = list(waiting)
    if moved:
        event.registrations.filter(pk__in=[row.pk for row in moved]).update(state=SEATED, changed_at=now)
        tell_moved_up(event, moved)
    return moved


def fill_all(*, now=None):
    """Seats that became free in another way, such as by an account that was erased. Returns how many people moved up."""
    now = now or timezone.now()
    taken = Count("registrations", filter=Q(registrations__state=SEATED, registrations__takes_seat=True), distinct=True)
    waiting = Count("registrations", filter=Q(registrations__state=WAITING), distinct=True)
    counted = Event.objects.taking_place().filter(ends_at__gt=now).annotate(taken=taken, waiting=waiting).filter(waiting__gt=0)
    events = counted.filter(Q(capacity=None) | Q(taken__lt=F("capacity"))).order_by("pk").values_list("pk", flat=True)
    moved = 0
    for pk in list(events):
        with transaction.atomic():
            moved += len(fill(Event.objects.select_for_update(of=("self",)).get(pk=pk), now=now))
    return moved


def note_attendance(event, present, *, by, now=None):
    """Of those registered, those whose primary keys are in `present` were there and the others were not. Raises `WrongState`."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        if locked.starts_at > now:
            raise WrongState(_("Nobody can have been there before it begins."), code="wrong_state")
        rows = locked.registrations.registered()
        rows.filter(pk__in=present).update(attended=True)
        rows.exclude(pk__in=present).update(attended=False)
        audit("note_attendance", locked, by=by)
