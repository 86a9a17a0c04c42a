"""Organisations in the administration: for moderators only; each button is the verb."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages

from organisations import actions
from organisations.models import Domain, DomainRequest, FormerSlug, Organisation
from tests.factories import DomainFactory, MembershipFactory, OrganisationFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(db):
    return OrganisationFactory(name="Harbour Association", verified_at=None)


@pytest.fixture
def moderating(client, moderator):
    """A moderator who may enter the administration."""
    moderator.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(moderator)
    return client


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


def call(client, organisation, verb, **data):
    return client.post(f"/cms/organisations/{organisation.pk}/{verb}/", data)


def test_nobody_gets_in_without_the_role(client, anyone, organisation):
    if anyone.is_authenticated:
        client.force_login(anyone)
    statuses = [client.get(f"/cms/organisations/{path}").status_code for path in ("", f"{organisation.pk}/")]
    assert statuses == [302 if anyone.part == "nobody" else 403] * 2  # the moderator of this cast may not enter the administration


@pytest.mark.parametrize("verb", ["verify", "decline", "merge", "domains/add", "domains/1/remove", "domains/asked/1/give"])
def test_owners_carry_out_none_of_it(client, owner, organisation, verb):
    client.force_login(owner)
    response = call(client, organisation, verb, reason="x", name="lejre.example", into="x", sure="on")
    organisation.refresh_from_db()
    assert (response.status_code, organisation.declined_at, Domain.objects.exists()) == (403, None, False)


def test_the_page_shows_what_looks_alike(moderating, organisation):
    double = OrganisationFactory(name="Lejre Municipality", verified_at=None)
    assert moderating.get(f"/cms/organisations/{double.pk}/").context["alike"] == [organisation]


def test_verifying_a_proposal(moderating, proposal):
    assert said(call(moderating, proposal, "verify")) == "“Harbour Association” is verified."
    assert Organisation.objects.get().verified_at


def test_declining_needs_a_reason_and_keeps_it(moderating, proposal):
    call(moderating, proposal, "decline", reason=" ")
    before = Organisation.objects.get().declined_at
    call(moderating, proposal, "decline", reason="Which harbour?")
    assert (before, Organisation.objects.get().declined_reason) == (None, "Which harbour?")


def test_facts_are_mended_and_the_address_stays(moderating, proposal):
    before = proposal.slug
    data = {"name": "Harbours of the Sound", "type": "network", "country": "DK", "slug": "x", "verified_at": "2026-01-01"}
    moderating.post(f"/cms/organisations/{proposal.pk}/", data)
    proposal.refresh_from_db()
    assert (proposal.name, proposal.slug, proposal.verified_at) == ("Harbours of the Sound", before, None)


def test_a_mistake_is_shown_at_its_field(moderating, proposal):
    response = moderating.post(f"/cms/organisations/{proposal.pk}/", {"name": " ", "type": "club", "website": "javascript:alert(1)"})
    assert list(response.context["form"].errors) == ["name", "type", "website"]


def test_domains_are_given_and_taken(moderating, organisation):
    call(moderating, organisation, "domains/add", name="www.lejre.example")
    domain = Domain.objects.get()
    call(moderating, organisation, f"domains/{domain.pk}/remove")
    assert (domain.name, Domain.objects.exists()) == ("lejre.example", False)
    assert said(call(moderating, organisation, "domains/add", name="gmail.com")).startswith("Anybody can have an address in gmail.com.")


def test_a_request_is_answered_from_the_page(moderating, organisation, owner):
    for name, verb in (("lejre.example", "give"), ("other.example", "decline")):
        asked = actions.ask_for_domain(organisation, name, by=owner)
        call(moderating, organisation, f"domains/asked/{asked.pk}/{verb}", answer="Thanks")
    assert list(DomainRequest.objects.values_list("state", flat=True)) == ["accepted", "declined"]
    assert list(Domain.objects.values_list("name", flat=True)) == ["lejre.example"]


@pytest.mark.parametrize("into", ["Lejre Kommune", "lejre-kommune", "http://testserver/en/organisations/lejre-kommune/"])
def test_merging_by_name_or_address(moderating, organisation, proposal, into):
    ProjectFactory(organisation=proposal)
    call(moderating, proposal, "merge", into=into, sure="on")
    assert (organisation.projects.count(), FormerSlug.objects.get().organisation) == (1, organisation)


@pytest.mark.parametrize("data", [{"into": "Lejre Kommune"}, {"into": "Atlantis", "sure": "on"}, {"sure": "on"}, {}])
def test_an_unsure_merge_is_none(moderating, organisation, proposal, data):
    assert call(moderating, proposal, "merge", **data).context["merge_form"].errors
    assert Organisation.objects.count() == 2


def test_merging_into_one_of_two_namesakes_needs_the_address(moderating, proposal):
    OrganisationFactory.create_batch(2, name="Namesake")
    call(moderating, proposal, "merge", into="Namesake", sure="on")
    assert Organisation.objects.count() == 3


def test_the_page_has_one_number_of_queries(moderating, same_queries, organisation, owner):
    def add():
        MembershipFactory(organisation=organisation)
        DomainFactory(organisation=organisation)
        actions.ask_for_domain(organisation, f"{UserFactory().pk}.example", by=owner)

    assert same_queries(f"/cms/organisations/{organisation.pk}/", add) <= 30
