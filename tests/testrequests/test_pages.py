"""Requests as people write, send, read and answer them."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from conversations.models import Post
from records.models import Attachment
from testrequests import actions
from testrequests.mine import MyTests
from testrequests.models import Application, ConfidentialPart, TestRequest
from tests.factories import (
    ApplicationFactory,
    MembershipFactory,
    OfferFactory,
    OrganisationFactory,
    TaskFactory,
    TermsFactory,
    TestRequestFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/en/test-requests/"
WHAT = {"title": "Smart bin", "language": "en", "tested": "A bin.", "problem": "Full bins.", "product": "", "trl": "6"}
PDF = b"%PDF-1.7 x"


@pytest.fixture
def editing(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def hosting(client, host):
    client.force_login(host)
    return client


@pytest.fixture
def draft(editor, organisation, lab):
    request = TestRequestFactory(organisation=organisation, created_by=editor)
    return actions.edit_request(request, by=editor, labs=[(lab, None)])


def step(draft, slug):
    return f"{LIST}{draft.pk}/edit/" if slug == "what" else f"{LIST}{draft.pk}/edit/{slug}/"


def at(row, verb=""):
    return f"{LIST}{row.request_id}/{row.pk}/{verb}"


# ---- writing


def test_a_form_sent_again_changes_nothing_of_an_organisation_one_has_left(editing, editor, organisation):
    typed = WHAT | {"key": str(uuid.uuid4())}
    editing.post(f"{LIST}new/", typed)
    editor.memberships.all().delete()
    elsewhere = MembershipFactory(user=editor, role="owner").organisation
    again = editing.post(f"{LIST}new/", typed | {"title": "Mine now", "organisation": elsewhere.pk})
    assert "This form was sent already." in again.content.decode()
    assert list(TestRequest.objects.values_list("title", "organisation")) == [("Smart bin", organisation.pk)]


def test_a_form_sent_again_for_another_organisation_is_its_draft(editing, editor):
    typed = WHAT | {"key": str(uuid.uuid4())}
    editing.post(f"{LIST}new/save/", typed)
    elsewhere = MembershipFactory(user=editor, role="owner").organisation
    editing.post(f"{LIST}new/", typed | {"organisation": elsewhere.pk})
    assert list(TestRequest.objects.values_list("title", "organisation")) == [("Smart bin", elsewhere.pk)]


def test_a_form_sent_again_does_not_change_what_labs_read(editing, editor):
    typed = WHAT | {"key": str(uuid.uuid4())}
    editing.post(f"{LIST}new/", typed)
    TestRequest.objects.update(sent_at=timezone.now())
    made = TestRequest.objects.get()
    assert editing.post(f"{LIST}new/", typed | {"title": "Old page"}).url == made.get_absolute_url()
    assert TestRequest.objects.get().title == "Smart bin"


def test_a_draft_of_an_organisation_one_has_left_is_not_on_the_desk(draft, editor):
    assert MyTests(editor).drafts == [draft]
    editor.memberships.all().delete()
    assert MyTests(editor).drafts == []


def test_a_draft_begins_with_its_first_step_and_the_lab_it_came_from(editing, lab, offer):
    page = editing.get(f"{LIST}new/?lab={lab.slug}&offer={offer.slug}")
    assert "For Pole position at Street lab" in page.content.decode()
    sent = editing.post(f"{LIST}new/", WHAT | {"key": str(uuid.uuid4()), "lab": lab.slug, "offer": offer.slug})
    made = TestRequest.objects.get()
    assert (sent.url, made.title, made.trl) == (step(made, "where"), "Smart bin", 6)
    assert [(row.lab, row.offer, row.state) for row in made.applications.all()] == [(lab, offer, "draft")]


def test_a_visit_is_not_asked_for_as_a_test(editing, lab):
    visit = OfferFactory(lab=lab, kind="visit")
    editing.post(f"{LIST}new/", WHAT | {"key": str(uuid.uuid4()), "lab": lab.slug, "offer": visit.slug})
    assert [(row.lab, row.offer) for row in TestRequest.objects.get().applications.all()] == [(lab, None)]


def test_the_same_form_twice_is_one_draft(editing):
    key = str(uuid.uuid4())
    for _time in range(2):
        editing.post(f"{LIST}new/", WHAT | {"key": key})
    assert TestRequest.objects.count() == 1


def test_a_new_request_is_kept_while_it_is_typed(editing):
    typed = WHAT | {"key": str(uuid.uuid4())}
    states = [
        editing.post(f"{LIST}new/save/", typed | more).json()["state"] for more in ({"title": ""}, {"tested": "A"}, {"tested": "A bin"})
    ]
    assert (states, TestRequest.objects.get().tested) == (["kept", "saved", "saved"], "A bin")
    editing.post(f"{LIST}new/", typed | {"tested": "A bin that tells"})
    assert TestRequest.objects.get().tested == "A bin that tells"


def test_a_form_with_an_error_loses_nothing(editing):
    page = editing.post(f"{LIST}new/", WHAT | {"title": "", "tested": "Typed with care"}).content.decode()
    assert ("Typed with care" in page, TestRequest.objects.count()) == (True, 0)


def test_what_is_valid_of_a_step_is_kept_and_the_rest_stays_in_the_form(editing, draft):
    page = editing.post(step(draft, "where"), {"starts_on": "2030-05-01", "ends_on": "2030-04-01", "place": "A quay"}).content.decode()
    draft.refresh_from_db()
    assert ("lies before the start" in page, 'value="2030-04-01"' in page) == (True, True)
    assert (draft.place, draft.ends_on) == ("A quay", date(2030, 3, 31))


def test_going_to_another_step_saves_this_one(editing, draft):
    sent = editing.post(step(draft, "conditions"), {"needs": "Power", "go": "benefit"})
    draft.refresh_from_db()
    assert (sent.url, draft.needs) == (step(draft, "benefit"), "Power")


def test_the_script_keeps_what_is_typed(editing, draft):
    base = draft.revision
    said = editing.post(f"{LIST}{draft.pk}/save/", {"step": "conditions", "needs": "Power", "base": base}).json()
    draft.refresh_from_db()
    assert (said["state"], said["errors"], said["base"], draft.needs) == ("saved", 0, draft.revision, "Power")
    assert draft.revision == base + 1


def test_whoever_saves_second_sees_both(editing, draft, owner):
    actions.edit_request(draft, by=owner, needs="Theirs")
    page = editing.post(step(draft, "conditions"), {"needs": "Mine", "base": draft.revision}).content.decode()
    draft.refresh_from_db()
    assert (draft.needs, "Theirs" in page, "Mine" in page) == ("Theirs", True, True)
    editing.post(step(draft, "conditions"), {"needs": "Mine", "base": draft.revision})
    draft.refresh_from_db()
    assert draft.needs == "Mine"


def test_files_come_with_the_step_and_hang_where_they_belong(editing, draft):
    for name, secret in (("open.pdf", ""), ("price.pdf", "1")):
        file = SimpleUploadedFile(name, PDF)
        editing.post(step(draft, "benefit"), {"do": "upload", "new_file": file, "new_confidential": secret, "benefit": "Much"})
    draft.refresh_from_db()
    hang = {one.name: one.target_type.model for one in Attachment.objects.select_related("target_type")}
    assert (hang, draft.benefit) == ({"open.pdf": "testrequest", "price.pdf": "confidentialpart"}, "Much")


def test_a_file_of_a_wrong_kind_is_refused_in_words(editing, draft):
    file = SimpleUploadedFile("evil.pdf", b"<html><script>1</script>")
    page = editing.post(step(draft, "benefit"), {"do": "upload", "new_file": file}).content.decode()
    assert ("error-summary" in page, Attachment.objects.count()) == (True, 0)


def test_the_last_step_names_what_is_missing_and_does_not_send(editing, draft, editor):
    actions.edit_request(draft, by=editor, problem="", labs=[])
    page = editing.get(step(draft, "check")).content.decode()
    assert ("Say which problem it solves." in page, "Choose at least one lab." in page) == (True, True)
    editing.post(f"{LIST}{draft.pk}/send/")
    draft.refresh_from_db()
    assert draft.is_draft


def test_sent_by_its_button(editing, draft):
    page = editing.post(f"{LIST}{draft.pk}/send/", follow=True).content.decode()
    assert ("Sent. The lab is told" in page, draft.applications.get().state) == (True, "sent")


def test_two_offers_of_one_lab_are_refused_at_the_field(editing, draft, lab, offer):
    page = editing.post(step(draft, "where"), {"places": [lab.slug, f"{lab.slug}/{offer.slug}"]}).content.decode()
    assert "it gives one answer" in page


@pytest.mark.parametrize("places", [["nothing"], ["a/b/c"], ["\x00"], ["x" * 5_000]])
def test_labs_that_are_not_there_are_refused(editing, draft, places):
    assert "Look at the list again" in editing.post(step(draft, "where"), {"places": places}).content.decode()


def test_fields_of_no_form_are_left_alone(editing, draft):
    """TC-21: state, key, organisation and the day it was sent are no fields."""
    elsewhere = OrganisationFactory()
    evil = {"sent_at": "2020-01-01", "state": "agreed", "organisation": elsewhere.pk, "created_by": 1, "is_demo": "1", "turn": "lab"}
    editing.post(step(draft, "conditions"), {"needs": "Power", **evil})
    row = draft.applications.get()
    draft.refresh_from_db()
    assert (draft.sent_at, draft.organisation == elsewhere, draft.is_demo, row.state) == (None, False, False, "draft")


HOSTILE = ["\x00", "\ud800", "<script>alert(1)</script>", "😀" * 3_000, "x" * 300_000, "‮right"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_a_step_or_an_answer(editing, draft, make, text):
    text = text.encode("utf-8", "surrogatepass")
    fields = {"needs": text, "title": text, "confidential": text, "text": text, "reason": text, "note": text, "key": text, "base": text}
    row = make("clarifying")
    for address in (step(draft, "what"), step(draft, "conditions"), step(draft, "benefit"), at(row, "write/"), at(row, "terms/"),
                    at(row, "tasks/"), at(row, "terms/accept/"), at(row, "withdraw/")):  # fmt: skip
        assert editing.post(address, fields).status_code in (200, 302, 400, 413)


# ---- the list and the board


def found(client, query=""):
    return [line.row.request.title for line in client.get(LIST + query).context["page"].page]


@pytest.fixture
def four(make, lab):
    make("sent", request__title="Sent bin", due_on=timezone.localdate() - timedelta(days=1))
    make("clarifying", request__title="Asked bin")
    make("declined", request__title="Declined lamp")
    ApplicationFactory(request__title="Of others")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Sent bin", "Asked bin", "Declined lamp"}),
        ("?state=sent&state=declined", {"Sent bin", "Declined lamp"}),
        ("?q=lamp", {"Declined lamp"}),
        ("?waiting=1", {"Asked bin"}),
        ("?overdue=1", {"Sent bin"}),
        ("?side=lab", set()),
        ("?state=agreed", set()),
        ("?state=nonsense&side=__&lab=nothing&page=99999999999", {"Sent bin", "Asked bin", "Declined lamp"}),
        ("?q=%00%F0", {"Sent bin", "Asked bin", "Declined lamp"}),
    ],
)
def test_the_list_is_narrowed(editing, four, query, titles):
    assert set(found(editing, query)) == titles


def test_the_numbers_beside_the_states_stay_while_one_is_chosen(editing, four):
    page = editing.get(LIST + "?state=sent").context["page"]
    assert {value: number for value, _label, number, _chosen in page.state_choices} == {"sent": 1, "clarifying": 1, "declined": 1}


def test_a_list_of_any_length_asks_the_same(editing, make, same_queries):
    assert same_queries(LIST, lambda: make("clarifying")) <= 20


def test_a_board_of_any_length_asks_the_same(hosting, make, lab, same_queries):
    assert same_queries(f"{LIST}labs/{lab.slug}/", lambda: [make("sent"), make("agreed")]) <= 20


def test_a_desk_of_any_length_asks_the_same(hosting, make, same_queries):
    assert same_queries("/en/desk/", lambda: TaskFactory(application=make("sent"), due_on=timezone.localdate())) <= 20


def test_the_board_shows_each_state_in_its_column(hosting, make, lab):
    for state in ("sent", "sent", "running", "completed"):
        make(state)
    columns = hosting.get(f"{LIST}labs/{lab.slug}/").context["page"].columns
    assert {column["state"]: column["number"] for column in columns if column["number"]} == {"sent": 2, "running": 1}
    assert len(hosting.get(f"{LIST}labs/{lab.slug}/?all=1").context["page"].columns) == 10


def test_a_page_of_any_length_asks_the_same(hosting, make, host, editor, same_queries):
    row = make("agreed")

    def more():
        actions.write(row, by=host, text="Hello.")
        actions.add_task(row, by=editor, key=uuid.uuid4(), title="Mount", side="lab")
        TermsFactory(application=row, version=row.terms.count() + 1)

    assert same_queries(at(row), more) <= 20


def test_labs_are_compared_side_by_side(editing, make, count_queries):
    row = make("sent")
    address = row.request.get_absolute_url()

    def add(number):
        for _number in range(number):
            ApplicationFactory(request=row.request, organisation=row.organisation, offer=OfferFactory())

    add(1)
    count_queries(address)
    with_two = count_queries(address)
    add(5)
    table = editing.get(address).content.decode().partition('class="table compared"')[2]
    assert (table.count('<th scope="col">'), count_queries(address)) == (7, with_two)


# ---- answering


def test_who_must_act_is_said_to_both(client, make, host, editor):
    row = make("clarifying")
    for person, words in ((editor, "It is your turn"), (host, f"It is the turn of {row.organisation.name}")):
        client.force_login(person)
        assert words in client.get(at(row)).content.decode()


def test_a_lab_answers_by_its_buttons(hosting, make):
    row = make("sent")
    hosting.post(at(row, "ask-back/"), {"text": "Which poles?", "key": str(uuid.uuid4())})
    hosting.post(at(row, "accept/"), {"note": "Gladly."})
    row.refresh_from_db()
    assert (row.state, row.reason, Post.objects.get().text) == ("accepted", "Gladly.", "Which poles?")


def test_a_decision_that_comes_too_late_is_a_message(hosting, make, host):
    row = make("sent")
    actions.decline(row, by=host, reason="No poles.")
    page = hosting.post(at(row, "accept/"), follow=True).content.decode()
    assert "the request is “Declined”" in page


def test_a_reason_is_asked_for(hosting, make):
    row = make("sent")
    assert "Say why" in hosting.post(at(row, "decline/"), {"note": " "}, follow=True).content.decode()


def test_an_empty_message_is_told_at_its_field(editing, make):
    page = editing.post(at(make("sent"), "write/"), {"text": " ", "key": str(uuid.uuid4())}).content.decode()
    assert "Write something first." in page


def terms(row, **more):
    last = row.terms.first()
    return {"base": last.version if last else 0, "text": "One pole.", "starts_on": "2030-03-01", "ends_on": "2030-03-31", **more}


def test_terms_are_proposed_and_accepted_by_their_forms(client, make, host, editor):
    row = make("accepted")
    client.force_login(host)
    client.post(at(row, "terms/"), terms(row))
    client.force_login(editor)
    assert "Accept version 1" in client.get(at(row)).content.decode()
    client.post(at(row, "terms/accept/"), {"version": "1"})
    row.refresh_from_db()
    assert row.state == "agreed"


def test_terms_typed_while_others_came_are_kept(editing, make, host):
    row = make("accepted")
    typed = terms(row, text="Typed with care")
    actions.propose_terms(row, by=host, base=0, text="Theirs", starts_on=date(2030, 3, 1), ends_on=date(2030, 3, 31))
    page = editing.post(at(row, "terms/"), typed).content.decode()
    assert ("Typed with care" in page, "Theirs" in page, row.terms.count()) == (True, True, 1)


def test_terms_with_the_period_reversed_are_told_at_the_field(hosting, make):
    row = make("accepted")
    page = hosting.post(at(row, "terms/"), terms(row, ends_on="2030-02-01")).content.decode()
    assert ("lies before the start" in page, row.terms.count()) == (True, 0)


@pytest.mark.parametrize("version", ["", "0", "2", "-1", "²", "x" * 50, "99999999999999999999"])
def test_versions_that_are_not_there_are_not_accepted(editing, make, version):
    row = TermsFactory(application=make("accepted")).application
    assert editing.post(at(row, "terms/accept/"), {"version": version}).status_code == 302
    assert Application.objects.get(pk=row.pk).state == "accepted"


def test_a_full_offer_is_told_with_the_next_free_period(editing, make, host, offer):
    for row in (make("accepted", offer=offer), make("accepted", offer=offer)):
        actions.propose_terms(row, by=host, base=0, text="One.", starts_on=date(2030, 3, 1), ends_on=date(2030, 3, 31))
        page = editing.post(at(row, "terms/accept/"), {"version": "1"}, follow=True).content.decode()
    assert ("is full" in page, "1 April" in page, row.terms.get().is_accepted) == (True, True, False)


def test_tasks_are_given_done_and_taken_away(hosting, make):
    row = make("running")
    hosting.post(at(row, "tasks/"), {"title": "Mount", "side": "lab", "due_on": "2030-03-01", "key": str(uuid.uuid4())})
    task = row.tasks.get()
    states = []
    for verb in ("done", "reopen", "remove"):
        hosting.post(at(row, f"tasks/{task.pk}/{verb}/"))
        states.append([one.done_at is None for one in row.tasks.all()])
    assert states == [[False], [True], []]


def test_the_task_of_another_request_is_not_there(hosting, make):
    other = TaskFactory(application=ApplicationFactory())
    assert hosting.post(at(make("sent"), f"tasks/{other.pk}/done/")).status_code == 404


def test_an_application_is_not_read_under_another_request(hosting, make):
    one, other = make("sent"), make("sent")
    assert hosting.get(f"{LIST}{other.request_id}/{one.pk}/").status_code == 404


def test_a_file_is_added_for_both(hosting, make):
    row = make("accepted")
    hosting.post(at(row, "files/"), {"file": SimpleUploadedFile("plan.pdf", PDF), "title": "Plan"})
    file = Attachment.objects.get()
    assert (file.target, "Plan" in hosting.get(at(row)).content.decode()) == (row, True)
    hosting.post(at(row, f"files/{file.uuid}/remove/"))
    assert Attachment.objects.count() == 0


def test_the_history_names_what_was_done(hosting, make, host):
    row = make("sent")
    actions.decline(row, by=host, reason="No poles.")
    page = hosting.get(at(row, "history/")).content.decode()
    assert ("Request declined" in page, "No poles." in page) == (True, True)


def test_one_more_lab_is_asked_from_the_page(editing, make):
    row, offer = make("sent"), OfferFactory()
    editing.post(f"{LIST}{row.request_id}/ask/", {"places": f"{offer.lab.slug}/{offer.slug}"})
    assert row.request.applications.filter(offer=offer, state="sent").count() == 1


def test_a_lab_archived_meanwhile_is_told_to_both(hosting, make, lab):
    row = make("accepted")
    type(lab).objects.filter(pk=lab.pk).update(state="archived")
    assert "The lab takes no new requests" in hosting.get(at(row)).content.decode()


def test_nobody_left_to_act_is_told_to_the_lab(hosting, make):
    assert "Nobody is there to answer" in hosting.get(at(make("sent"))).content.decode()


@pytest.mark.parametrize("verb", ["write", "accept", "terms", "withdraw"])
def test_a_get_changes_nothing(editing, make, verb):
    assert editing.get(at(make("sent"), f"{verb}/")).status_code == 405


def test_what_a_member_began_is_in_the_copy_without_the_confidential_part(draft, editor):
    from portal.privacy.inventory import HOLDINGS

    shown = json.dumps([holding.did_shows for name, holding in HOLDINGS.items() if name.startswith("testrequests.")])
    assert ("confidential" in shown, ConfidentialPart.objects.filter(request=draft).exists()) == (False, True)
