"""The pages: what they show, how much they ask of the database, and what becomes of what people type."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from common.access import form_token
from events.enums import State
from events.exports import cell
from events.models import AskedAtRegistration, Event
from notifications.models import OutboxEntry
from records.models import Attachment
from tests.factories import (
    EventFactory,
    EventTextFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegistrationFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/en/events/"


def titles(client, address):
    return [str(card) for card in client.get(address).context["page"].cards]


# ---- lists


def rows():
    event = EventFactory(themes=[ThemeFactory()], municipality=MunicipalityFactory(), capacity=5)
    RegistrationFactory(event=event)


@pytest.mark.parametrize("address", [LIST, "/da/events/month/?month={month}", "/en/events/feed/", "/en/events/calendar.ics"])
def test_a_list_asks_as_much_for_one_as_for_thirty(same_queries, address):
    month = f"{timezone.now() + timedelta(days=7):%Y-%m}"
    assert same_queries(address.format(month=month), rows) <= 12


def test_my_calendar_asks_as_much_for_one_as_for_thirty(same_queries, client, stranger):
    client.force_login(stranger)
    assert same_queries("/en/events/mine/", lambda: RegistrationFactory(user=stranger)) <= 16


def test_participants_ask_as_much_for_one_as_for_thirty(same_queries, client, owner, organisation):
    event = EventFactory(organisation=organisation)
    client.force_login(owner)
    assert same_queries(f"{event.get_absolute_url()}participants/", lambda: RegistrationFactory(event=event)) <= 18


def test_the_page_asks_as_much_whoever_comes(same_queries, client, owner, organisation):
    event = EventFactory(organisation=organisation, capacity=3)
    client.force_login(owner)
    assert same_queries(event.get_absolute_url(), lambda: RegistrationFactory(event=event)) <= 20


def test_the_next_come_first_and_what_is_over_stands_apart(client):
    for title, days in (("Later", 9), ("Sooner", 2), ("Over", -2), ("Long over", -20)):
        starts = timezone.now() + timedelta(days=days)
        EventFactory(text__title=title, starts_at=starts, ends_at=starts + timedelta(hours=1))
    assert titles(client, LIST) == ["Sooner", "Later"]
    assert titles(client, f"{LIST}?when=past") == ["Over", "Long over"]


@pytest.fixture
def varied(db):
    """Two events that differ in everything one can ask for."""
    first, second = timezone.now() + timedelta(days=5), timezone.now() + timedelta(days=50)
    EventFactory(text__title="A", kind="course", themes=[ThemeFactory(slug="one")], starts_at=first, ends_at=first + timedelta(hours=1),
                 municipality=MunicipalityFactory(slug="here"), organisation__slug="us")  # fmt: skip
    EventFactory(text__title="B", kind="webinar", starts_at=second, ends_at=second + timedelta(hours=1))
    return {"day": f"{timezone.localtime(first):%Y-%m-%d}"}


QUESTIONS = ["kind=course", "theme=one", "municipality=here", "organisation=us", "to={day}", "kind=course&theme=one&to={day}"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_filter_narrows(client, varied, question):
    assert titles(client, f"{LIST}?{question.format(**varied)}") == ["A"]


def test_or_within_a_filter_and_nothing_unknown(client, varied):
    assert titles(client, f"{LIST}?kind=course&kind=webinar&kind=party&sort=password&from=yesterday") == ["A", "B"]


def test_a_page_beyond_the_last_is_404(client):
    assert [client.get(f"{LIST}?page={page}").status_code for page in ("1", "2", "x", "-1")] == [200, 404, 404, 404]


def test_a_month_shows_its_days_and_leads_on(client):
    starts = timezone.now().replace(year=2027, month=2, day=10, hour=12)
    EventFactory(text__title="In February", starts_at=starts, ends_at=starts + timedelta(days=2))
    page = client.get("/en/events/month/?month=2027-02").content.decode()
    assert (page.count(">In February<") + page.count("</span> In February<"), 'datetime="2027-02-10"' in page) == (
        4,
        True,
    )  # three days, one card
    assert "?month=2027-01" in page and "?month=2027-03" in page


@pytest.mark.parametrize("asked", ["", "2026-13", "x", "0000-00", "9999-12", "2026-02-30"])
def test_no_month_is_this_month(client, asked):
    assert client.get(f"/en/events/month/?month={asked}").context["page"].first == timezone.localdate().replace(day=1)


# ---- the page of one


def test_the_link_is_for_the_registered(client, stranger, owner, organisation):
    event = EventFactory(organisation=organisation, online_url="https://meet.example.org/secret")
    seen = []
    for person in (None, stranger, RegistrationFactory(event=event, waiting=True).user, RegistrationFactory(event=event).user, owner):
        client.logout()
        if person:
            client.force_login(person)
        seen.append("meet.example.org" in client.get(event.get_absolute_url()).content.decode())
    assert seen == [False, False, False, True, True]


def test_a_text_in_another_language_says_so(client):
    event = EventFactory(text__title="Lamper", text__language="da")
    page = client.get(event.get_absolute_url()).content.decode()
    assert '<h1 lang="da">Lamper</h1>' in page
    EventTextFactory(event=event, language="en", title="Lamps")
    assert "<h1>Lamps</h1>" in client.get(event.get_absolute_url()).content.decode()


def test_projects_on_the_agenda_are_those_the_reader_sees(client):
    event = EventFactory()
    event.projects.set([ProjectFactory(text__title="Open"), ProjectFactory(text__title="Closed", visibility="members")])
    page = client.get(event.get_absolute_url()).content.decode()
    assert ("Open" in page, "Closed" in page) == (True, False)


# ---- taking part


@pytest.mark.parametrize("state", ["registered", "waiting"])
def test_a_cancelled_event_promises_no_reminder_to_whoever_stands_on_a_list(client, stranger, state):
    event = EventFactory(state="cancelled", state_reason="Ill.")
    RegistrationFactory(event=event, user=stranger, state=state)
    client.force_login(stranger)
    page = client.get(event.get_absolute_url()).content.decode()
    panel = page[page.index('id="register"') : page.index("</section>", page.index('id="register"'))]
    assert ("It is cancelled." in panel, "<form" in panel, "reminded" in panel, "in the line" in panel) == (True, False, False, False)


def test_register_and_cancel_by_the_page(client, stranger):
    event = EventFactory(capacity=1)
    client.force_login(stranger)
    page = client.post(f"{event.get_absolute_url()}register/", follow=True).content.decode()
    assert ("You are registered" in page, event.registrations.get().state) == (True, "registered")
    client.post(f"{event.get_absolute_url()}unregister/")
    assert event.registrations.get().state == "cancelled"


def test_whoever_signs_in_to_sign_up_comes_back_to_the_event(client, stranger):
    event = EventFactory()
    address = f"{event.get_absolute_url()}register/"
    assert address in client.get(event.get_absolute_url()).content.decode()
    client.force_login(stranger)
    assert client.get(address)["Location"] == event.get_absolute_url()


def test_an_answer_that_is_missing_keeps_the_others(client, stranger):
    event = EventFactory(online_url="https://meet.example.org/a")
    food = AskedAtRegistration.objects.create(event=event, text="What do you eat?", is_required=True)
    bus = AskedAtRegistration.objects.create(event=event, text="Do you take the bus?", position=1)
    client.force_login(stranger)
    typed = {"way": "online", f"answer_{bus.pk}": "Yes, <b>line 5</b>", f"answer_{food.pk}": " "}
    page = client.post(f"{event.get_absolute_url()}register/", typed).content.decode()
    assert "Yes, &lt;b&gt;line 5&lt;/b&gt;" in page
    assert (f'id="id_answer_{food.pk}_error"' in page, event.registrations.count()) == (True, 0)


def test_what_was_typed_without_a_session_comes_back(client, stranger, rf):
    event = EventFactory()
    bus = AskedAtRegistration.objects.create(event=event, text="Do you take the bus?")
    request = rf.get(event.get_absolute_url())
    request.user = stranger
    typed = {f"answer_{bus.pk}": "Line 5", "form_author": form_token(request)}
    client.post(f"{event.get_absolute_url()}register/", typed)
    session = dict(client.session.items())
    client.force_login(stranger)
    kept = client.session
    kept.update({"kept_forms": session["kept_forms"]})
    kept.save()
    assert "Line 5" in client.get(event.get_absolute_url()).content.decode()


def test_the_list_of_participants_and_its_file(client, owner, organisation):
    event = EventFactory(organisation=organisation)
    RegistrationFactory(event=event, user__name="=HYPERLINK(1)", answers=[{"question": "Food?", "answer": "+fish"}])
    AskedAtRegistration.objects.create(event=event, text="Food?")
    RegistrationFactory(event=event, user__name="", user__email="secret@example.org", waiting=True)
    client.force_login(owner)
    lines = client.get(f"{event.get_absolute_url()}participants.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Number,Name,Organisation,State,How,Registered,Was there,Food?"
    assert re.fullmatch(r"1,'=HYPERLINK\(1\),,Registered,,[\d -:]+,,'\+fish", lines[1])
    page = client.get(f"{event.get_absolute_url()}participants/").content.decode()
    assert ("secret@example.org" in page + str(lines), "A member" in page) == (False, True)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_becomes_a_formula(text):
    assert cell(text) == f"'{text}"


def test_attendance_by_the_page(client, owner, organisation):
    event = EventFactory(organisation=organisation, past=True)
    here, away = RegistrationFactory(event=event), RegistrationFactory(event=event)
    client.force_login(owner)
    client.post(f"{event.get_absolute_url()}participants/", {"present": [here.pk, "x", "9" * 40]})
    assert dict(event.registrations.values_list("pk", "attended")) == {here.pk: True, away.pk: False}


def test_material_is_told_to_those_who_come_and_goes_again(client, owner, organisation):
    event = EventFactory(organisation=organisation, past=True)
    row = RegistrationFactory(event=event)
    client.force_login(owner)
    file = SimpleUploadedFile("slides.pdf", b"%PDF-1.7 x")
    client.post(f"{event.get_absolute_url()}material/", {"file": file, "title": "Slides"})
    attachment = event.attachments.get()
    assert OutboxEntry.objects.get(kind="event.material").receivers == [[row.user_id, "registered"]]
    assert "Slides" in client.get(event.get_absolute_url()).content.decode()
    client.post(f"{event.get_absolute_url()}material/{attachment.uuid}/remove/")
    assert not Attachment.objects.exists()


def test_a_file_of_the_wrong_kind_is_refused_in_words(client, owner, organisation):
    event = EventFactory(organisation=organisation)
    client.force_login(owner)
    answer = client.post(f"{event.get_absolute_url()}material/", {"file": SimpleUploadedFile("a.exe", b"MZ\x00")}, follow=True)
    assert ("cannot be added" in answer.content.decode(), event.attachments.count()) == (True, 0)


def test_another_event_s_file_is_not_removed(client, owner, organisation):
    event, other = EventFactory(organisation=organisation), EventFactory(organisation=organisation)
    file = Attachment.objects.create(target=other, kind="document", name="a.pdf", content_type="application/pdf", size=1)
    client.force_login(owner)
    assert client.post(f"{event.get_absolute_url()}material/{file.uuid}/remove/").status_code == 404


# ---- writing


def first_step(**changed):
    starts = (timezone.now() + timedelta(days=20)).strftime("%Y-%m-%d")
    return {
        "host": "", "kind": "meeting", "language": "en", "title": "Lamps", "summary": "", "description": "", "starts": f"{starts}T13:00",
        "ends": f"{starts}T15:00", "time_zone": "Europe/Copenhagen", "place": "Town hall", "municipality": "", "online_url": "",
        "point": "", "directions": "", "revision": "0", **changed,
    }  # fmt: skip


def second_step(**changed):
    return {"visibility": "public", "takes_registrations": "on", "capacity": "", "register_until": "", "revision": "0", **changed}


def test_two_steps_and_it_is_published(client, owner, organisation):
    client.force_login(owner)
    ThemeFactory(slug="lighting")
    answer = client.post("/en/events/new/", first_step(themes=["lighting"], tags_add="Lamps, meters", point="55.5, 12.25"))
    event = Event.objects.get()
    assert (answer["Location"], event.state) == (f"/en/events/{event.slug}/edit/opening/", State.DRAFT)
    project = ProjectFactory(text__title="Lit path")
    typed = second_step(capacity="20", question_1="Food?", required_1="on", projects_add="Lit path", title_da="Lamper", publish="")
    client.post(answer["Location"], typed)
    event.refresh_from_db()
    assert (event.state, event.organisation, event.capacity, event.latitude) == (State.PUBLISHED, organisation, 20, 55.5)
    assert ([str(one) for one in event.questions.all()], list(event.projects.all())) == (["Food?"], [project])
    assert {text.language: (text.title, text.is_original) for text in event.texts.all()} == {"en": ("Lamps", True), "da": ("Lamper", False)}


def test_times_are_those_of_the_chosen_clock(client, owner):
    client.force_login(owner)
    client.post("/en/events/new/", first_step(starts="2027-07-01T09:00", ends="2027-07-01T10:00", time_zone="Europe/London"))
    assert f"{Event.objects.get().starts_at:%Y-%m-%d %H:%M}" == "2027-07-01 08:00"


WRONG = {
    "no title": ({"title": "—"}, "title"),
    "no start": ({"starts": "soon"}, "starts"),
    "the end first": ({"ends": "2020-01-01 10:00"}, "ends"),
    "the hour that is skipped": ({"starts": "2027-03-28T02:30", "ends": "2027-03-28T05:00"}, "starts"),
    "nowhere": ({"place": ""}, "place"),
    "no link": ({"online_url": "javascript:alert(1)"}, "online_url"),
    "no point": ({"point": "here"}, "point"),
    "a point beyond the world": ({"point": "95, 12"}, "point"),
    "no zone": ({"time_zone": "Europe/Atlantis"}, "time_zone"),
    "no town": ({"municipality": "atlantis"}, "municipality"),
    "a NUL": ({"place": "a\x00b"}, "place"),
    "a theme with a NUL": ({"themes": ["a\x00b"]}, "themes"),
    "too long": ({"description": "x" * 30_000}, "description"),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_error_stands_at_its_field_and_what_was_typed_stays(client, owner, case):
    changed, field = WRONG[case]
    client.force_login(owner)
    answer = client.post("/en/events/new/", first_step(**{"summary": "Typed with care", **changed}))
    assert (list(answer.context["form"].errors), Event.objects.count()) == ([field], 0)
    assert "Typed with care" in answer.content.decode()


def test_a_project_that_cannot_even_be_asked_for_is_an_error_at_its_field(client, owner, organisation):
    event = EventFactory(organisation=organisation)
    client.force_login(owner)
    answer = client.post(f"{event.get_absolute_url()}edit/opening/", second_step(projects="a\x00b"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["projects"])


def test_somebody_elses_organisation_cannot_be_named(client, owner):
    from tests.factories import OrganisationFactory

    client.force_login(owner)
    client.post("/en/events/new/", first_step(host=f"organisation-{OrganisationFactory().pk}"))
    assert set(Event.objects.values_list("organisation__slug", flat=True)) <= {"lejre-kommune"}


def test_whoever_holds_events_for_nobody_reads_why(client, colleague):
    client.force_login(colleague)
    page = client.get("/en/events/new/").content.decode()
    assert ("Join your organisation first" in page, "<textarea" in page) == (True, False)


def test_the_second_editor_sees_both(client, owner, organisation):
    event = EventFactory(organisation=organisation, place="Here")
    client.force_login(owner)
    address = f"{event.get_absolute_url()}edit/"
    client.post(address, first_step(place="There", title="Theirs"))
    answer = client.post(address, first_step(place="Elsewhere", title="Mine"))
    page = answer.content.decode()
    assert ("Somebody else has changed" in page, "There" in page, 'value="Elsewhere"' in page) == (True, True, True)
    client.post(address, first_step(place="Elsewhere", title="Mine", revision="1"))
    event.refresh_from_db()
    assert event.place == "Elsewhere"


def test_the_first_step_keeps_what_stands_in_other_languages(client, owner, organisation):
    event = EventFactory(organisation=organisation)
    EventTextFactory(event=event, language="sv", title="Lampor")
    client.force_login(owner)
    client.post(f"{event.get_absolute_url()}edit/", first_step(title="Lamps"))
    assert dict(event.texts.values_list("language", "title")) == {"en": "Lamps", "sv": "Lampor"}


def test_a_refusal_of_a_verb_is_a_message(client, owner, organisation):
    event = EventFactory(organisation=organisation)
    client.force_login(owner)
    page = client.post(f"{event.get_absolute_url()}cancel/", {"reason": " "}, follow=True).content.decode()
    assert ("Say why it is cancelled" in page, Event.objects.get().state) == (True, "published")


def test_a_duplicate_opens_in_its_first_step(client, owner, organisation):
    event = EventFactory(organisation=organisation)
    client.force_login(owner)
    where = client.post(f"{event.get_absolute_url()}duplicate/")["Location"]
    assert (re.fullmatch(r"/en/events/[\w-]+/edit/", where) is not None, Event.objects.filter(state="draft").count()) == (True, 1)


def test_projects_are_suggested_by_their_titles(client, stranger):
    ProjectFactory(text__title="Lit path")
    ProjectFactory(text__title="Lit draft", state="draft")
    client.force_login(stranger)
    found = client.get("/en/events/suggest/projects/?q=lit").json()["found"]
    assert [row["label"] for row in found] == ["Lit path"]


def test_moderators_hide_and_show_again(client, moderator):
    from django.contrib.auth.models import Group

    moderator.groups.add(Group.objects.get(name="Moderators"))
    event = EventFactory(text__title="Spam event")
    client.force_login(moderator)
    assert "Spam event" in client.get("/cms/events/").content.decode()
    client.post(f"/cms/events/{event.pk}/hide/", {"reason": "Spam"})
    event.refresh_from_db()
    hidden = event.state
    client.post(f"/cms/events/{event.pk}/publish/")
    event.refresh_from_db()
    assert (hidden, event.state) == ("hidden", "published")


def test_a_member_reports_an_event(client):
    event = EventFactory()
    client.force_login(UserFactory())
    assert f"/en/report/event/{event.pk}/" in client.get(event.get_absolute_url()).content.decode()
    assert client.get(f"/en/report/event/{event.pk}/").status_code == 200


def test_search_finds_events_and_leaves_out_drafts(client):
    EventFactory(text__title="Quokkabird evening")
    EventFactory(text__title="Quokkabird draft", state="draft")
    page = client.get("/en/search/?q=quokkabird").content.decode()
    assert ("evening" in page, "draft" in page) == (True, False)


def test_the_desk_shows_the_next_meetings(client, stranger):
    RegistrationFactory(user=stranger, event__text__title="Lamps evening")
    client.force_login(stranger)
    assert "Lamps evening" in client.get("/en/desk/").content.decode()


def test_tc18_markup_in_every_text_stays_text(client, owner, organisation):
    bad = '"><script>alert(1)</script>'
    event = EventFactory(organisation=organisation, place=bad, directions=bad, state="cancelled", state_reason=bad, online_url=f"https://x/{bad}",
                         text__title=bad, text__summary=bad, text__description=f"{bad}\n\n[a](javascript:alert(1))")  # fmt: skip
    event.tags.add(bad)
    RegistrationFactory(event=event, user__name=bad, answers=[{"question": bad, "answer": bad}])
    client.force_login(owner)
    page = event.get_absolute_url()
    paths = (LIST, "/en/events/feed/", page, f"{page}participants/", f"{page}edit/", f"{page}edit/opening/", f"{page}history/", "/en/desk/",
             organisation.get_absolute_url(), f"/en/events/month/?month={event.starts:%Y-%m}", "/en/search/?q=alert")  # fmt: skip
    answers = {path: client.get(path) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(paths, 200)
    assert [path for path, answer in answers.items() if b"<script>alert" in answer.content or b'href="javascript' in answer.content] == []
