"""Which labs and offers somebody sees, and which labs somebody answers for."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from common.publishing import READABLE, PublishableQuerySet, State
from organisations.enums import WRITERS
from projects.enums import NAMED


class LivingLabQuerySet(PublishableQuerySet):
    partner_path = "partners__organisation"
    partner_condition = {"partners__state__in": NAMED}

    def visible_to(self, user):
        """As for everything that is published; who is named in its team sees a lab as its organisation's members do."""
        seen = super().visible_to(user)
        if not getattr(user, "may_act", False):
            return seen
        of_team = self.model._base_manager.filter(team__user=user).values("pk")
        return seen | self.filter(pk__in=of_team)

    def run_by(self, user):
        """The labs `user` answers for: as a writer of the host, or as one of the team who answers. Twin of `livinglabs.answer`."""
        if not getattr(user, "may_act", False):
            return self.none()
        writing = user.memberships.filter(role__in=WRITERS).values("organisation")
        answering = self.model._base_manager.filter(team__user=user, team__answers=True).values("pk")
        return self.filter(Q(organisation__in=writing) | Q(pk__in=answering))

    def for_cards(self):
        """With what a card shows: texts, themes, places, host, and how many offers can be asked for; a fixed number of queries."""
        offers = self.model._meta.get_field("offers").related_model._default_manager.listed().filter(lab=OuterRef("pk"))
        counted = offers.order_by().values("lab").annotate(n=Count("pk")).values("n")
        shown = self.select_related("organisation").prefetch_related("texts", "themes", "sites__municipality")
        return shown.annotate(open_offers=Coalesce(Subquery(counted), 0))

    def count_by_state(self):
        """[(state, number)] of every state, in the order of a lab's life."""
        counts = dict(self.order_by().values_list("state").annotate(number=Count("pk")))
        return [(state, counts.get(state, 0)) for state in State]


class OfferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An offer is seen with its lab; what is not published yet, or hidden, by the lab's people alone."""
        labs = self.model._meta.get_field("lab").related_model._default_manager
        seen = self.filter(lab__in=labs.visible_to(user).order_by().values("pk"))
        readable = Q(state__in=READABLE)
        if not getattr(user, "may_act", False):
            return seen.filter(readable)
        inside = Q(lab__organisation__in=user.memberships.values("organisation"))
        inside |= Q(lab__in=labs.filter(team__user=user).order_by().values("pk"))
        if user.is_moderator:
            inside |= ~Q(state=State.DRAFT)
        return seen.filter(readable | inside)

    def listed(self):
        """What can be asked for: published, in a published lab."""
        return self.filter(state=State.PUBLISHED, lab__state=State.PUBLISHED)
