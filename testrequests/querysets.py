"""Which requests somebody sees: those of the member's organisations, and those asked of labs."""

from django.db import models
from django.db.models import Q

from testrequests.enums import OPEN, TOGETHER, State, Turn


def _acts(user):
    return getattr(user, "may_act", False)


class TestRequestQuerySet(models.QuerySet):
    """What is asked, without the confidential part. The twin is `testrequests.rules.can_see_request`."""

    __test__ = False

    def visible_to(self, user):
        """Of one's organisations; and, once they are sent, those asked of labs whose host or team one belongs to."""
        if not _acts(user):
            return self.none()
        applications = self.model._meta.get_field("applications").related_model._default_manager.exclude(state=State.DRAFT)
        mine = user.memberships.values("organisation")
        asked = applications.filter(Q(lab__organisation__in=mine) | Q(lab__in=user.lab_teams.values("lab")))
        return self.filter(Q(organisation__in=mine) | Q(pk__in=asked.order_by().values("request")))

    def unsent(self):
        return self.filter(sent_at=None)


class ConfidentialQuerySet(models.QuerySet):
    """The twin is `testrequests.rules.can_see_confidential`."""

    def visible_to(self, user):
        """Who asks; and who answers for a lab, as long as it has not declined and the request is not called off."""
        if not _acts(user):
            return self.none()
        applications = self.model._meta.get_field("request").related_model._meta.get_field("applications").related_model
        asked = applications._default_manager.filter(state__in=TOGETHER, lab__in=labs_of(applications, user))
        return self.filter(
            Q(request__organisation__in=user.memberships.values("organisation")) | Q(request__in=asked.order_by().values("request"))
        )


class ApplicationQuerySet(models.QuerySet):
    """What is between one lab and who asks. The twin is `testrequests.rules.can_see_application`."""

    def visible_to(self, user):
        """Of one's organisations; and, once they are sent, those of labs one answers for. Nobody else, moderators neither."""
        if not _acts(user):
            return self.none()
        return self.filter(
            Q(organisation__in=user.memberships.values("organisation")) | ~Q(state=State.DRAFT) & Q(lab__in=labs_of(self.model, user))
        )

    def listed(self):
        """What stands in lists: sent, whatever became of it."""
        return self.exclude(state=State.DRAFT)

    def open(self):
        return self.filter(state__in=OPEN)

    def overdue(self, today):
        """The twin of `Application.is_overdue`."""
        return self.filter(state__in=OPEN, due_on__lt=today)

    def waiting_for(self, user):
        """Where the member's side must act now."""
        if not _acts(user):
            return self.none()
        asking = Q(organisation__in=user.memberships.values("organisation"), turn__in=(Turn.COMPANY, Turn.BOTH))
        answering = Q(lab__in=labs_of(self.model, user), turn__in=(Turn.LAB, Turn.BOTH))
        return self.filter(asking | answering, state__in=OPEN)


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        applications = self.model._meta.get_field("application").related_model._default_manager
        return self.filter(application__in=applications.visible_to(user).order_by().values("pk"))

    def open(self):
        return self.filter(done_at=None, application__state__in=OPEN)


def labs_of(applications, user):
    """Keys of the labs `user` answers for, as a question within another one."""
    return applications._meta.get_field("lab").related_model._default_manager.run_by(user).order_by().values("pk")
