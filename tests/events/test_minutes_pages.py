"""Agenda, minutes, decisions and action points as people meet them: what stands on the pages, and what becomes of what they type."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events import actions
from events.content import base_of, content_of
from events.models import ActionPoint, Event, Minutes
from notifications.models import OutboxEntry
from tests.factories import (
    ActionPointFactory,
    AgendaItemFactory,
    DecisionFactory,
    EventFactory,
    GroupMembershipFactory,
    MinutesFactory,
    OrganisationFactory,
    RegistrationFactory,
)
from tests.support.minutes import form_data, write

pytestmark = pytest.mark.django_db
AGENDA, MINUTES = "/en/events/the-meeting/agenda/", "/en/events/the-meeting/minutes/"


@pytest.fixture
def as_chair(client, chair):
    client.force_login(chair)
    return client


def text_of(client, address):
    return client.get(address).content.decode()


# ---- agenda


def test_an_item_is_put_on_the_agenda_changed_and_moved(as_chair, meeting):
    as_chair.post(f"{AGENDA}add/", {"item-title": "Bats", "item-length": "15", "item-text": "Lund has measured."})
    item = meeting.agenda.get(title="Bats")
    as_chair.post(f"{AGENDA}{item.pk}/edit/", {"title": "Bats by the lake", "length": "20", "revision": "0"})
    as_chair.post(f"{AGENDA}{item.pk}/up/")
    assert list(meeting.agenda.values_list("title", flat=True)) == ["The numbers", "Bats by the lake", "One method"]
    assert meeting.agenda.get(pk=item.pk).length == 20


def test_an_item_that_is_wrong_keeps_what_was_typed(as_chair, meeting):
    page = as_chair.post(f"{AGENDA}add/", {"item-title": "—", "item-text": "Typed with care"}).content.decode()
    assert ("Typed with care" in page, "id_item-title_error" in page, meeting.agenda.count()) == (True, True, 2)


def test_whoever_saves_an_item_second_sees_both(as_chair, meeting, chair):
    item = meeting.agenda.first()
    actions.change_item(item, by=chair, title="Theirs")
    typed = {"title": "Mine", "length": "", "text": "", "revision": "0"}
    page = as_chair.post(f"{AGENDA}{item.pk}/edit/", typed).content.decode()
    assert ("Theirs" in page, "Mine" in page, meeting.agenda.first().title) == (True, True, "Theirs")
    as_chair.post(f"{AGENDA}{item.pk}/edit/", typed | {"revision": "1"})
    assert meeting.agenda.first().title == "Mine"


def test_the_agenda_says_when_whose_turn_is(client, meeting):
    meeting.agenda.filter(title="The numbers").update(length=35)
    Event.objects.filter(pk=meeting.pk).update(starts_at="2026-11-02T09:00Z")
    page = client.get(AGENDA).context["page"]
    assert [line.at for line in page.lines] == ["10:00", "10:35"]


def test_a_member_proposes_and_only_the_host_reads_it(client, group, chair, group_member, stranger):
    event = EventFactory(organisation=None, group=group, slug="to-come")
    client.force_login(group_member)
    client.post("/en/events/to-come/agenda/propose/", {"proposal-title": "Quokka"})
    seen = []
    for person in (group_member, chair, stranger, None):
        client.logout()
        if person:
            client.force_login(person)
        seen.append("Quokka" in text_of(client, "/en/events/to-come/agenda/"))
    assert (event.agenda.get().state, seen) == ("proposed", [True, True, False, False])


def test_nobody_takes_back_somebody_else_s_proposal(client, group, chair, group_member):
    item = AgendaItemFactory(event=EventFactory(organisation=None, group=group, slug="to-come"), proposed=True)
    client.force_login(group_member)
    assert client.post(f"/en/events/to-come/agenda/{item.pk}/remove/").status_code == 403


def test_a_file_of_an_item_stays_once_the_group_is_closed(as_chair, meeting, group):
    item = meeting.agenda.first()
    as_chair.post(f"{AGENDA}{item.pk}/material/", {"file": SimpleUploadedFile("numbers.csv", b"a;b\n1;2"), "title": "Numbers"})
    address = f"{AGENDA}{item.pk}/material/{item.attachments.get().uuid}/remove/"
    group.state = "archived"
    group.save()
    as_chair.post(address)
    assert item.attachments.count() == 1
    group.state = "published"
    group.save()
    as_chair.post(address)
    assert item.attachments.count() == 0


def test_a_file_of_an_item_is_read_by_whoever_reads_the_agenda(as_chair, meeting, client, stranger):
    item = meeting.agenda.first()
    as_chair.post(f"{AGENDA}{item.pk}/material/", {"file": SimpleUploadedFile("numbers.csv", b"a;b\n1;2"), "title": "Numbers"})
    address = item.attachments.get().get_absolute_url()
    client.force_login(stranger)
    assert (client.get(address).status_code, "Numbers" in text_of(client, AGENDA)) == (200, True)
    Event.objects.filter(pk=meeting.pk).update(visibility="host")
    assert client.get(address).status_code == 404


def test_the_host_names_who_writes_the_minutes(as_chair, meeting, group_member, stranger):
    as_chair.post(f"{AGENDA}taker/", {"taker": group_member.pk})
    assert Event.objects.get(pk=meeting.pk).minute_taker == group_member
    as_chair.post(f"{AGENDA}taker/", {"taker": stranger.pk})
    assert Event.objects.get(pk=meeting.pk).minute_taker == group_member


# ---- writing minutes


def test_begun_from_the_page(as_chair, meeting):
    answer = as_chair.post(f"{MINUTES}start/")
    assert (answer["Location"], Minutes.objects.get().points.count()) == (f"{MINUTES}edit/", 2)


def test_what_the_form_shows_comes_back_unchanged(as_chair, written):
    before = content_of(written)
    as_chair.post(f"{MINUTES}edit/", form_data(written))
    assert content_of(written) == before


def test_a_point_a_decision_and_an_action_by_the_form(as_chair, draft, chair):
    data = form_data(draft)
    data |= {"points-0-text": "Nine **winters**.", "decisions-0-text": "We count.", "decisions-0-point": data["points-0-key"]}
    data |= {"agreed-0-text": "Send them", "agreed-0-owner": chair.pk, "agreed-0-due_on": "2027-01-15"}
    answer = as_chair.post(f"{MINUTES}edit/", data)
    page = text_of(as_chair, answer["Location"])
    assert ("<strong>winters</strong>" in page, draft.decisions.get().point.title) == (True, "The numbers")
    assert str(draft.agreed.get().due_on) == "2027-01-15"


def test_the_same_form_sent_twice_is_one(as_chair, draft):
    data = form_data(draft, **{"decisions-0-text": "We count.", "agreed-0-text": "Send them"})
    for _time in range(2):
        as_chair.post(f"{MINUTES}save/", data)
    assert (draft.decisions.count(), draft.agreed.count()) == (1, 1)


def test_saved_while_it_is_typed_and_the_next_save_knows(as_chair, draft):
    first = as_chair.post(f"{MINUTES}save/", form_data(draft, **{"points-0-text": "One."})).json()
    second = as_chair.post(f"{MINUTES}save/", form_data(draft, **{"points-0-text": "One two."}) | {"base": first["base"]}).json()
    assert (first["state"], second["state"], second["said"], content_of(draft)["points"][0]["text"]) == ("saved", "saved", "", "One two.")


def test_what_is_not_valid_stays_and_the_rest_is_saved(as_chair, draft):
    data = form_data(draft, **{"points-0-text": "Kept.", "agreed-0-text": "Send them", "agreed-0-due_on": "soon"})
    answer = as_chair.post(f"{MINUTES}edit/", data)
    page = answer.content.decode()
    assert (answer.status_code, "Send them" in page, 'value="soon"' in page, draft.agreed.count()) == (200, True, True, 0)
    assert content_of(draft)["points"][0]["text"] == "Kept."


def test_two_who_write_the_same_are_shown_both(as_chair, draft, group_member):
    mine = form_data(draft, **{"points-0-text": "Mine."})
    actions.save_minutes(draft, by=group_member, typed=changed_point(draft, "Theirs."), base=base_of(content_of(draft)))
    answer = as_chair.post(f"{MINUTES}edit/", mine)
    page = answer.content.decode()
    assert (answer.status_code, "Mine." in page, "Theirs." in page) == (409, True, True)
    as_chair.post(f"{MINUTES}edit/", mine | {"base": answer.context["form"].base})
    assert content_of(draft)["points"][0]["text"] == "Mine."


def changed_point(draft, words):
    content = content_of(draft)
    content["points"][0]["text"] = words
    return content


def test_the_script_hears_of_somebody_else(as_chair, draft, chair):
    mine = form_data(draft, remarks="Mine.")
    Minutes.objects.filter(pk=draft.pk).update(remarks="Theirs.")
    said = as_chair.post(f"{MINUTES}save/", mine).json()
    assert (said["state"], bool(said["said"]), Minutes.objects.get().remarks) == ("kept", True, "Theirs.")


def test_typed_while_somebody_approves_stays_in_the_form(as_chair, written, chair):
    mine = form_data(written, remarks="Typed with care")
    Minutes.objects.filter(pk=written.pk).update(revision=9)
    actions.approve_minutes(written, by=chair, revision=9)
    assert as_chair.post(f"{MINUTES}edit/", mine).status_code == 404  # the script keeps it in the browser; nothing is overwritten
    assert Minutes.objects.get().remarks == ""


def test_one_row_more_without_a_script(as_chair, draft):
    page = as_chair.post(f"{MINUTES}edit/", form_data(draft, add="decisions")).content.decode()
    assert ('name="decisions-TOTAL_FORMS" value="2"' in page, 'name="decisions-1-text"' in page) == (True, True)


def test_a_form_that_arrives_in_pieces_takes_nothing_out(as_chair, written):
    before = content_of(written)
    for pieces in ({"base": form_data(written)["base"]}, {}):
        assert as_chair.post(f"{MINUTES}edit/", pieces).status_code == 200
    assert content_of(written) == before


HOSTILE = {
    "a NUL": {"remarks": "a\x00b"},
    "a broken base": {"base": '{"remarks": 1, "x": [[[', "remarks": "x"},
    "a base that is no mapping": {"base": "[1, 2]", "remarks": "x"},
    "a key that is none": {"points-0-key": "nonsense"},
    "a huge number of rows": {"people-TOTAL_FORMS": "999999999"},
    "a number that is none": {"people-TOTAL_FORMS": "x"},
    "a language that is none": {"language": "tlh"},
    "somebody who is not there": {"agreed-0-text": "Do it", "agreed-0-owner": "999999999"},
    "an organisation that is not there": {"people-0-organisation": "9" * 30},
    "an owner beyond the column": {"agreed-0-text": "Do it", "agreed-0-owner": "9" * 40},
    "a date beyond the calendar": {"agreed-0-text": "Do it", "agreed-0-due_on": "9999-99-99"},
    "a year of nobody's": {"agreed-0-text": "Do it", "agreed-0-due_on": "0001-01-01"},
    "300 kB": {"remarks": "x" * 300_000},
    "emoji": {"remarks": "👩‍🚒" * 10},
    "half a letter": {"remarks": "\ud800"},
    "a token that is none": {"token": "\u202e"},
    "a row to add that is none": {"add": "everything"},
}


@pytest.mark.parametrize("case", HOSTILE)
def test_tc23_whatever_is_sent_breaks_nothing(as_chair, written, case):
    before = content_of(written)
    data = {
        name: str(value).encode("utf-8", "surrogatepass")
        for name, value in (form_data(written) | HOSTILE[case]).items()
        if not isinstance(value, list)
    }
    statuses = [as_chair.post(f"{MINUTES}{door}/", data).status_code for door in ("save", "edit")]
    assert max(statuses) < 500
    assert len(content_of(written)["people"]) == len(before["people"])


def test_tc21_a_form_names_no_strangers_and_sets_no_states(as_chair, written, stranger):
    data = form_data(
        written, state="approved", version="9", **{"people-0-user": stranger.pk, "decisions-0-number": "1", "decisions-0-year": "2026"}
    )
    as_chair.post(f"{MINUTES}edit/", data)
    minutes = Minutes.objects.get()
    assert (minutes.state, minutes.version, minutes.decisions.get().number) == ("draft", 1, None)
    assert not minutes.attendees.filter(user=stranger).exists()


def test_a_key_of_another_meeting_s_action_is_no_way_to_it(as_chair, approved, group, chair):
    other = EventFactory(organisation=None, group=group, past=True, slug="other")
    RegistrationFactory(event=other, user=chair)
    AgendaItemFactory(event=other)
    draft = write(actions.start_minutes(other, by=chair), by=chair)
    actions.approve_minutes(draft, by=chair, revision=draft.revision)
    assert ActionPoint.objects.values("key").distinct().count() == 1 and ActionPoint.objects.count() == 2


# ---- reading


def test_approval_and_correction_by_the_pages(as_chair, written):
    page = text_of(as_chair, f"{MINUTES}1/")
    assert f'name="revision" value="{written.revision}"' in page
    as_chair.post(f"{MINUTES}approve/", {"revision": written.revision})
    as_chair.post(f"{MINUTES}correct/", {"reason": "A wrong number."})
    as_chair.post(f"{MINUTES}edit/", form_data(Minutes.objects.get(version=2), remarks="Right now."))
    as_chair.post(f"{MINUTES}approve/", {"revision": Minutes.objects.get(version=2).revision})
    page = text_of(as_chair, MINUTES)
    assert ("Right now." in page, "A wrong number." in page, "Version 2" in page) == (True, True, True)


def test_what_was_changed_since_it_was_read_is_not_approved(as_chair, written):
    as_chair.post(f"{MINUTES}approve/", {"revision": written.revision - 1})
    as_chair.post(f"{MINUTES}approve/", {"revision": "x" * 40})
    assert Minutes.objects.get().state == "draft"


def test_visitors_read_which_organisations_came_and_members_who(client, approved, stranger):
    approved.attendees.filter(name="Group member").update(organisation_name="Ystads kommun")
    visitor = text_of(client, MINUTES)
    client.force_login(stranger)
    member = text_of(client, MINUTES)
    assert ["Group member" in page for page in (visitor, member)] == [False, True]
    assert ["Ystads kommun" in page for page in (visitor, member)] == [True, True]


def test_an_erased_member_was_there_without_a_name(client, approved, stranger):
    approved.attendees.filter(name="Group member").update(name="")
    client.force_login(stranger)
    assert "Former member" in text_of(client, MINUTES)


@pytest.mark.parametrize(
    ("part", "status"), [("nobody", 404), ("stranger", 404), ("group_member", 200), ("chair", 200), ("moderator", 404)]
)
def test_a_draft_is_for_the_members_of_the_host(client, written, part, status, request):
    person = request.getfixturevalue(part)
    if person.is_authenticated:
        client.force_login(person)
    assert [client.get(address).status_code for address in (MINUTES, f"{MINUTES}1/")] == [status] * 2


def test_the_event_leads_to_agenda_and_minutes(client, approved):
    page = text_of(client, "/en/events/the-meeting/")
    assert (f'href="{AGENDA}"' in page, f'href="{MINUTES}"' in page, "The numbers" in page) == (True, True, True)


# ---- the log


def log(client, query=""):
    return [one.text for one, _event, _host in client.get(f"/en/events/decisions/{query}").context["log"].lines]


@pytest.fixture
def decided(db):
    """Two decisions that differ in everything one can ask for."""
    first = DecisionFactory(text="We count lamps.", minutes__event__slug="first", decided_on=timezone.localdate() - timedelta(days=800))
    second = DecisionFactory(text="We dig up basins.", dissent="Too dear.")
    first.organisations.add(OrganisationFactory(slug="lund"))
    return first, second


def test_the_log_is_searched_and_narrowed(client, decided):
    first, _second = decided
    assert log(client) == ["We dig up basins.", "We count lamps."]
    for query in ("?q=lamp", f"?year={first.year}", "?organisation=lund", "?q=-basins+count"):
        assert log(client, query) == ["We count lamps."]
    assert log(client, "?year=1200&organisation=x&group=y&page=9") == ["We dig up basins.", "We count lamps."]


def test_the_log_as_a_file(client, decided):
    type(decided[1]).objects.filter(pk=decided[1].pk).update(text="=HYPERLINK(1)")
    lines = client.get("/en/events/decisions.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Number,Date,Meeting,Held by,Decision,Organisations,Dissent,Address"
    assert "'=HYPERLINK(1)" in lines[1] and len(lines) == 3


def test_what_is_corrected_stands_in_the_log_once(client, approved, as_chair):
    actions.correct_minutes(approved.event, by=None, reason="A mistake.")
    assert log(client) == ["We count kWh per lit kilometre."]


def test_the_group_s_own_log_and_meetings(client, approved, decided):
    base = f"/en/working-groups/{approved.event.group.slug}"
    assert [one.text for one, _event, _host in client.get(f"{base}/decisions/").context["log"].lines] == ["We count kWh per lit kilometre."]
    page = text_of(client, f"{base}/meetings/")
    assert ("Nine winters" in page, AGENDA in page, MINUTES in page) == (True, True, True)
    assert "We count kWh" in text_of(client, f"{base}/")


def test_found_by_the_search(client, approved):
    assert "kWh" in text_of(client, "/en/search/?q=kilometre&kind=decisions")


# ---- action points


def test_done_and_opened_again_by_the_page(as_chair, approved, client):
    point = ActionPoint.objects.get()
    page = text_of(as_chair, "/en/events/action-points/")
    assert f'action="/en/events/action-points/{point.pk}/finish/"' in page
    as_chair.post(f"/en/events/action-points/{point.pk}/finish/", {"note": "Sent."})
    assert "Sent." in text_of(as_chair, "/en/events/action-points/?show=done")
    as_chair.post(f"/en/events/action-points/{point.pk}/reopen/")
    point.refresh_from_db()
    assert point.state == "open"


def test_the_chair_gives_it_to_somebody_else(as_chair, approved, group_member, stranger):
    point = ActionPoint.objects.get()
    address = f"/en/events/action-points/{point.pk}/assign/"
    as_chair.post(address, {"owner": group_member.pk, "due_on": "2027-02-01", "revision": point.revision})
    as_chair.post(address, {"owner": stranger.pk, "revision": point.revision + 1})
    as_chair.post(address, {"owner": "", "owner_name": "Late", "revision": point.revision})
    point.refresh_from_db()
    assert (point.owner, str(point.due_on)) == (group_member, "2027-02-01")


def test_tc17_after_it_nobody_is_led_elsewhere(as_chair, approved):
    answer = as_chair.post(f"/en/events/action-points/{ActionPoint.objects.get().pk}/finish/", {"next": "//evil.example/x"})
    assert answer["Location"].startswith("/en/events/action-points/")


def test_the_group_s_list_is_for_its_members(client, approved, group_member, stranger):
    seen = []
    for person in (group_member, stranger):
        client.force_login(person)
        seen.append(client.get(f"/en/working-groups/{approved.event.group.slug}/action-points/").status_code)
    assert seen == [200, 403]


def test_the_desk_says_what_is_due_and_what_waits_for_approval(as_chair, meeting, written, chair):
    ActionPointFactory(event=meeting, owner=chair, text="Send the numbers soon", due_on=timezone.localdate() + timedelta(days=2))
    ActionPointFactory(event=meeting, owner=chair, text="Some day", due_on=timezone.localdate() + timedelta(days=200))
    page = text_of(as_chair, "/en/desk/")
    assert ("Send the numbers soon" in page, "Some day" in page, "The minutes are a draft" in page) == (True, False, True)


# ---- how much is asked of the database


def test_an_agenda_asks_as_much_for_one_as_for_thirty(same_queries, as_chair, meeting):
    assert same_queries(AGENDA, lambda: AgendaItemFactory(event=meeting, proposed=True)) <= 20


def test_minutes_ask_as_much_for_one_decision_as_for_thirty(same_queries, as_chair, approved):
    assert same_queries(MINUTES, lambda: DecisionFactory(minutes=approved)) <= 20


def test_writing_asks_as_much_for_one_decision_as_for_thirty(same_queries, as_chair, draft):
    assert same_queries(f"{MINUTES}edit/", lambda: DecisionFactory(minutes=draft, year=None, number=None, is_in_force=False)) <= 20


def of_a_group(group):
    decision = DecisionFactory(minutes__event=EventFactory(organisation=None, group=group, past=True))
    decision.organisations.add(OrganisationFactory())
    AgendaItemFactory(event=decision.minutes.event)


@pytest.mark.parametrize("address", ["/en/events/decisions/", "/en/working-groups/{}/decisions/", "/en/working-groups/{}/meetings/",
                                     "/en/events/decisions.csv", "/en/working-groups/{}/"])  # fmt: skip
def test_a_list_asks_as_much_for_one_as_for_thirty(same_queries, client, group, stranger, address):
    client.force_login(stranger)
    assert same_queries(address.format(group.slug), lambda: of_a_group(group)) <= 20


@pytest.mark.parametrize("address", ["/en/events/action-points/", "/en/working-groups/{}/action-points/"])
def test_action_points_ask_as_much_for_one_as_for_thirty(same_queries, as_chair, group, chair, address):
    def add():
        ActionPointFactory(event=EventFactory(organisation=None, group=group, past=True), owner=chair)

    assert same_queries(address.format(group.slug), add) <= 20


def test_the_desk_asks_as_much_for_one_action_point_as_for_thirty(same_queries, as_chair, group, chair):
    def add():
        event = EventFactory(organisation=None, group=group, past=True)
        ActionPointFactory(event=event, owner=chair, due_on=timezone.localdate())
        MinutesFactory(event=event, draft=True, revision=1)

    assert same_queries("/en/desk/", add)  # how many it may be is held by tests/portal/test_desk.py


def test_saving_writes_in_sets(as_chair, draft, django_assert_max_num_queries):
    data = form_data(draft)
    data["agreed-TOTAL_FORMS"] = "40"
    data |= {f"agreed-{number}-text": f"Do no. {number}" for number in range(40)}
    with django_assert_max_num_queries(60):
        as_chair.post(f"{MINUTES}save/", data)
    assert draft.agreed.count() == 40


def test_a_json_answer_is_json(as_chair, draft):
    answer = as_chair.post(f"{MINUTES}save/", form_data(draft))
    assert json.loads(answer.content)["errors"] is False


def test_who_hears_of_approval_may_read_it(approved, group_member):
    entry = OutboxEntry.objects.get(kind="event.minutes_approved")
    assert (entry.url, list(Minutes.objects.visible_to(group_member))) == ("/events/the-meeting/minutes/", [approved])


def test_observers_propose_nothing(client, meeting):
    observer = GroupMembershipFactory(group=meeting.group, role="observer").user
    client.force_login(observer)
    assert client.post(f"{AGENDA}propose/", {"proposal-title": "Bats"}).status_code == 403
