"""Rows for tests: `from tests.factories import ProjectFactory`. Each makes the least that is valid."""

from tests.factories.conversations import QuestionFactory, ThreadFactory
from tests.factories.events import EventFactory, EventTextFactory, RegistrationFactory
from tests.factories.members import ProfileFactory, UserFactory
from tests.factories.notifications import DeliveryFactory, NotificationFactory, OutboxEntryFactory
from tests.factories.organisations import DomainFactory, MembershipFactory, OrganisationFactory, OrganisationTextFactory
from tests.factories.projects import (
    LessonFactory,
    LinkFactory,
    MilestoneFactory,
    PartnerFactory,
    ProjectFactory,
    ProjectTextFactory,
    ResultFactory,
    SiteFactory,
)
from tests.factories.records import ReportFactory
from tests.factories.taxonomy import GoalFactory, MunicipalityFactory, RegionFactory, ThemeFactory
from tests.factories.workinggroups import GroupMembershipFactory, WorkingGroupFactory

__all__ = [
    "DeliveryFactory",
    "DomainFactory",
    "EventFactory",
    "EventTextFactory",
    "GoalFactory",
    "GroupMembershipFactory",
    "LessonFactory",
    "LinkFactory",
    "MembershipFactory",
    "MilestoneFactory",
    "MunicipalityFactory",
    "NotificationFactory",
    "OrganisationFactory",
    "OrganisationTextFactory",
    "OutboxEntryFactory",
    "PartnerFactory",
    "ProfileFactory",
    "ProjectFactory",
    "ProjectTextFactory",
    "QuestionFactory",
    "RegionFactory",
    "RegistrationFactory",
    "ReportFactory",
    "ResultFactory",
    "SiteFactory",
    "ThemeFactory",
    "ThreadFactory",
    "UserFactory",
    "WorkingGroupFactory",
]
