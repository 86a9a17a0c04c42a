"""Writing a project in five steps: what is kept, what is refused, what leads on."""

import re

import pytest

from projects.content import read_content
from projects.models import KeptForm, Project
from tests.factories import OrganisationFactory, ProjectFactory
from tests.factories.projects import full_project
from tests.support.forms import open_form, send

pytestmark = pytest.mark.django_db
NEW = "/en/projects/new/"


@pytest.fixture
def draft(organisation, editor):
    empty = {"phase": "", "start_date": None, "end_date": None, "themes": [], "municipalities": []}
    return ProjectFactory(organisation=organisation, state="draft", created_by=editor, text__title="Lamps", **empty)


@pytest.fixture
def at_work(client, editor):
    client.force_login(editor)
    return client


def path(project, step="basics", word="edit"):
    return f"/en/projects/{project.slug}/{word}/" + ("" if step == "basics" else f"{step}/")


def test_a_title_and_an_organisation_make_a_draft(at_work, organisation, editor):
    response = send(at_work, NEW, title="Rain beds in the street")
    project = Project.objects.get()
    assert (response.url, project.state, project.organisation, project.created_by) == (
        path(project, "where"), "draft", organisation, editor,
    )  # fmt: skip


@pytest.mark.parametrize("step", ["basics", "where", "partners", "story", "check"])
def test_each_step_has_its_address(at_work, draft, step):
    assert at_work.get(path(draft, step)).status_code == 200


@pytest.mark.parametrize("step", ["basics", "where", "partners", "story", "check"])
def test_saving_what_was_not_touched_changes_nothing(at_work, full, step):
    before = read_content(full)
    response = send(at_work, path(full, step))
    full.refresh_from_db()
    assert (response.status_code, read_content(full), full.revision) == (302, before, 0)


@pytest.fixture
def full(organisation):
    return full_project(organisation=organisation, state="draft")


# ---- the first step


def test_a_member_without_an_organisation_is_led_to_join_and_nothing_is_lost(client, stranger):
    client.force_login(stranger)
    response = send(client, NEW, title="Rain beds", tags_add="rain, school")
    assert response.url == "/en/organisations/join/?next=%2Fen%2Fprojects%2Fnew%2F"
    assert [open_form(client, NEW)[name] for name in ("title", "tags")] == [["Rain beds"], ["rain", "school"]]


def test_the_same_click_twice_makes_one_draft(at_work, organisation):
    opened = open_form(at_work, NEW) | {"title": ["Rain beds"]}
    first, second = (send(at_work, NEW, opened=opened) for _click in range(2))
    assert (first.url, Project.objects.count()) == (second.url, 1)


def test_what_is_typed_into_a_new_project_is_kept(at_work, editor):
    opened = open_form(at_work, NEW)
    response = at_work.post("/en/projects/new/save/", opened | {"title": "Rain"})
    assert (response.json()["state"], open_form(at_work, NEW)["title"], Project.objects.count()) == ("kept", ["Rain"], 0)


def test_a_signed_out_author_finds_the_form_filled(client, editor, organisation):
    client.force_login(editor)
    opened = open_form(client, NEW)
    client.logout()
    response = send(client, NEW, opened=opened, title="Rain beds", summary="Typed before lunch")
    client.force_login(editor)
    assert "/accounts/login/" in response.url
    assert open_form(client, NEW)["summary"] == ["Typed before lunch"]


@pytest.mark.parametrize("title", ["", "🎉🎉", "—", "x" * 301, "a\x00b"])
def test_a_title_that_cannot_be_read_out_is_refused_in_words(at_work, title):
    response = send(at_work, NEW, title=title, summary="Kept")
    assert [id for id, _label, _sentence in response.context["page"].errors] == ["id_title"]
    assert "Kept" in response.content.decode()


def test_a_project_called_map_has_an_address_of_its_own(at_work):
    assert send(at_work, NEW, title="Map").url == "/en/projects/map-project/edit/where/"


# ---- what people type


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("03 2026", "11 2027", ("2026-03-01", "2027-11-30")),
        ("2026", "2026", ("2026-01-01", "2026-12-31")),
        ("2026-03-15", "31.12.2026", ("2026-03-15", "2026-12-31")),
        ("marts 2026", "February 2028", ("2026-03-01", "2028-02-29")),
        ("3/2026", "", ("2026-03-01", "")),
        ("3. maj 2026", "31/12 2026", ("2026-05-03", "2026-12-31")),
        ("3 May 2026", "4. 5. 2026", ("2026-05-03", "2026-05-04")),
        ("31/02 2026", "31. februar 2026", ("", "")),
    ],
)
def test_months_years_and_days(at_work, draft, start, end, days):
    send(at_work, path(draft, "where"), start_date=start, end_date=end)
    draft.refresh_from_db()
    content = read_content(draft)
    assert (content["start_date"], content["end_date"]) == days


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.250.000", "1250000.00"), ("1 250 000,50", "1250000.50"), ("1,250,000.5", "1250000.50"), ("2,5 mio.", "2500000.00"), ("0", "0.00")],
)
def test_sums_in_the_notations_of_three_languages(at_work, draft, typed, amount):
    send(at_work, path(draft, "partners"), budget=typed, currency="DKK")
    draft.refresh_from_db()
    assert read_content(draft)["budget"] == amount


@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_numbers_come_back_as_they_were_in_every_language(at_work, full, language):
    before = read_content(full)
    for step in ("partners", "story"):
        assert send(at_work, path(full, step).replace("/en/", f"/{language}/")).status_code == 302
    full.refresh_from_db()
    assert read_content(full) == before


def test_municipalities_by_any_of_their_names(at_work, draft):
    send(at_work, path(draft, "where"), municipalities_add="Koge, København; malmo")
    assert [site["municipality"] for site in read_content(draft)["sites"]] == ["koge", "copenhagen", "malmo"]


def test_a_named_organisation_is_linked_and_another_name_stays_a_name(at_work, draft):
    known = OrganisationFactory(name="Energi Øst")
    fields = {"partners-TOTAL_FORMS": "2", "partners-0-name": "energi øst", "partners-0-role": "supplier", "partners-1-name": "Somebody",
              "partners-1-role": "partner"}  # fmt: skip
    send(at_work, path(draft, "partners"), **fields)
    assert [(one.organisation, one.name) for one in draft.partners.all()] == [(known, ""), (None, "Somebody")]


def test_a_text_in_another_language_stands_beside_the_original(at_work, draft):
    address = path(draft, "story")
    response = send(at_work, address, add="texts", add_language="da", story="The story")
    opened = open_form(at_work, response.url.partition("#")[0])
    send(at_work, address, opened=opened, **{"texts-0-title": "Lamper", "texts-0-story": "Historien"})
    assert [(text.language, text.title, text.story, text.is_original) for text in draft.texts.order_by("language")] == [
        ("da", "Lamper", "Historien", False), ("en", "Lamps", "The story", True),
    ]  # fmt: skip


def test_a_removed_language_goes(at_work, full):
    send(at_work, path(full, "story"), **{"texts-0-DELETE": "on"})
    assert [text.language for text in full.texts.all()] == ["en"]


# ---- nothing typed is lost


def test_what_is_valid_is_saved_and_what_is_not_stays_in_the_form(at_work, draft):
    address = path(draft, "where")
    response = send(at_work, address, municipalities_add="koge", phase="planning", start_date="03 2026", end_date="11 2025")
    assert response.context["page"].errors == [("id_end_date", "End", "The end lies before the start: write 2026 or later.")]
    draft.refresh_from_db()
    assert (draft.phase, str(draft.start_date), draft.end_date) == ("planning", "2026-03-01", None)
    assert open_form(at_work, address)["end_date"] == ["11 2025"]


def test_once_mended_it_is_forgotten(at_work, draft):
    address = path(draft, "where")
    send(at_work, address, start_date="03 2026", end_date="11 2025")
    send(at_work, address, end_date="11 2027")
    assert (KeptForm.objects.count(), open_form(at_work, address)["end_date"]) == (0, ["11 2027"])


def test_one_may_drop_what_was_kept(at_work, draft):
    address = path(draft, "where")
    send(at_work, address, start_date="soon")
    send(at_work, address, discard="1")
    assert open_form(at_work, address)["start_date"] == [""]


def test_what_is_kept_is_the_authors_own(client, at_work, draft, owner):
    send(at_work, path(draft, "where"), start_date="soon")
    client.force_login(owner)
    assert open_form(client, path(draft, "where"))["start_date"] == [""]


def test_one_more_row_without_a_script_keeps_what_was_typed(at_work, draft):
    response = send(at_work, path(draft, "story"), add="results", **{"results-0-indicator": "Energy use", "story": "Unfinished"})
    opened = open_form(at_work, response.url.partition("#")[0])
    assert [opened[name] for name in ("results-TOTAL_FORMS", "results-0-indicator", "results-1-indicator", "story")] == [
        ["2"], ["Energy use"], [""], ["Unfinished"],
    ]  # fmt: skip


def test_going_to_another_step_saves_this_one(at_work, draft):
    response = send(at_work, path(draft, "where"), go="story", phase="idea", start_date="soon")
    draft.refresh_from_db()
    assert (response.url, draft.phase) == (path(draft, "story"), "idea")
    assert open_form(at_work, path(draft, "where"))["start_date"] == ["soon"]


def test_a_row_that_is_emptied_or_removed_goes(at_work, full):
    send(at_work, path(full, "story"), **{"results-0-DELETE": "on", "lessons-0-title": "", "lessons-0-text": ""})
    assert (full.results.count(), full.lessons.count(), full.links.count()) == (0, 0, 1)


# ---- while typing


def save(client, project, step, **fields):
    opened = open_form(client, path(project, step))
    return client.post(f"/en/projects/{project.slug}/save/", opened | {"step": step, **fields}).json()


def test_a_draft_is_saved_while_typing(at_work, draft):
    said = save(at_work, draft, "story", story="It rained.")
    assert (said["state"], said["errors"], draft.texts.get().story) == ("saved", 0, "It rained.")


def test_the_marks_that_come_back_fit_the_next_save(at_work, draft):
    opened = open_form(at_work, path(draft, "story")) | {"step": "story"}
    address = f"/en/projects/{draft.slug}/save/"
    base = at_work.post(address, opened | {"story": "One"}).json()["base"]
    assert at_work.post(address, opened | {"story": "Two", "base": base}).json()["state"] == "saved"


def test_what_others_read_changes_when_its_author_says_so(at_work, organisation):
    project = ProjectFactory(organisation=organisation)
    said = save(at_work, project, "story", story="Half a sent")
    assert (said["state"], project.texts.get().story) == ("kept", "Two paths got new lamps.")
    assert open_form(at_work, path(project, "story"))["story"] == ["Half a sent"]
    send(at_work, path(project, "story"), story="A whole sentence.")
    assert (project.texts.get().story, KeptForm.objects.count()) == ("A whole sentence.", 0)


def test_a_published_project_takes_all_of_a_step_or_nothing(at_work, organisation):
    project = ProjectFactory(organisation=organisation)
    response = send(at_work, path(project, "where"), phase="evaluation", end_date="2001")
    project.refresh_from_db()
    assert (response.status_code, project.phase) == (200, "demonstration")


def test_a_published_project_cannot_lose_what_it_needs(at_work, full):
    Project.objects.filter(pk=full.pk).update(state="published")
    response = send(at_work, path(full, "basics"), summary="", themes=None)
    assert [id for id, _label, _sentence in response.context["page"].errors] == ["id_summary", "id_themes"]


# ---- the last step


def test_what_is_missing_leads_to_its_field(at_work, draft):
    page = at_work.get(path(draft, "check")).context["page"]
    assert [url for url, _sentence, _step in page.gaps] == [
        path(draft) + "#id_themes", path(draft, "where") + "#id_municipalities", path(draft, "where") + "#id_phase",
    ]  # fmt: skip


@pytest.mark.parametrize("verb", ["submit", "publish"])
def test_nothing_incomplete_is_submitted_or_published(at_work, draft, verb):
    for address in (path(draft, "check"), f"/en/projects/{draft.slug}/{verb}/"):
        at_work.post(address, {"then": verb, "visibility": "public"})
        draft.refresh_from_db()
        assert draft.state == "draft"


def test_saved_and_published_with_one_button(at_work, full):
    response = send(at_work, path(full, "check"), visibility="members", then="publish")
    full.refresh_from_db()
    assert (response.url, full.state, full.visibility) == (f"/en/projects/{full.slug}/", "published", "members")


def test_a_member_drafts_and_submits_but_never_changes_what_is_published(client, colleague, organisation):
    project = full_project(organisation=organisation, state="draft", created_by=colleague)
    client.force_login(colleague)
    send(client, path(project, "check"), then="submit")
    project.refresh_from_db()
    assert project.state == "submitted"
    Project.objects.update(state="published")
    assert client.get(path(project)).status_code == 403


def between(html):
    """What stands in the page but for the bar of the preview and the buttons of whoever looks."""
    main = html.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r'<div class="preview-bar.*?</div>\s*</div>', "", main, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<form.*?</form>", "", main, flags=re.S))


def test_the_preview_is_the_later_page(client, at_work, full, stranger):
    preview = at_work.get(f"/en/projects/{full.slug}/preview/").content.decode()
    at_work.post(f"/en/projects/{full.slug}/publish/")
    at_work.get("/en/")  # the message
    client.force_login(stranger)
    later = client.get(f"/en/projects/{full.slug}/").content.decode()
    assert between(preview) == between(later)
