"""Rows for tests: `from tests.factories import ProjectFactory`. Each makes the least that is valid."""

from tests.factories.conversations import QuestionFactory, ThreadFactory
from tests.factories.digests import IssueFactory, SubscriptionFactory
from tests.factories.events import (
    ActionPointFactory,
    AgendaItemFactory,
    DecisionFactory,
    EventFactory,
    EventTextFactory,
    MinutesFactory,
    RegistrationFactory,
)
from tests.factories.livinglabs import (
    InfrastructureFactory,
    LabPartnerFactory,
    LabTextFactory,
    LivingLabFactory,
    OfferFactory,
    TeamMemberFactory,
)
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
from tests.factories.testreports import TestReportFactory
from tests.factories.testrequests import ApplicationFactory, TaskFactory, TermsFactory, TestRequestFactory
from tests.factories.workinggroups import GroupMembershipFactory, ResourceFactory, WorkingGroupFactory

__all__ = [
    "ActionPointFactory",
    "AgendaItemFactory",
    "ApplicationFactory",
    "DecisionFactory",
    "DeliveryFactory",
    "DomainFactory",
    "EventFactory",
    "EventTextFactory",
    "GoalFactory",
    "GroupMembershipFactory",
    "InfrastructureFactory",
    "IssueFactory",
    "LabPartnerFactory",
    "LabTextFactory",
    "LessonFactory",
    "LinkFactory",
    "LivingLabFactory",
    "MembershipFactory",
    "MilestoneFactory",
    "MinutesFactory",
    "MunicipalityFactory",
    "NotificationFactory",
    "OfferFactory",
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
    "ResourceFactory",
    "ResultFactory",
    "SiteFactory",
    "SubscriptionFactory",
    "TaskFactory",
    "TeamMemberFactory",
    "TermsFactory",
    "TestReportFactory",
    "TestRequestFactory",
    "ThemeFactory",
    "ThreadFactory",
    "UserFactory",
    "WorkingGroupFactory",
]
