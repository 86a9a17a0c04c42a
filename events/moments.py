"""When and where an event takes place, in words: on the clock of its place, in the reader's language."""

from django.utils.translation import gettext as _

from common.moments import on_the_clock_of, period_in_words, shows_our_clock


def when(event, *, with_zone=None):
    """“Thursday 3 December 2026, 13.00–15.30”; over several days both days, and the zone where it is not the portal's."""
    words = period_in_words(event.starts, event.ends)
    return on_the_clock_of(event.time_zone, words) if (with_zone if with_zone is not None else not_on_our_clock(event)) else words


def not_on_our_clock(event):
    """Whether the clocks of the event's place show another time than those of the portal's region just then."""
    return not shows_our_clock(event.starts_at, event.zone)


def where_on_site(event):
    """“Town hall, Albertslund”; the municipality is not said twice."""
    place, town = event.place, str(event.municipality or "")
    return place if town and town in place else ", ".join(part for part in (place, town) if part)


def where(event):
    """“Town hall, Albertslund”, “Online”, or both; "" where nothing is said yet."""
    here = where_on_site(event)
    if event.online_url and here:
        return _("%(place)s, and online") % {"place": here}
    return _("Online") if event.online_url else here
