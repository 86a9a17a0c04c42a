"""From an entry of the outbox to the people it concerns: a notification, a planned mail, or neither."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from common.queue import wake
from notifications.access import may_see
from notifications.choices import chosen_by, wants
from notifications.enums import PRIORITY, Channel, MailList
from notifications.kinds import UNREAD, governing, kind_of
from notifications.models import Delivery, Follow, Notification, OutboxEntry
from notifications.quiet import loud_for

A_CHUNK = 500
AGAIN = timedelta(minutes=5)
TEMPLATE = "notice"


def tell(pk, *, now):
    """Tell everybody an entry concerns, once. Returns the numbers of notifications and of mails; None where it is done or being done."""
    with transaction.atomic():
        entry = OutboxEntry.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, fanned_out_at=None).first()
        if entry is None:
            return None
        reasons = _reasons(entry)
        people = list(reasons)
        told = [_tell(entry, {pk: reasons[pk] for pk in people[at : at + A_CHUNK]}, now) for at in range(0, len(people), A_CHUNK)]
        entry.fanned_out_at = now
        entry.save(update_fields=["fanned_out_at"])
        if any(mails for _notifications, mails in told):
            wake("notifications.send", entry.pk)
    return sum(notifications for notifications, _mails in told), sum(mails for _notifications, mails in told)


def put_off(pk, *, now):
    """An entry that could not be told comes again later, after the others."""
    entry = OutboxEntry.objects.get(pk=pk)
    OutboxEntry.objects.filter(pk=pk, fanned_out_at=None).update(
        attempts=entry.attempts + 1, next_attempt_at=now + AGAIN * 2 ** min(entry.attempts, 8)
    )


def _reasons(entry):
    """`{member: (reason, what is followed)}`: who is named first, then followers in the order of what they follow."""
    reasons = {pk: (reason, {}) for pk, reason in entry.receivers}
    order = {(type_id, pk): place for place, (type_id, pk, _name) in enumerate(entry.followed)}
    follows = Follow.objects.of_nouns(order).exclude(user=entry.by_id).values_list("user_id", "target_type_id", "target_id")
    for user, type_id, pk in sorted(follows, key=lambda row: order[row[1:]]) if order else ():
        name = entry.followed[order[type_id, pk]][2]
        reasons.setdefault(user, ("follow", {"followed": name}))
    return {pk: found for pk, found in reasons.items() if found[0]}  # without a reason: told otherwise


def _tell(entry, reasons, now):
    """One chunk of people: five questions and two statements, however many they are (more only where a noun is not public)."""
    active = get_user_model().objects.filter(pk__in=reasons, is_active=True, suspended_at=None)
    users = {user.pk: user for user in active}
    seen = may_see([(user, entry.target_type_id, entry.target_id) for user in users.values()])
    users = {pk: user for pk, user in users.items() if (pk, entry.target_type_id, entry.target_id) in seen}
    chosen = chosen_by(users)

    def wanting(channel):
        return [pk for pk in users if wants(pk, entry.kind, channel, chosen, reasons[pk][0])]

    shown, mailed = wanting(Channel.PORTAL), wanting(Channel.MAIL)
    told = [_notice(entry, pk, reasons[pk]) for pk in shown]
    told += [_notice(entry, pk, reasons[pk], is_shown=False) for pk in _for_digest_only(entry, wanting(Channel.DIGEST), shown, reasons)]
    quiet = loud_for([users[pk] for pk in mailed], now)
    Notification.objects.bulk_create(told, ignore_conflicts=True)
    Delivery.objects.bulk_create([_mail(entry, pk, *reasons[pk], now, quiet.get(pk, now)) for pk in mailed], ignore_conflicts=True)
    return len(shown), len(mailed)


def _for_digest_only(entry, wanting, shown, reasons):
    """Whoever wants it in the digest and not in the portal; only where the digest tells what stands under the bell."""
    carries = kind_of(entry.kind).digest == UNREAD
    return [pk for pk in wanting if pk not in shown and reasons[pk][0] != "follow"] if carries else []


def _notice(entry, pk, why, *, is_shown=True):
    reason, followed = why
    return Notification(user_id=pk, entry=entry, reason=reason, followed=followed, is_shown=is_shown)


def _mail(entry, pk, reason, followed, now, due):
    return Delivery(
        reader=f"member:{pk}",
        list=MailList.AT_ONCE,
        period=f"entry:{entry.pk}",
        user_id=pk,
        template=TEMPLATE,
        entry=entry,
        context=followed,
        reason=reason,
        stop=governing(entry.kind, reason),
        priority=PRIORITY[MailList.AT_ONCE],
        planned_at=now,
        next_attempt_at=due,
    )
