"""States × verbs × cast: where each verb leads, who may carry it out, and who hears of it, once."""

import pytest
from django.db import transaction

from common.errors import WrongState
from common.publishing import State
from notifications.actions import follow
from projects import actions
from projects.actions import STEPS
from projects.models import Project
from projects.verbs import VERBS
from records.actions import assign_to
from records.models import AuditEntry
from tests.conftest import of
from tests.factories import (
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PartnerFactory,
    ProjectFactory,
    ThemeFactory,
    UserFactory,
)
from tests.support.told import told

pytestmark = pytest.mark.django_db

#: The whole table: from each state, where each verb leads ("" where it refuses).
TABLE = {
    "draft": {"submit": "submitted", "publish": "published"},
    "submitted": {"return": "returned", "publish": "published", "withdraw": "withdrawn"},
    "returned": {"submit": "submitted", "publish": "published", "reopen": "draft"},
    "published": {"withdraw": "withdrawn", "archive": "archived", "hide": "hidden"},
    "archived": {"withdraw": "withdrawn", "hide": "hidden", "reopen": "draft"},
    "withdrawn": {"reopen": "draft"},
    "hidden": {"publish": "published"},
}
WRITERS = {"submit", "publish", "withdraw", "archive", "reopen"}
MODERATORS = {"publish", "return", "hide"}
MAY = {"nobody": set(), "stranger": set(), "suspended": set(), "colleague": set(), "editor": WRITERS, "owner": WRITERS,
       "moderator": MODERATORS}  # fmt: skip


def carry_out(verb, project, by):
    return VERBS[verb].action(project, by=by, **({"reason": "Tell more"} if VERBS[verb].reason else {}))


@pytest.mark.parametrize("verb", STEPS)
@pytest.mark.parametrize("state", State.values)
def test_where_a_verb_leads(state, verb, owner, organisation):
    project = ProjectFactory(organisation=organisation, state=state)
    led_to = ""
    try:
        with transaction.atomic():
            led_to = carry_out(verb, project, owner).state
    except WrongState:
        project.refresh_from_db()
    assert (led_to, project.state) == (TABLE[state].get(verb, ""), TABLE[state].get(verb, state))


@pytest.mark.parametrize("state", State.values)
def test_who_may_what_from_each_state(state, anyone, organisation):
    """Hidden is the one state whose publication is a moderator's alone."""
    project = ProjectFactory(organisation=organisation, state=state)
    may = {verb for verb in STEPS if anyone.has_perm(f"projects.{verb}", project)}
    assert may == MAY[anyone.part] - ({"publish"} if state == "hidden" and anyone.part in ("editor", "owner") else set())


@pytest.mark.parametrize("verb", STEPS)
def test_each_verb_is_recorded_with_its_actor(verb, owner, organisation):
    state = next(state for state, leads in TABLE.items() if verb in leads)
    project = ProjectFactory(organisation=organisation, state=state)
    carry_out(verb, project, owner)
    assert [(entry.verb, entry.by, entry.target) for entry in AuditEntry.objects.all()] == [(verb, owner, project)]


@pytest.mark.parametrize("verb", STEPS)
def test_a_refusal_writes_and_tells_nothing(verb, owner, organisation):
    state = next(state for state, leads in TABLE.items() if verb not in leads)
    with pytest.raises(WrongState):
        carry_out(verb, ProjectFactory(organisation=organisation, state=state), owner)
    assert (told(), AuditEntry.objects.count()) == ([], 0)


def test_a_host_who_was_allowed_to_publish_does_not_publish_what_is_hidden_meanwhile(editor, moderator, organisation):
    as_read = ProjectFactory(organisation=organisation, state="published")
    actions.hide(Project.objects.get(pk=as_read.pk), by=moderator, reason="Not here.")
    with pytest.raises(WrongState):
        actions.publish(as_read, by=editor)
    assert Project.objects.get(pk=as_read.pk).state == "hidden"


def test_what_was_allowed_in_one_organisation_is_not_done_in_another(editor, organisation):
    as_read = ProjectFactory(organisation=organisation, state="draft")
    Project.objects.filter(pk=as_read.pk).update(organisation=OrganisationFactory())
    with pytest.raises(WrongState):
        actions.publish(as_read, by=editor)
    assert Project.objects.get(pk=as_read.pk).state == "draft"


def test_what_went_out_since_its_author_opened_it_is_not_written(colleague, moderator, organisation):
    as_read = ProjectFactory(organisation=organisation, state="submitted", created_by=colleague, text__title="Lamps")
    actions.publish(Project.objects.get(pk=as_read.pk), by=moderator)
    with pytest.raises(WrongState):
        actions.edit_project(as_read, by=colleague, said={"title": "Other lamps"})
    assert str(Project.objects.get(pk=as_read.pk)) == "Lamps"


# ---- who hears of it


@pytest.fixture
def project(organisation, colleague):
    """Written by a colleague who is a plain member."""
    return ProjectFactory(organisation=organisation, created_by=colleague, state="draft", text__title="Lamps")


def test_submitting_gives_a_receipt_and_tells_the_moderators(project, colleague, owner, editor, moderator):
    actions.submit(project, by=colleague)
    assert told() == [("project.received", "Colleague", "author"), ("project.received", "Owner", "owner"),
                      ("project.submitted", "Moderator", "moderator")]  # fmt: skip


def test_a_moderator_who_has_taken_it_is_the_only_one_told(project, colleague, moderator):
    other = UserFactory(name="Other moderator", moderator=True)
    assign_to(project, other, by=moderator)
    actions.submit(project, by=colleague)
    assert told("project.submitted") == [("project.submitted", "Other moderator", "moderator")]


def test_suspended_moderators_and_owners_hear_nothing(project, colleague, suspended):
    UserFactory(moderator=True, suspended=True)
    actions.submit(project, by=colleague)
    assert told() == [("project.received", "Colleague", "author")]


def test_a_return_reaches_the_authors_with_its_reason(project, colleague, owner, moderator):
    actions.submit(project, by=colleague)
    actions.return_(project, by=moderator, reason="Say what it cost.")
    assert told("project.returned") == [("project.returned", "Colleague", "author"), ("project.returned", "Owner", "owner")]


def test_publishing_reaches_everybody_once(colleague, owner, moderator, organisation):
    """Somebody who follows the organisation, a theme and a place hears of it once; so does an owner who follows."""
    theme, place = ThemeFactory(slug="energy"), MunicipalityFactory()
    project = ProjectFactory(organisation=organisation, created_by=colleague, state="submitted", published_at=None, themes=[theme],
                             municipalities=[place])  # fmt: skip
    follower = UserFactory(name="Follower")
    for person, noun in ((follower, theme), (follower, place), (follower, organisation), (owner, organisation), (moderator, theme)):
        follow(person, noun)
    actions.publish(project, by=moderator)
    assert told() == [("project.published", "Colleague", "author"), ("project.published", "Follower", "follow"),
                      ("project.published", "Owner", "owner")]  # fmt: skip


def test_followers_hear_of_the_first_publication_only(owner, organisation):
    project = ProjectFactory(organisation=organisation, state="draft", published_at="2025-01-01T08:00Z")
    follow(UserFactory(name="Follower"), organisation)
    actions.publish(project, by=owner)
    assert told() == []


def test_a_partner_who_follows_hears_of_being_asked_not_of_the_news_too(owner, organisation):
    project = ProjectFactory(organisation=organisation, state="draft", published_at=None)
    partner = PartnerFactory(project=project).organisation
    partners_owner = of(partner, "owner", name="Partner's owner")
    follow(partners_owner, organisation)
    actions.publish(project, by=owner)
    assert told() == [("partner.asked", "Partner's owner", "partner")]


def test_followers_who_may_not_see_it_hear_nothing(owner, organisation):
    project = ProjectFactory(organisation=organisation, state="draft", visibility="organisation", published_at=None)
    follow(UserFactory(), organisation)
    actions.publish(project, by=owner)
    assert told() == []


def test_hiding_reaches_the_authors_with_the_reason(moderator, colleague, organisation):
    project = ProjectFactory(organisation=organisation, created_by=colleague)
    actions.hide(project, by=moderator, reason="A name that should not stand there.")
    assert told() == [("project.hidden", "Colleague", "author")]


def test_archiving_reaches_the_partners_too(owner, editor, colleague, organisation):
    project = ProjectFactory(organisation=organisation, created_by=colleague)
    partner = PartnerFactory(project=project).organisation
    of(partner, "editor", name="Partner's editor")
    actions.archive(project, by=owner)
    assert told() == [("project.archived", "Colleague", "author"), ("project.archived", "Partner's editor", "partner")]


def test_withdrawing_what_waits_tells_the_moderators(owner, moderator, organisation):
    actions.withdraw(ProjectFactory(organisation=organisation, state="submitted"), by=owner)
    assert told() == [("project.withdrawn", "Moderator", "moderator")]


def test_an_author_who_has_left_hears_nothing(owner, organisation):
    project = ProjectFactory(organisation=organisation, created_by=UserFactory())
    MembershipFactory(organisation=organisation, role="editor")
    actions.withdraw(project, by=owner)
    assert told() == []


def test_what_is_brought_in_tells_nobody(owner, organisation, moderator):
    project = ProjectFactory(organisation=organisation, state="draft")
    of(PartnerFactory(project=project).organisation, "owner")
    actions.publish(project, by=moderator, silent=True)
    assert told() == []


# ---- what the author reads before it goes out


@pytest.mark.parametrize(
    ("part", "is_verified", "sentence"),
    [
        ("owner", True, "When you publish, it is on the portal at once."),
        ("owner", False, "Your organisation is not verified yet, so a moderator looks at the project"),
        ("colleague", True, "A moderator looks at the project before others can read it. An owner or editor"),
    ],
)
def test_the_page_says_what_will_happen(client, part, is_verified, sentence, organisation, colleague, request):
    project = ProjectFactory(organisation=organisation, state="draft", created_by=colleague)
    if not is_verified:
        type(organisation).objects.update(verified_at=None)
    client.force_login(request.getfixturevalue(part))
    assert sentence in client.get(project.get_absolute_url()).content.decode()
