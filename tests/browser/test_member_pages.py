"""Every type of page of members, owners and moderators in a real browser: accessible in both schemes, as wide as the window.

As in test_pages.py, `new_page` adds that no page asks another site, breaks the policy or fails in a script.
"""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from members.models import Profile
from notifications.actions import follow
from organisations.models import JoinRequest
from portal.models import PersonalFile
from projects.enums import PartnerState
from projects.models import Partner
from tests.conftest import of
from tests.factories import (
    LessonFactory,
    MilestoneFactory,
    NotificationFactory,
    OrganisationFactory,
    PartnerFactory,
    ProjectFactory,
    QuestionFactory,
    ReportFactory,
    ResultFactory,
    ThemeFactory,
    UserFactory,
)
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Pages of an owner with something on each of them.
OWNER = {
    "desk": "desk/",
    "what is held on me": "accounts/privacy/",
    "delete my account": "accounts/privacy/leave/",
    "account settings": "accounts/settings/",
    "address": "accounts/email/",
    "password": "accounts/password/change/",
    "two steps": "accounts/2fa/",
    "sessions": "accounts/sessions/",
    "notifications": "notifications/",
    "choices": "notifications/settings/",
    "follows": "notifications/follows/",
    "digest": "digest/",
    "what would stand in it": "digest/preview/",
    "people": "people/",
    "person": "people/olga-owner/",
    "my profile": "people/me/",
    "my organisations": "organisations/mine/",
    "members": "organisations/lejre-kommune/members/",
    "organisation's form": "organisations/lejre-kommune/edit/",
    "propose": "organisations/propose/",
    "join": "organisations/join/?q=kommune",
    "ask to join": "organisations/elsewhere-kommune/ask/",
    "new project": "projects/new/",
    "basics": "projects/own-project/edit/",
    "where": "projects/own-project/edit/where/",
    "partners": "projects/own-project/edit/partners/",
    "story": "projects/own-project/edit/story/",
    "check": "projects/own-project/edit/check/",
    "preview": "projects/own-project/preview/",
    "versions": "projects/own-project/versions/",
    "history": "projects/own-project/history/",
    "project with a partner's answer": "projects/other-project/",
    "questions": "projects/other-project/questions/",
    "ask": "projects/other-project/ask/",
    "report": "report/project/{other}/",
}
NOBODY = {
    "sign up": "accounts/signup/",
    "sign in, and why": "accounts/login/?next=/en/desk/",
    "code": "accounts/login/code/",
    "project to a visitor": "projects/other-project/",
    "ask as a visitor": "projects/other-project/ask/",
}
NEW = {"desk of somebody new": "desk/", "join without an organisation": "organisations/join/", "new project without one": "projects/new/"}
MODERATOR = {"desk of a moderator": "desk/"}
LOOKS = [("light", 1280, "en"), ("dark", 360, "da"), ("light", 360, "sv"), ("dark", 1280, "sv")]


@pytest.fixture
def site(live_site, organisation):
    """An owner with something on every page, somebody new and a moderator."""
    owner = of(organisation, "owner", name="Olga Owner", email="olga@lejre.example", language="da")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    profile = {"slug": "olga-owner", "listed_to": "everybody", "about_to": "everybody", "headline": "Lamps and paths", "about": "Call me."}
    Profile.objects.update_or_create(user=owner, defaults=profile)
    energy = ThemeFactory(slug="energy")
    own = ProjectFactory(organisation=organisation, slug="own-project", state="returned", state_reason="One number is missing",
                         created_by=owner, themes=[energy], text__title="Lamps that dim")  # fmt: skip
    for factory in (ResultFactory, LessonFactory, MilestoneFactory):
        factory(project=own)
    other = ProjectFactory(slug="other-project", organisation=OrganisationFactory(name="Elsewhere Kommune", slug="elsewhere-kommune"),
                           text__title="Rain that waits", themes=[energy])  # fmt: skip
    partner = PartnerFactory(project=other, organisation=organisation)
    Partner.objects.filter(pk=partner.pk).update(state=PartnerState.ASKED)
    QuestionFactory(target=other)
    JoinRequest.objects.create(organisation=organisation, user=UserFactory(name="Jo Joins"), note="I work there")
    follow(owner, other)
    NotificationFactory(user=owner, entry__target=own, entry__note="One number is missing")
    ReportFactory(target=other)
    PersonalFile.objects.create(user=owner, language="da", asked_at=timezone.now())
    moderator = UserFactory(name="Mads Moderator")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    people = {"owner": owner, "new": UserFactory(name="Nina New"), "moderator": moderator}
    return live_site, people, {"other": other.pk}


@pytest.fixture
def walk(site, new_page, client):
    """Returns a function: pages of a person by name → what is wrong with each of them."""
    address, people, keys = site

    def go(person, pages, scheme, width, language):
        page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        if person:
            client.force_login(people[person])
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
            page.context.add_cookies([cookie])
        found = {}
        for name, path in pages.items():
            answer = page.goto(f"{address}/{language}/{path.format(**keys)}")
            found[name] = (answer.status, page.locator("h1").count(), violations(page), sideways(page))
        return {name: seen for name, seen in found.items() if seen != (200, 1, [], 0)}

    return go


@pytest.mark.parametrize(("scheme", "width", "language"), LOOKS)
def test_members_pages_are_accessible_and_fit(walk, scheme, width, language):
    wrong = walk("owner", OWNER, scheme, width, language)
    wrong |= walk("", NOBODY, scheme, width, language)
    wrong |= walk("new", NEW, scheme, width, language)
    wrong |= walk("moderator", MODERATOR, scheme, width, language)
    assert wrong == {}


def test_moderators_pages_are_accessible(site, new_page, client):
    """What is ours within the administration's frame."""
    address, people, keys = site
    page = new_page()
    client.force_login(people["moderator"])
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    found = {}
    for path in ("waiting/", "projects/", "organisations/", "members/", f"history/project/{keys['other']}/"):
        answer = page.goto(f"{address}/cms/{path}")
        found[path] = (answer.status, violations(page, within="main"))
    assert {path: seen for path, seen in found.items() if seen != (200, [])} == {}
