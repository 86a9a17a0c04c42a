"""Two that are one: everything moves, nothing stands twice, the old address leads on."""

import pytest
from django.contrib.contenttypes.models import ContentType

from common.errors import WrongState
from notifications.actions import follow
from notifications.models import Follow
from organisations import actions
from organisations.models import FormerSlug, Organisation
from records.actions import audit
from records.models import AuditEntry
from tests.factories import (
    DomainFactory,
    MembershipFactory,
    OrganisationFactory,
    OrganisationTextFactory,
    PartnerFactory,
    ProjectFactory,
    UserFactory,
)
from tests.support.threads import at_once
from tests.support.told import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def double(db):
    return OrganisationFactory(name="Lejre Municipality", slug="lejre-municipality")


def test_what_stands_on_it_moves(organisation, double, moderator):
    project, partner, domain = ProjectFactory(organisation=double), PartnerFactory(organisation=double), DomainFactory(organisation=double)
    part = OrganisationFactory(parent=double)
    actions.ask_to_join(double, by=UserFactory())
    actions.merge(double, organisation, by=moderator)
    for row, name in ((project, "organisation"), (partner, "organisation"), (domain, "organisation"), (part, "parent")):
        row.refresh_from_db()
        assert getattr(row, name) == organisation
    assert (organisation.join_requests.count(), Organisation.objects.filter(pk=double.pk).exists()) == (1, False)


def test_no_relation_is_forgotten(organisation, double, moderator):
    """Every foreign key to organisations that Django knows is moved: a new noun above needs nothing here."""
    relations = [one for one in Organisation._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    assert {one.related_model._meta.label for one in relations} >= {"projects.Project", "projects.Partner", "organisations.Membership"}
    ProjectFactory(organisation=double)
    actions.merge(double, organisation, by=moderator)
    left = [one.related_model._base_manager.filter(**{one.field.name: double.pk}).count() for one in relations]
    assert left == [0] * len(relations)


def test_a_member_of_both_keeps_the_higher_role(organisation, double, moderator):
    for roles in (("member", "owner"), ("editor", "member"), ("owner", "editor")):
        user = UserFactory()
        for one, role in zip((organisation, double), roles, strict=True):
            MembershipFactory(organisation=one, user=user, role=role, is_main=one == double)
    actions.merge(double, organisation, by=moderator)
    rows = organisation.memberships.order_by("pk").values_list("role", "is_main")
    assert list(rows) == [("owner", True), ("editor", True), ("owner", True)]


def test_a_partner_of_both_stands_once(organisation, double, moderator):
    project = ProjectFactory()
    for one in (organisation, double):
        PartnerFactory(project=project, organisation=one)
    actions.merge(double, organisation, by=moderator)
    assert list(project.partners.values_list("organisation", flat=True)) == [organisation.pk]


def test_followers_of_either_follow_what_stays(organisation, double, moderator):
    both, one = UserFactory(), UserFactory()
    for user, noun in ((both, organisation), (both, double), (one, double)):
        follow(user, noun)
    actions.merge(double, organisation, by=moderator)
    rows = Follow.objects.filter(target_type=ContentType.objects.get_for_model(Organisation)).order_by("user")
    assert list(rows.values_list("user", "target_id")) == [(both.pk, organisation.pk), (one.pk, organisation.pk)]


def test_texts_of_what_stays_stand_and_missing_languages_come(organisation, double, moderator):
    OrganisationTextFactory(organisation=organisation, language="da", description="Bliver")
    for language, is_original in (("da", False), ("sv", True)):
        OrganisationTextFactory(organisation=double, language=language, description="Kommer", is_original=is_original)
    actions.merge(double, organisation, by=moderator)
    rows = organisation.texts.order_by("language").values_list("language", "description", "is_original")
    assert list(rows) == [("da", "Bliver", True), ("sv", "Kommer", False)]


def test_without_words_of_its_own_it_takes_those_of_the_other(organisation, double, moderator):
    OrganisationTextFactory(organisation=organisation, language="mul", description="")
    OrganisationTextFactory(organisation=double, language="sv", description="Kommer")
    actions.merge(double, organisation, by=moderator)
    assert list(organisation.texts.values_list("language", "is_original")) == [("sv", True)]


def test_it_is_never_a_part_of_itself(organisation, double, moderator):
    Organisation.objects.filter(pk=organisation.pk).update(parent=double)
    actions.merge(double, organisation, by=moderator)
    organisation.refresh_from_db()
    assert organisation.parent is None


def test_what_was_done_stays_recorded_about_what_it_was_done_with(organisation, double, moderator):
    audit("verify", double, by=moderator)
    actions.merge(double, organisation, by=moderator)
    assert AuditEntry.objects.get(verb="verify").target_id == double.pk
    entry = AuditEntry.objects.get(verb="merge")
    assert (entry.target, entry.changes["name"], entry.changes["slug"]) == (organisation, "Lejre Municipality", "lejre-municipality")


def test_members_of_both_hear_of_it_once(organisation, double, moderator):
    both = UserFactory(name="Both")
    for one in (organisation, double):
        MembershipFactory(organisation=one, user=both)
    actions.merge(double, organisation, by=moderator)
    assert told() == [("organisation.merged", "Both", "member")]


def test_projects_are_found_anew(organisation, double, moderator):
    project = ProjectFactory(organisation=double)
    actions.merge(double, organisation, by=moderator)
    project.refresh_from_db()
    assert project.index_stale


def test_twice_is_once_and_with_itself_is_refused(organisation, double, moderator):
    for _click in range(2):
        actions.merge(double, organisation, by=moderator)
    with pytest.raises(WrongState):
        actions.merge(organisation, organisation, by=moderator)
    assert AuditEntry.objects.filter(verb="merge").count() == 1


def test_addresses_of_a_chain_lead_to_the_last(client, organisation, double, moderator):
    last = OrganisationFactory(slug="last")
    actions.merge(double, organisation, by=moderator)
    actions.merge(organisation, last, by=moderator)
    for slug in ("lejre-municipality", "lejre-kommune"):
        response = client.get(f"/da/organisations/{slug}/?q=1")
        assert (response.status_code, response.url) == (301, "/da/organisations/last/?q=1")


def test_an_old_address_of_a_proposal_tells_strangers_nothing(client, double, moderator):
    proposal = OrganisationFactory(verified_at=None)
    actions.merge(double, proposal, by=moderator)
    assert client.get("/en/organisations/lejre-municipality/").status_code == 404


def test_its_pages_for_members_lead_on_and_its_verbs_do_not(client, organisation, double, moderator, owner):
    actions.merge(double, organisation, by=moderator)
    client.force_login(owner)
    assert client.get("/en/organisations/lejre-municipality/members/").url == "/en/organisations/lejre-kommune/members/"
    assert client.post("/en/organisations/lejre-municipality/leave/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_moderators_merge_in_the_same_second(organisation, double, moderator):
    ProjectFactory(organisation=double)
    answers = at_once(*[lambda: actions.merge(double, organisation, by=moderator)] * 3)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert (organisation.projects.count(), FormerSlug.objects.count(), AuditEntry.objects.filter(verb="merge").count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_merging_both_ways_in_the_same_second_leaves_one(organisation, double, moderator):
    at_once(lambda: actions.merge(double, organisation, by=moderator), lambda: actions.merge(organisation, double, by=moderator))
    assert Organisation.objects.filter(pk__in=[organisation.pk, double.pk]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_joining_while_it_is_merged_loses_nobody(organisation, double, moderator, stranger):
    at_once(lambda: actions.merge(double, organisation, by=moderator), lambda: actions.add_member(double, stranger, by=None))
    assert set(stranger.memberships.values_list("organisation", flat=True)) <= {organisation.pk}
