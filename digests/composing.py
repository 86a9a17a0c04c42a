"""From claimed deliveries to digests: a constant number of queries for a chunk, whatever it holds."""

import time

from django.db.models import Max, Min

from digests.choosing import Shared, choose, news_count
from digests.enums import Frequency
from digests.issuing import note_use
from digests.models import Subscription
from digests.news import Reader
from digests.rendering import mail_of
from digests.sections.issue import INTRO
from notifications.models import Delivery

SHARED = Shared()
#: For so many readers news are looked for at once: those of a chunk and those of its run who are next, for as long as what is shared.
AHEAD = 500
#: What was found for them is used for so many seconds: who lost a right since gets no mail of it (TC-08).
RECENT = 10


def compose_chunk(deliveries, now):
    """Give each of `deliveries` its `mail`, or None where there is nothing to say, and in `held` what it tells of.

    All of them or, where one cannot be composed, none: then each is composed alone.
    """
    subscriptions = _subscriptions(deliveries)
    readers = _readers([one for one in deliveries if one.user_id in subscriptions], subscriptions, now)
    mails = {
        pk: mail_of(reader, key=str(key))
        for pk, key, reader in ((one.pk, one.key, readers[one.pk]) for one in deliveries if one.pk in readers)
        if news_count(reader) >= reader.subscription.minimum
    }
    for delivery in deliveries:
        delivery.mail = mails.get(delivery.pk)
        if delivery.pk not in readers:
            delivery.not_for = "unsubscribed"
        elif delivery.mail:
            delivery.held = held_by(readers[delivery.pk])
        elif news_count(readers[delivery.pk]):
            delivery.not_for = "too_few"  # not *empty*: they are in the next window, until there are enough
    used = {readers[pk].issue for pk in mails if readers[pk].issue}
    if any(not issue.is_used for issue in used):
        note_use([issue.noun[1] for issue in used], now=now)


def held_by(reader):
    """What the ledger remembers of a mail: [section, content type, primary key] each."""
    first = [[INTRO, *reader.issue.noun]] if reader.issue else []
    again = [["again", *noun] for noun, _noun in reader.again]
    return [*first, *([key, *one.news.noun] for key, told in reader.told.items() for one in told), *again]


def _subscriptions(deliveries):
    """{member: subscription} of those whose digest is on at this moment."""
    rows = Subscription.objects.filter(user__in=[one.user_id for one in deliveries]).exclude(frequency=Frequency.OFF)
    return {row.user_id: row for row in rows}


def _readers(deliveries, subscriptions, now):
    """{delivery: `Reader` with what is told}: as it was found with the chunk before, or found now for them and those who are next.

    A delivery that is composed alone, because something in its chunk cannot be composed, is looked at alone.
    """
    if not deliveries:
        return {}
    runs, cached, window = _shared(deliveries)
    found = cached("readers", dict)
    if any(not _is_current(found.get(one.pk), subscriptions[one.user_id]) for one in deliveries):
        ahead = _next_of(runs, AHEAD - len(deliveries), now) if len(deliveries) > 1 else []
        new = {one.pk: Reader(one.user, one.since, one.until, one.user.digest) for one in ahead}
        new = {pk: one for pk, one in new.items() if one.user.pk not in subscriptions}
        new |= {one.pk: Reader(one.user, one.since, one.until, subscriptions[one.user_id]) for one in deliveries}
        choose(list(new.values()), now, cached, window)
        if ahead:
            found.clear()  # of others who were next a sender beside this one has taken care
        found |= new
    readers = {one.pk: found.pop(one.pk) for one in deliveries}
    for one in deliveries:  # address, language and rhythm of this moment
        readers[one.pk].user, readers[one.pk].subscription = one.user, subscriptions[one.user_id]
    return readers


def _is_current(reader, subscription):
    """Whether a reader was looked for a moment ago and has not chosen other sections since."""
    if reader is None or time.monotonic() - reader.found > RECENT:
        return False
    return (reader.subscription.without, reader.subscription.minimum) == (subscription.without, subscription.minimum)


def _next_of(runs, number, now):
    """The deliveries of these runs that are claimed next, with their readers."""
    waiting = Delivery.objects.due(now).filter(run__in=runs, user__digest__isnull=False) if runs else Delivery.objects.none()
    return list(waiting.select_related("user__digest")[: max(0, number)])


def _shared(deliveries):
    """Runs, `cached` and window of what is the same for all readers: as wide as the runs that planned these deliveries."""
    runs = tuple(sorted({delivery.run_id for delivery in deliveries if delivery.run_id}))
    if len(runs) != len({delivery.run_id for delivery in deliveries}):
        return (), Shared().of(None), None  # some are of no run that is known: nothing is shared
    cached = SHARED.of(runs)
    bounds = cached("window", lambda: Delivery.objects.filter(run__in=runs).aggregate(since=Min("since"), until=Max("until")))
    return runs, cached, (bounds["since"], bounds["until"])
