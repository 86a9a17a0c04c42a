"""From claimed deliveries to digests: a constant number of queries for a chunk, whatever it holds."""

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


def compose_chunk(deliveries, now):
    """Give each of `deliveries` its `mail`, or None where there is nothing to say, and in `held` what it tells of.

    All of them or, where one cannot be composed, none: then each is composed alone.
    """
    subscriptions = {row.user_id: row for row in Subscription.objects.filter(user__in=[one.user_id for one in deliveries])}
    on = {pk: row for pk, row in subscriptions.items() if row.frequency != Frequency.OFF}
    readers = {one.pk: Reader(one.user, one.since, one.until, on[one.user_id]) for one in deliveries if one.user_id in on}
    if readers:
        choose(list(readers.values()), now, *_shared(deliveries))
    mails = {
        one.pk: mail_of(readers[one.pk], key=str(one.key))
        for one in deliveries if one.pk in readers and news_count(readers[one.pk]) >= readers[one.pk].subscription.minimum
    }  # fmt: skip
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


def _shared(deliveries):
    """`cached` and the window of what is the same for all readers: as wide as the runs that planned these deliveries."""
    runs = tuple(sorted({delivery.run_id for delivery in deliveries if delivery.run_id}))
    if len(runs) != len({delivery.run_id for delivery in deliveries}):
        return Shared().of(None), None  # some are of no run that is known: nothing is shared
    cached = SHARED.of(runs)
    bounds = cached("window", lambda: Delivery.objects.filter(run__in=runs).aggregate(since=Min("since"), until=Max("until")))
    return cached, (bounds["since"], bounds["until"])
