"""Pages of members and moderators cost one number of queries with 1 and 30 rows; the owners of other pages hold theirs themselves."""

import pytest
from django.contrib.auth.models import Group

from organisations.models import DomainRequest
from projects.enums import PartnerState
from projects.models import Partner
from records.actions import audit
from tests.factories import OrganisationFactory, PartnerFactory, ProjectFactory, QuestionFactory, ReportFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(moderator):
    moderator.groups.add(Group.objects.get(name="Moderators"))
    return moderator


@pytest.fixture
def project(organisation):
    return ProjectFactory(organisation=organisation, slug="lamps")


def asked_partner(project):
    partner = PartnerFactory(project=project)
    Partner.objects.filter(pk=partner.pk).update(state=PartnerState.ASKED)


#: page: who reads it, its address, what is added, the most queries
PAGES = {
    "project, to a member": ("editor", "/en/projects/lamps/", lambda project: QuestionFactory(target=project), 20),
    "project, its partners": ("editor", "/en/projects/lamps/", asked_partner, 20),
    "history": ("editor", "/en/projects/lamps/history/", lambda project: audit("update", project, by=UserFactory()), 20),
    "what is held on me": ("editor", "/en/accounts/privacy/", lambda project: audit("update", project, by=None), 20),
    "delete my account": ("owner", "/en/accounts/privacy/leave/", lambda project: OrganisationFactory(), 20),
    "waiting": ("administrator", "/cms/waiting/", lambda project: ProjectFactory(state="submitted"), 30),
    "waiting, reports": ("administrator", "/cms/waiting/", lambda project: ReportFactory(target=ProjectFactory()), 30),
    "waiting, questions": (
        "administrator", "/cms/waiting/", lambda project: QuestionFactory(target=ProjectFactory(), visitor=True, state="waiting"), 30,
    ),
    "members": ("administrator", "/cms/members/", lambda project: UserFactory(), 20),
    "organisations": ("administrator", "/cms/organisations/", lambda project: OrganisationFactory(verified_at=None), 20),
    "an organisation": (
        "administrator", "/cms/organisations/{organisation}/",
        lambda project: DomainRequest.objects.create(organisation=project.organisation, name=f"d{DomainRequest.objects.count()}.dk"), 30,
    ),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_one_number_of_queries(page, client, project, organisation, same_queries, request):
    person, address, add, most = PAGES[page]
    client.force_login(request.getfixturevalue(person))
    assert same_queries(address.format(organisation=organisation.pk), lambda: add(project)) <= most
