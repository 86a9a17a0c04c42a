"""Who sees an event: the rule and the queryset say the same for each of the cast, host, state and visibility (TC-14, TC-15)."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.urls import reverse

from events.actions import new_key
from events.calendars import own_address
from events.enums import State, Visibility
from events.models import Event
from events.rules import can_see_event
from records.actions import add_attachment
from tests.factories import EventFactory, RegistrationFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db
EVERYTHING = list(itertools.product(State, Visibility))
READABLE = (State.PUBLISHED, State.CANCELLED)
PUBLIC = {(state, Visibility.PUBLIC) for state in READABLE}
FOR_MEMBERS = PUBLIC | {(state, Visibility.MEMBERS) for state in READABLE}
NO_DRAFTS = {(state, visibility) for state, visibility in EVERYTHING if state != State.DRAFT}
ALL = set(EVERYTHING)

#: What each sees of an organisation's, of a public group's, of a private group's, and of the portal's own.
SEES = {
    "nobody": (PUBLIC, PUBLIC, set(), PUBLIC),
    "stranger": (FOR_MEMBERS, FOR_MEMBERS, set(), FOR_MEMBERS),
    "colleague": (ALL, FOR_MEMBERS, set(), FOR_MEMBERS),
    "owner": (ALL, FOR_MEMBERS, set(), FOR_MEMBERS),
    "chair": (FOR_MEMBERS, ALL, ALL, FOR_MEMBERS),
    "group_member": (FOR_MEMBERS, ALL, ALL, FOR_MEMBERS),
    "moderator": (NO_DRAFTS, NO_DRAFTS, NO_DRAFTS, ALL),
    "portal_editor": (FOR_MEMBERS, FOR_MEMBERS, set(), FOR_MEMBERS),
    "suspended": (PUBLIC, PUBLIC, set(), PUBLIC),
}


def seen_by(person, **host):
    """(by the queryset, by the rule) of one event in every state and visibility."""
    made = [EventFactory(state=state, visibility=visibility, **host) for state, visibility in EVERYTHING]
    fresh = Event.objects.select_related("group").in_bulk([event.pk for event in made]).values()
    by_queryset = {(event.state, event.visibility) for event in Event.objects.visible_to(person)}
    by_rule = {(event.state, event.visibility) for event in fresh if can_see_event(person, event)}
    return by_queryset, by_rule


@pytest.mark.parametrize("part", SEES)
def test_of_an_organisation(part, organisation, chair, group_member, request):
    wanted = SEES[part][0]
    assert seen_by(request.getfixturevalue(part), organisation=organisation) == (wanted, wanted)


@pytest.mark.parametrize("part", SEES)
@pytest.mark.parametrize("visibility", ["public", "private"])
def test_of_a_group(part, visibility, group, chair, group_member, request):
    if visibility == "private":
        type(group).objects.filter(pk=group.pk).update(visibility="private", joining="invitation")
        group.refresh_from_db()
    wanted = SEES[part][1 if visibility == "public" else 2]
    assert seen_by(request.getfixturevalue(part), organisation=None, group=group) == (wanted, wanted)


@pytest.mark.parametrize("part", SEES)
def test_of_the_portal(part, chair, group_member, request):
    wanted = SEES[part][3]
    assert seen_by(request.getfixturevalue(part), organisation=None) == (wanted, wanted)


def test_the_author_sees_the_portals_draft(portal_editor):
    event = EventFactory(organisation=None, created_by=portal_editor, state="draft")
    assert (list(Event.objects.visible_to(portal_editor)), can_see_event(portal_editor, event)) == ([event], True)


CANARY = "Quokkabird"
HIDDEN = {
    "draft": {"state": "draft"},
    "hidden": {"state": "hidden"},
    "for members": {"visibility": "members"},
    "of its host": {"visibility": "host"},
}


@pytest.fixture
def canary(organisation):
    """An event with the word in each of its texts, on a theme that is public, with somebody registered and a file."""
    theme = ThemeFactory(slug="shared-theme")
    words = {f"text__{name}": f"{CANARY} {name}" for name in ("title", "summary", "description")}
    event = EventFactory(organisation=organisation, slug="the-hidden-one", place=CANARY, themes=[theme], **words)
    event.tags.add(f"{CANARY} nest")
    add_attachment(event, ContentFile(CANARY.encode(), name="hidden.txt"), by=None)
    return event


def tellers(client, event):
    names = ("events:list", "events:month", "events:feed", "events:calendar", "search:results", "organisations:list", "editorial:themes")
    paths = [reverse(name) for name in names]
    paths += ["/en/events/?theme=shared-theme", "/en/events/?when=past", "/en/search/?q=quokkabrid", "/en/search/?q=shared",
              "/sitemap-events-1.xml", "/en/", "/en/themes/shared-theme/", event.organisation.get_absolute_url(),
              event.get_absolute_url(), f"{event.get_absolute_url()}calendar.ics", f"{event.get_absolute_url()}participants/",
              event.attachments.get().get_absolute_url()]  # fmt: skip
    return [path for path in paths if CANARY in client.get(path).getvalue().decode(errors="replace").replace("quokkabird", CANARY)]


def test_tc15_the_word_is_told_while_it_is_public(client, canary):
    found = set(tellers(client, canary))
    assert {"/en/events/", "/en/events/calendar.ics", "/en/events/feed/", "/en/themes/shared-theme/", canary.get_absolute_url()} <= found


@pytest.mark.parametrize("case", HIDDEN)
@pytest.mark.parametrize("part", ["nobody", "stranger", "suspended"])
def test_tc15_a_word_that_is_not_for_others(client, canary, case, part, request):
    Event.objects.filter(pk=canary.pk).update(**HIDDEN[case])
    person = request.getfixturevalue(part)
    if person.is_authenticated:
        client.force_login(person)
    told = tellers(client, canary)
    is_for_this_one = case == "for members" and part == "stranger"
    assert bool(told) == is_for_this_one


def test_tc15_a_private_group_is_not_told_by_its_meetings(client, group, chair, stranger):
    type(group).objects.filter(pk=group.pk).update(visibility="private", joining="invitation")
    EventFactory(organisation=None, group=group, text__title=CANARY)  # as public as a mistake could make it
    for person in (AnonymousUser(), stranger):
        if person.is_authenticated:
            client.force_login(person)
        told = [
            client.get(path).content.decode()
            for path in ("/en/events/", "/en/events/calendar.ics", "/en/events/feed/", "/en/events/month/")
        ]
        assert [CANARY in text for text in told] == [False] * 4


def test_tc15_a_group_for_members_is_not_named_on_a_public_meeting(client, group, chair):
    type(group).objects.filter(pk=group.pk).update(visibility="members")
    group.texts.update(name=f"{CANARY} group")
    event = EventFactory(organisation=None, group=group)
    paths = (
        "/en/events/",
        "/en/events/calendar.ics",
        "/en/events/feed/",
        event.get_absolute_url(),
        f"{event.get_absolute_url()}calendar.ics",
    )
    assert [CANARY in client.get(path).content.decode() for path in paths] == [False] * 5
    client.force_login(UserFactory())
    Event.objects.filter(pk=event.pk).update(visibility="members")
    assert [CANARY in client.get(path).content.decode() for path in paths] == [True] * 5


def test_tc15_who_left_has_no_more_of_it_in_the_calendar(client, organisation, colleague):
    event = EventFactory(organisation=organisation, visibility="host", text__title=CANARY)
    RegistrationFactory(event=event, user=colleague)
    new_key(colleague)
    address = own_address(colleague).replace("http://localhost:8000", "")
    before = CANARY in client.get(address).content.decode()
    colleague.memberships.all().delete()
    assert (before, CANARY in client.get(address).content.decode()) == (True, False)
