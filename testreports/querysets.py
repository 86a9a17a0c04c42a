"""Which test reports somebody sees."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.publishing import READABLE
from common.publishing import Visibility as LabVisibility
from organisations.enums import WRITERS
from testreports.enums import State, Visibility
from testrequests.enums import Side


class TestReportQuerySet(models.QuerySet):
    """The one definition of who sees a test report. Its twin for a single one is `testreports.rules.can_see_report`."""

    __test__ = False  # no test of pytest's

    def visible_to(self, user, now=None):
        """Everything `user` may open. What is not agreed, or under embargo, is for the two sides; a draft for the one that writes it."""
        released = self._released(now) & Q(lab__state__in=READABLE)
        public = released & Q(visibility=Visibility.PUBLIC, lab__visibility=LabVisibility.PUBLIC)
        if not getattr(user, "may_act", False):
            return self.filter(public)
        mine = user.memberships.values("organisation")
        lab = Q(lab__organisation__in=mine) | Q(lab__in=user.lab_teams.values("lab"))
        own = Q(organisation__in=mine) & self._begun_by(Side.COMPANY) | lab & self._begun_by(Side.LAB)
        if user.is_moderator:
            return self.filter(~Q(state=State.DRAFT) | own)
        members = released & Q(visibility__in=(Visibility.PUBLIC, Visibility.MEMBERS), lab__visibility__in=("public", "members"))
        return self.filter(public | members | own)

    def listed(self, now=None):
        """What stands in lists, counts, feeds, search and the sitemap: agreed, and not under embargo any more."""
        return self.filter(self._released(now))

    def written_by(self, user):
        """Those of a side `user` acts for, as the side that writes them."""
        return self._of_side(user, Side.COMPANY, Side.LAB)

    def waiting_for(self, user):
        """Submitted ones that wait for the word of a side `user` acts for."""
        return self._of_side(user, Side.LAB, Side.COMPANY).filter(state=State.SUBMITTED)

    def _of_side(self, user, of_company, of_lab):
        """Reports of the side `of_company` for whoever acts for the company, and of the side `of_lab` for whoever answers for the lab."""
        if not getattr(user, "may_act", False):
            return self.none()
        writing = user.memberships.filter(role__in=WRITERS).values("organisation")
        asking = Q(organisation__in=writing) | Q(
            organisation__in=user.memberships.values("organisation"), application__request__created_by=user
        )
        labs = self.model._meta.get_field("lab").related_model._default_manager.run_by(user).order_by().values("pk")
        return self.filter(asking & Q(side=of_company) | Q(lab__in=labs, side=of_lab))

    @staticmethod
    def _released(now):
        return Q(state=State.PUBLISHED, released_at__lte=now or timezone.now())

    @staticmethod
    def _begun_by(side):
        """What one side reads: its own drafts and whatever has left being a draft."""
        return Q(side=side) | ~Q(state=State.DRAFT)
