"""Which bookings stand in the way of a period, and who reads bookings and visits."""

from django.contrib.postgres.fields import BigIntegerRangeField, IntegerRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange, NumericRange
from django.db.models import Func, Q, Value

from bookings.enums import OPEN, BookingState, VisitState
from organisations.enums import WRITERS


def range_of(function, first, last):
    """A range over two columns, as the exclusion constraint has it: so that its index answers questions, too."""
    field = BigIntegerRangeField() if function == "int8range" else IntegerRangeField()
    return Func(first, last, Value("[]"), function=function, output_field=field)


class BookingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the labs `user` answers for: what others have agreed is between them and the lab."""
        return self.filter(offer__lab__in=_labs(self.model).run_by(user).order_by().values("pk"))

    def held(self):
        return self.filter(state=BookingState.HELD)

    def within(self, start, end):
        """Those of which some part lies between two moments, in their order."""
        return self.filter(period__overlap=DateTimeTZRange(start, end)).order_by("period", "unit", "pk")

    def in_the_way(self, offer, start, end):
        """What holds units of one offer at some moment of a period; answered by the index of the constraint `booking_once`."""
        of_offer = self.alias(offer_range=range_of("int8range", "offer_id", "offer_id"))
        return of_offer.filter(offer_range__overlap=NumericRange(offer.pk, offer.pk, "[]")).held().within(start, end)

    def to_come(self, now):
        """Not over yet."""
        return self.filter(period__endswith__gt=now).order_by("period", "pk")


class VisitQuerySet(models.QuerySet):
    """Twins for one visit: `bookings.rules.is_guest` and `bookings.rules.is_host`."""

    def visible_to(self, user):
        """Guests read their own, hosts those of their labs. Nobody else: who visits whom is nobody's business."""
        if not getattr(user, "may_act", False):
            return self.none()
        return self.filter(self._as_guest(user) | self._as_host(user))

    def guest(self, user):
        """Those `user` speaks for as a guest: who asked, and the writers of the organisation that comes."""
        return self.filter(self._as_guest(user)) if getattr(user, "may_act", False) else self.none()

    def hosted_by(self, user):
        return self.filter(self._as_host(user)) if getattr(user, "may_act", False) else self.none()

    @staticmethod
    def _as_guest(user):
        return Q(asked_by=user) | Q(organisation__in=user.memberships.filter(role__in=WRITERS).values("organisation"))

    def _as_host(self, user):
        return Q(offer__lab__in=_labs(self.model).run_by(user).order_by().values("pk"))

    def open(self):
        """Somebody still has to answer."""
        return self.filter(state__in=OPEN)

    def confirmed(self):
        return self.filter(state=VisitState.CONFIRMED)

    def upcoming(self, now):
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def to_remind(self, now, until):
        """Confirmed before that time began, and not reminded yet."""
        soon = self.confirmed().filter(starts_at__gt=now, starts_at__lte=until, reminded_at=None)
        return soon.filter(changed_at__lt=models.F("starts_at") - (until - now)).order_by("pk")


def _labs(model):
    offer = model._meta.get_field("offer").related_model
    return offer._meta.get_field("lab").related_model._default_manager
