"""What can be done with notifications: tell, follow, choose, read. Written in the transaction of whoever calls."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.translation import get_language, override

from common.queue import wake
from common.text import clean_text
from notifications import ledger, quiet
from notifications.choices import EVERYTHING, PRESETS, by_itself
from notifications.enums import PRIORITY, Channel, DeliveryState, MailList
from notifications.kinds import KINDS, REASONS, together
from notifications.models import Choice, Delivery, Follow, OutboxEntry, QuietHours

NOTE_LENGTH = 4_000
MISTAKE = timedelta(days=1)


def notify(kind, target, *, by, to=(), followers_of=(), not_to=(), context=None, url="", note="", now=None):
    """Keep in the outbox that `kind` happened to `target`, and wake who tells it. Call inside the verb's transaction.

    `to`: (member or primary key, reason code); `followers_of`: nouns whose followers hear of it. The actor is never told, nobody
    twice; the first reason counts. `not_to`: members who would hear of it, but are told otherwise. `context` fills the kind's
    sentence, `title` being the target's own unless given; a value may be a mapping of languages. `url` has no language in front;
    without it the target's address is meant.
    """
    if kind not in KINDS:
        raise ValueError(f"No kind {kind} is registered")
    context = {"title": said_in_languages(target), **_plain(context or {})}
    actor = getattr(by, "pk", None)
    entry = OutboxEntry.objects.create(
        kind=kind, target=target, by_id=actor, at=now or timezone.now(), context=context, note=clean_text(note)[:NOTE_LENGTH],
        url=url or address_of(target), receivers=_receivers(to, actor, not_to), followed=_followed(followers_of),
        together=together(KINDS[kind], target),
    )  # fmt: skip
    wake("notifications.fan_out", entry.pk)
    return entry


def _receivers(to, actor, not_to):
    """Each person once, with the first reason; never the actor. Whoever is not to be told stands there with the reason ""."""
    reasons = {getattr(person, "pk", person): "" for person in not_to}
    for person, reason in to:
        if reason not in REASONS:
            raise ValueError(f"No reason {reason} is registered")
        pk = getattr(person, "pk", person)
        if pk and pk != actor:
            reasons.setdefault(pk, reason)
    return [[pk, reason] for pk, reason in reasons.items()]


def _followed(nouns):
    return [[ContentType.objects.get_for_model(noun).pk, noun.pk, said_in_languages(noun)] for noun in nouns if noun is not None]


def said_in_languages(noun):
    """What a noun is called: one text, or a mapping where its name differs by language."""
    names = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names[code] = str(noun)
    return names if len(set(names.values())) > 1 else next(iter(names.values()))


def address_of(noun):
    """A noun's address without the language in front; "" for one that has no page."""
    if not hasattr(noun, "get_absolute_url"):
        return ""
    path, code = noun.get_absolute_url(), get_language() or settings.LANGUAGE_CODE
    return path.removeprefix(f"/{code}") if path.startswith(f"/{code}/") else path


def _plain(value):
    """Texts still waiting for their language are said in each of them."""
    if isinstance(value, Promise):
        return said_in_languages(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value


def queue_mail(list, template, *, address, language, context, period, user=None, reason="", stop=None, now=None):
    """Keep a mail in the ledger and wake the sender: one row and one wake-up, whoever it goes to.

    `template` is a name below templates/emails/. A second call for the same reader, list and period changes nothing and returns
    the row of the first. `reason` is a code of `REASONS`; `stop` names what its stop address stops.
    """
    now = now or timezone.now()
    reader = reader_of(user, address)
    row = {
        "user": user, "address": address, "language": language or settings.LANGUAGE_CODE, "template": template,
        "context": _texts(context, language), "reason": reason, "stop": stop or "", "priority": PRIORITY[list],
        "planned_at": now, "next_attempt_at": now,
    }  # fmt: skip
    with transaction.atomic():
        delivery, is_new = Delivery.objects.get_or_create(reader=reader, list=list, period=period, defaults=row)
        if is_new:
            wake("notifications.send", delivery.pk)
    return delivery


def _texts(value, language):
    if isinstance(value, Promise):
        with override(language):
            return force_str(value)
    if isinstance(value, dict):
        return {key: _texts(inner, language) for key, inner in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [_texts(inner, language) for inner in value]
    return value


def reader_of(user, address=""):
    """Who a delivery is for: the member, else the address as a hash, so that it can be erased and still counts once."""
    if user is not None:
        return f"member:{user.pk}"
    return "address:" + hashlib.sha256(address.strip().lower().encode()).hexdigest()[:48]


def follow(user, noun):
    """`user` hears of `noun` from now on; once is enough."""
    kind = ContentType.objects.get_for_model(noun)
    return Follow.objects.get_or_create(user=user, target_type=kind, target_id=noun.pk)[0]


def unfollow(user, noun):
    """`user` hears of `noun` no longer. Returns whether that was a change."""
    kind = ContentType.objects.get_for_model(noun)
    return bool(Follow.objects.filter(user=user, target_type=kind, target_id=noun.pk).delete()[0])


def move_follows(old, new):
    """Whoever follows `old` follows `new` instead: for nouns that are merged."""
    kind = ContentType.objects.get_for_model(new)
    rows = Follow.objects.filter(target_type=ContentType.objects.get_for_model(old), target_id=old.pk)
    already = Follow.objects.filter(target_type=kind, target_id=new.pk).values("user")
    rows.filter(user__in=already).delete()
    return rows.update(target_type=kind, target_id=new.pk)


def mark_read(user, notifications, *, now=None):
    """The member has read these of his or her notifications. Returns how many that were."""
    return notifications.filter(user=user, read_at=None).update(read_at=now or timezone.now())


def choose(user, kind, channel, is_on):
    """Keep what `user` wants of one kind in one way; what the portal does by itself needs no row."""
    choose_all(user, {(kind, channel): is_on})


def choose_all(user, wanted):
    """Keep `{(kind, channel): is it wanted}` at once. Whoever chooses at the same time in another window comes after."""
    with transaction.atomic():
        _one_at_a_time(user)
        rows = Choice.objects.filter(user=user)
        usual = [pair for pair, is_on in wanted.items() if is_on == by_itself(*pair)]
        for channel in Channel:
            rows.filter(channel=channel, kind__in=[kind for kind, one in usual if one == channel]).delete()
        Choice.objects.bulk_create(
            [Choice(user=user, kind=kind, channel=channel, is_on=wanted[kind, channel], chosen_at=timezone.now())
             for kind, channel in wanted if (kind, channel) not in usual],
            update_conflicts=True, unique_fields=["user", "kind", "channel"], update_fields=["is_on", "chosen_at"],
        )  # fmt: skip


def take_preset(user, name):
    """Choose for all kinds at once, as one of `PRESETS` says."""
    with transaction.atomic():
        _one_at_a_time(user)
        Choice.objects.filter(user=user).delete()
        choose_all(user, PRESETS[name].wanted())


def set_quiet_hours(user, *, starts, ends, weekend, now=None):
    """From when to when `user` wants no mail at once; without either, always. What waits already follows the new hours."""
    now = now or timezone.now()
    with transaction.atomic():
        _one_at_a_time(user)
        QuietHours.objects.filter(user=user).delete()
        hours = QuietHours(user=user, starts=starts, ends=ends, weekend=weekend, chosen_at=now)
        if starts is not None or weekend:
            hours.save(force_insert=True)
        due = quiet.loud_from(hours, user.time_zone, now)
        waiting = Delivery.objects.filter(user=user, list=MailList.AT_ONCE, state=DeliveryState.PENDING, attempts=0)
        if waiting.exclude(next_attempt_at=due).update(next_attempt_at=due):
            wake("notifications.send", user.pk)


def _one_at_a_time(user):
    get_user_model().objects.select_for_update(no_key=True).filter(pk=user.pk).values("pk").first()


def stop(user_id, kind):
    """No more mail at once of this kind, or of any with `EVERYTHING`. Waiting mails are suppressed when their turn comes.

    Kept as a row even where it is the default, so that nothing else starts these mails again. Twice does no harm, and what was off
    already stays off since then; a member who is gone needs none.
    """
    if get_user_model().objects.filter(pk=user_id).exists():
        row, _is_new = Choice.objects.get_or_create(user_id=user_id, kind=kind, channel=Channel.MAIL, defaults={"is_on": False})
        if row.is_on:
            row.is_on = False
            row.save(update_fields=["is_on", "chosen_at"])


def is_stopped(user_id, kind):
    """Whether the member wants no mail at once of this kind, or of any with `EVERYTHING`."""
    return Choice.objects.filter(user=user_id, kind=kind, channel=Channel.MAIL, is_on=False).exists()


def take_back_stop(user_id, kind, *, now=None):
    """What was stopped by mistake comes again. A day later it is begun again in the settings only: a mail may lie about for years."""
    stopped = Choice.objects.filter(user=user_id, kind=kind, channel=Channel.MAIL, is_on=False)
    stopped = stopped.filter(chosen_at__gte=(now or timezone.now()) - MISTAKE)
    return stopped.delete()[0] if kind == EVERYTHING else stopped.update(is_on=True)  # all mails at once are on by themselves


def send_again(delivery, *, by, now=None):
    """Failed → pending, by hand, and wake the sender. False where it is failed no longer or its links are erased."""
    with transaction.atomic():
        is_again = ledger.send_again(delivery, by=by, now=now or timezone.now())
        if is_again:
            wake("notifications.send", delivery.pk)
    return is_again
