"""The verbs of an organisation."""

import pytest
from django.core.exceptions import ValidationError

from common.errors import WrongState
from organisations import actions
from organisations.models import Organisation
from records.models import AuditEntry
from tests.factories import DomainFactory, MembershipFactory, OrganisationFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db


def make(**data):
    return actions.create_organisation(**{"by": None, "name": "Køge Kommune", "type": "municipality", **data})


def test_an_organisation_begins_as_a_proposal():
    organisation = make()
    assert (organisation.slug, organisation.verified_at, AuditEntry.objects.get().verb) == ("koge-kommune", None, "create")


def test_everything_is_written_at_once(moderator):
    text = {"language": "da", "description": "En by."}
    organisation = make(by=moderator, verified=True, country="DK", texts=[text], domains=["Koege.dk", "koege.dk"])
    assert (organisation.verified_by, organisation.text.is_original) == (moderator, True)
    assert list(organisation.domains.values_list("name", flat=True)) == ["koege.dk"]


def test_a_path_word_is_not_an_address():
    assert make(name="People").slug == "people-organisation"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": " "}, "name"),
        ({"type": "club"}, "type"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"texts": [{"language": "da"}, {"language": "da"}]}, "texts"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(data, field):
    with pytest.raises(ValidationError) as refused:
        make(**data)
    assert (list(refused.value.message_dict), Organisation.objects.count()) == ([field], 0)


def test_a_domain_belongs_to_one_organisation():
    DomainFactory(name="koege.dk")
    with pytest.raises(ValidationError) as refused:
        make(domains=["koege.dk"])
    assert refused.value.message_dict == {"domains": ["These domains belong to another organisation: koege.dk"]}


def test_a_new_name_marks_what_is_to_be_found_anew():
    project = ProjectFactory()
    actions.update_organisation(project.organisation, by=None, name="Another name")
    project.refresh_from_db()
    assert (project.organisation.name, project.index_stale) == ("Another name", True)


def test_an_organisation_is_verified_once(moderator):
    organisation = OrganisationFactory(verified_at=None)
    actions.verify(organisation, by=moderator)
    with pytest.raises(WrongState):
        actions.verify(organisation, by=moderator)
    assert (organisation.verified_by, AuditEntry.objects.filter(verb="verify").count()) == (moderator, 1)


def test_a_member_joins_once_and_may_change_role(organisation):
    user = UserFactory()
    for role in ("member", "member", "editor"):
        actions.add_member(organisation, user, by=None, role=role)
    assert (user.organisation_roles, AuditEntry.objects.filter(verb="add_member").count()) == ({organisation.pk: "editor"}, 2)


def test_people_leave_and_projects_stay(organisation):
    membership = MembershipFactory(organisation=organisation)
    project = ProjectFactory(organisation=organisation, created_by=membership.user)
    membership.user.delete()
    project.refresh_from_db()
    assert (project.organisation, project.created_by) == (organisation, None)
