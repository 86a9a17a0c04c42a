"""What waits for a member about visits: to answer as a lab, to answer as a guest, to thank for. One question, and one each for titles."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bookings.calendars import with_offers
from bookings.enums import VisitState
from bookings.models import Visit
from bookings.periods import in_words
from livinglabs.models import LivingLab

MOST = 20
#: So long after a visit the lab is asked to thank those who came.
THANKS = timedelta(days=30)


def rows(user, now):
    """The visits that wait."""
    mine = LivingLab.objects.run_by(user).order_by().values("pk")
    over = Q(state=VisitState.CONFIRMED, ends_at__lte=now, ends_at__gt=now - THANKS, thanked_at=None)
    as_host = Q(offer__lab__in=mine) & (Q(state=VisitState.ASKED) | over)
    as_guest = Q(pk__in=Visit.objects.guest(user).order_by().values("pk"), state=VisitState.PROPOSED)
    return Visit.objects.filter(as_host | as_guest)


def waiting_visits(user):
    """[(icon, title, address, text, action, its address)] of the desk, the next visit first."""
    now = timezone.now()
    return [_line(one, now) for one in with_offers(rows(user, now).order_by("starts_at", "pk"))[:MOST]]


def _line(visit, now):
    url, lab = visit.get_absolute_url(), visit.offer.lab
    when = in_words(visit.starts_at, visit.ends_at, lab.zone)
    if visit.state == VisitState.PROPOSED:
        return ("calendar", _("%(lab)s proposes another date for your visit") % {"lab": lab}, url, when, pgettext("desk", "Answer"), url)
    if visit.state == VisitState.ASKED:
        title = _("%(delegation)s ask to visit %(lab)s") % {"delegation": visit.delegation, "lab": lab}
        return ("calendar", title, url, when, pgettext("desk", "Answer"), url)
    title = _("%(delegation)s have visited %(lab)s") % {"delegation": visit.delegation, "lab": lab}
    return ("mail", title, url, _("Thank them, and send the material along."), pgettext("desk", "Thank"), f"{url}#verb-thank")
