"""Who reads agendas, minutes, decisions and action points: rule and queryset say the same (TC-14), and no word leaks (TC-15)."""

import pytest
from django.core.files.base import ContentFile

from events.enums import ItemState, MinutesState
from events.models import ActionPoint, AgendaItem, Decision, Event, Minutes
from events.rules import can_see_action_point, can_see_item, can_see_minutes
from records.actions import add_attachment
from tests.factories import ActionPointFactory, AgendaItemFactory, DecisionFactory, EventFactory, MinutesFactory
from tests.support.minutes import write

pytestmark = pytest.mark.django_db
CAST = ("nobody", "stranger", "colleague", "editor", "owner", "chair", "group_member", "moderator", "portal_editor", "suspended")
HOSTS = ("organisation", "group", "private group", "portal")
OUT = {"event": "draft", "hidden": "hidden"}


def event_of(host, organisation, group, **values):
    if host == "private group":
        type(group).objects.filter(pk=group.pk).update(visibility="private", joining="invitation")
        group.refresh_from_db()
        values.setdefault("visibility", "host")
    held_by = {"organisation": organisation if host == "organisation" else None, "group": group if "group" in host else None}
    return EventFactory(past=True, **held_by, **values)


def fresh(model):
    return model.objects.select_related("event__group")


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("part", CAST)
def test_rule_and_queryset_agree(host, part, organisation, group, chair, group_member, request):
    person = request.getfixturevalue(part)
    for state in ("published", "draft", "hidden", "cancelled"):
        for visibility in ("public", "members", "host"):
            event = event_of(host, organisation, group, state=state, visibility=visibility)
            for number, minutes in enumerate(MinutesState, 1):
                MinutesFactory(event=event, state=minutes, version=number)
            for item in ItemState:
                AgendaItemFactory(event=event, state=item)
            ActionPointFactory(event=event)
    for model, rule in ((Minutes, can_see_minutes), (AgendaItem, can_see_item), (ActionPoint, can_see_action_point)):
        by_queryset = set(model.objects.visible_to(person).values_list("pk", flat=True))
        assert by_queryset == {one.pk for one in fresh(model) if rule(person, one)}


READS = {  # of a public event: (minutes in force, drafts, action points) of an organisation's, a group's
    "nobody": (True, False, False), "stranger": (True, False, False), "suspended": (True, False, False),
    "moderator": (True, False, False), "portal_editor": (True, False, False),
}  # fmt: skip


@pytest.mark.parametrize("host", ["organisation", "group"])
@pytest.mark.parametrize("part", CAST)
def test_what_each_of_the_cast_reads(host, part, organisation, group, chair, group_member, request):
    person = request.getfixturevalue(part)
    event = event_of(host, organisation, group)
    approved, draft = MinutesFactory(event=event), MinutesFactory(event=event, version=2, draft=True)
    ActionPointFactory(event=event)
    seen = set(Minutes.objects.visible_to(person))
    belongs = part in (("colleague", "editor", "owner") if host == "organisation" else ("chair", "group_member"))
    assert (approved in seen, draft in seen, ActionPoint.objects.visible_to(person).exists()) == READS.get(part, (True, belongs, belongs))


def test_decisions_of_a_draft_are_its_readers_only(written, stranger, group_member):
    assert (Decision.objects.visible_to(stranger).count(), Decision.objects.visible_to(group_member).count()) == (0, 1)


def test_an_owner_who_left_a_private_group_reads_nothing_more(organisation, group, group_member):
    event = event_of("private group", organisation, group)
    ActionPointFactory(event=event, owner=group_member)
    group_member.group_memberships.all().delete()
    assert not ActionPoint.objects.visible_to(group_member).exists()


CANARY = "Quokkabird"


@pytest.fixture
def canary(group, chair, group_member):
    """A meeting of a private group with the word in its agenda, a file, minutes, a decision and an action point."""
    type(group).objects.filter(pk=group.pk).update(visibility="private", joining="invitation")
    event = EventFactory(organisation=None, group=group, past=True, slug="the-meeting", visibility="host")
    item = AgendaItemFactory(event=event, title=CANARY, text=CANARY)
    AgendaItemFactory(event=event, title=CANARY, proposed=True)
    add_attachment(item, ContentFile(CANARY.encode(), name="hidden.txt"), by=None)
    minutes = MinutesFactory(event=event, remarks=CANARY)
    minutes.points.create(title=CANARY, text=CANARY)
    minutes.attendees.create(name=CANARY, organisation_name=CANARY)
    DecisionFactory(minutes=minutes, text=f"We keep the {CANARY}", dissent=CANARY)
    minutes.agreed.create(text=CANARY, owner_name=CANARY)
    ActionPointFactory(event=event, owner=group_member, text=CANARY)
    return event


def tellers(client, event):
    group = f"/en/working-groups/{event.group.slug}/"
    paths = ["/en/", "/en/events/", "/en/events/?when=past", "/en/events/decisions/", "/en/events/decisions/?q=quokkabird",
             "/en/events/decisions.csv",
             "/en/events/feed/", "/en/events/calendar.ics", "/en/events/the-meeting/", "/en/events/the-meeting/agenda/",
             "/en/events/the-meeting/minutes/", "/en/events/the-meeting/minutes/1/", "/en/events/the-meeting/minutes/edit/",
             "/en/search/?q=quokkabird", "/en/search/?q=keep&kind=decisions", "/en/working-groups/", f"{group}", f"{group}meetings/",
             f"{group}decisions/", f"{group}decisions.csv", f"{group}action-points/", "/sitemap-minutes-1.xml", "/sitemap-events-1.xml",
             "/en/events/action-points/", "/en/desk/", event.agenda.first().attachments.get().get_absolute_url()]  # fmt: skip
    needle = CANARY.lower()
    return {path for path in paths if needle in client.get(path).getvalue().decode(errors="replace").lower().replace("q=quokkabird", "")}


def test_tc15_the_word_is_told_to_members_of_the_group(client, canary, group_member):
    client.force_login(group_member)
    told = tellers(client, canary)
    assert {"/en/events/the-meeting/agenda/", "/en/events/the-meeting/minutes/", "/en/events/decisions/", "/en/events/decisions.csv",
            "/en/search/?q=keep&kind=decisions", "/en/events/action-points/"} <= told  # fmt: skip


@pytest.mark.parametrize("part", ["nobody", "stranger", "owner", "suspended", "portal_editor"])
def test_tc15_and_to_nobody_else(client, canary, part, request):
    person = request.getfixturevalue(part)
    if person.is_authenticated:
        client.force_login(person)
    told = {path for path in tellers(client, canary) if "?q=" not in path}
    assert told == set()


@pytest.mark.parametrize("part", ["nobody", "stranger"])
def test_tc15_the_search_says_no_number_of_it(client, canary, part, request):
    person = request.getfixturevalue(part)
    if person.is_authenticated:
        client.force_login(person)
    assert [client.get(f"/en/search/?q=keep&kind={kind}").context["results"].total for kind in ("decisions", "events")] == [0, 0]


def test_tc15_a_draft_is_told_to_nobody_outside(client, draft, chair, stranger):
    write(draft, by=chair, decisions=(CANARY,), agreed=(CANARY,), remarks=CANARY)
    client.force_login(stranger)
    paths = ["/en/events/decisions/", "/en/events/decisions.csv", "/en/search/?q=quokkabird&kind=decisions", "/en/events/the-meeting/",
             "/en/events/the-meeting/minutes/", f"/en/working-groups/{draft.event.group.slug}/decisions/"]  # fmt: skip
    assert [CANARY in client.get(path).content.decode().replace(f'value="{CANARY}"', "") for path in paths] == [False] * 6


def test_a_public_meeting_of_a_group_for_members_names_no_group_in_the_log(client, group):
    type(group).objects.filter(pk=group.pk).update(visibility="members")
    group.texts.update(name=f"{CANARY} group")
    DecisionFactory(minutes__event=EventFactory(organisation=None, group=group, past=True))
    assert [CANARY in client.get(path).content.decode() for path in ("/en/events/decisions/", "/en/events/decisions.csv")] == [False] * 2


def test_the_sitemap_lists_what_is_in_force_and_public(client):
    for values in ({"slug": "open"}, {"slug": "closed", "visibility": "members"}):
        MinutesFactory(event=EventFactory(past=True, **values))
    MinutesFactory(event=EventFactory(past=True, slug="begun"), draft=True)
    listed = client.get("/sitemap-minutes-1.xml").content.decode()
    assert ["/en/events/open/minutes/" in listed, "closed" in listed, "begun" in listed] == [True, False, False]


def test_events_of_the_host_s_drafts_are_the_rule_s_twin(organisation, group, colleague, chair, portal_editor, moderator):
    for host in ("organisation", "group", "portal"):
        event_of(host, organisation, group)
    for person, number in ((colleague, 1), (chair, 1), (portal_editor, 1), (moderator, 1)):
        by_rule = [event for event in Event.objects.select_related("group") if person.has_perm("events.read_drafts", event)]
        assert (len(by_rule), set(Event.objects.belonging_to(person))) == (number, set(by_rule))
