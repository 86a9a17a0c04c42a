"""What nobody should send to the forms of a project, and what becomes of it."""

import pytest

from projects.content import read_content
from projects.models import KeptForm, Project
from tests.factories import OrganisationFactory, ProjectFactory
from tests.factories.projects import full_project
from tests.support.forms import open_form, send

pytestmark = [pytest.mark.django_db, pytest.mark.any_version]
STEPS = ("basics", "where", "partners", "story", "check")


@pytest.fixture
def draft(organisation):
    return full_project(organisation=organisation, state="draft")


@pytest.fixture
def at_work(client, editor):
    client.force_login(editor)
    client.raise_request_exception = False
    return client


def path(project, step="basics"):
    return f"/en/projects/{project.slug}/edit/" + ("" if step == "basics" else f"{step}/")


FORBIDDEN = {
    "state": "published", "published_at": "2020-01-01", "created_by": "1", "created_by_id": "1", "slug": "taken", "is_demo": "on",
    "source": "cordis", "source_key": "1", "revision": "99", "facet_terms": "theme:energy", "organisation_id": "1", "id": "1", "pk": "1",
    "verified_at": "2020-01-01", "state_reason": "x", "submitted_at": "2020-01-01", "index_stale": "on", "results-0-id": "1",
    "results-0-project": "1", "partners-0-state": "confirmed", "partners-0-id": "1", "texts-0-is_original": "on", "texts-0-id": "1",
}  # fmt: skip
COLUMNS = (
    "state",
    "published_at",
    "created_by_id",
    "organisation_id",
    "slug",
    "is_demo",
    "source",
    "source_key",
    "state_reason",
    "submitted_at",
)


@pytest.mark.parametrize("step", STEPS)
def test_tc21_what_the_form_does_not_ask_is_not_written(at_work, draft, step):
    before = Project.objects.values(*COLUMNS).get(pk=draft.pk), read_content(draft)
    send(at_work, path(draft, step), **FORBIDDEN)
    draft.refresh_from_db()
    assert (Project.objects.values(*COLUMNS).get(pk=draft.pk), read_content(draft)) == before


@pytest.mark.parametrize("address", ["new", "edit"])
def test_tc21_no_project_for_an_organisation_of_others(at_work, draft, address):
    other = OrganisationFactory()
    where = "/en/projects/new/" if address == "new" else path(draft)
    response = send(at_work, where, title="Taken over", organisation=str(other.pk))
    assert (response.status_code, other.projects.count()) == (200, 0)


def test_tc21_a_project_that_is_out_keeps_its_organisation(at_work, draft, editor):
    other = OrganisationFactory()
    other.memberships.create(user=editor, role="owner")
    Project.objects.filter(pk=draft.pk).update(state="published")
    send(at_work, path(draft), organisation=str(other.pk))
    draft.refresh_from_db()
    assert draft.organisation != other


def test_tc21_a_draft_moves_between_ones_own_organisations(at_work, draft, editor):
    other = OrganisationFactory()
    other.memberships.create(user=editor, role="member")
    send(at_work, path(draft), organisation=str(other.pk))
    draft.refresh_from_db()
    assert draft.organisation == other


def test_tc21_a_draft_that_moves_goes_out_by_ones_rights_in_its_new_organisation(at_work, draft, editor):
    other = OrganisationFactory()
    other.memberships.create(user=editor, role="member")
    send(at_work, path(draft), organisation=str(other.pk), then="publish")
    draft.refresh_from_db()
    assert (draft.organisation, draft.state) == (other, "draft")


@pytest.mark.parametrize("query", ["organisation=%00", "organisation=" + "x" * 3_000, "more=%00", "more=texts:%00"])
def test_a_hostile_address_of_a_form_is_answered(at_work, draft, query):
    assert [at_work.get(f"{where}?{query}").status_code for where in ("/en/projects/new/", path(draft, "story"))] == [200, 200]


@pytest.mark.parametrize("name", ["themes", "goals"])
@pytest.mark.parametrize("value", ["\x00", "a\x00b", "9" * 30, "-1", "\u202e"])
def test_a_choice_that_nobody_offers_is_refused(at_work, draft, name, value):
    assert send(at_work, path(draft), **{name: value}).status_code == 200


@pytest.mark.parametrize("base", ["[" * 200_000, '{"a":' * 200_000, "9" * 10_000, "NaN", '"', "[1]", '{"title": 1}'])
def test_marks_that_no_form_carries_break_nothing(at_work, draft, base):
    assert send(at_work, path(draft), title="Other", base=base).status_code in (200, 302, 409)


@pytest.mark.parametrize("pk", ["hidden", "0", "-1", "9" * 30, "1 OR 1=1", "\x00"])
def test_tc21_an_organisation_one_may_not_see_is_not_linked(at_work, draft, pk):
    unseen = OrganisationFactory(name="Unseen", verified_at=None)
    pk = str(unseen.pk) if pk == "hidden" else pk
    response = send(at_work, path(draft, "partners"), **{"partners-0-organisation": pk, "partners-0-name": "Unseen"})
    assert response.status_code in (200, 302)
    assert not draft.partners.filter(organisation=unseen).exists()


@pytest.mark.parametrize("word", ["edit/", "edit/story/", "versions/", "preview/"])
@pytest.mark.parametrize(("part", "status"), [("stranger", 404), ("suspended", 403), ("nobody", 302)])
def test_a_draft_of_others_is_not_there(client, request, draft, word, part, status):
    person = request.getfixturevalue(part)
    if part != "nobody":
        client.force_login(person)
    assert client.get(f"/en/projects/{draft.slug}/{word}").status_code == status


def test_a_colleague_sees_and_may_not_write(client, colleague, draft):
    client.force_login(colleague)
    address = f"/en/projects/{draft.slug}/"
    answers = [client.get(address).status_code, *(client.post(f"{address}{word}/").status_code for word in ("edit", "save", "editing"))]
    assert answers == [200, 403, 403, 403]


HOSTILE = {
    "nul": "\x00", "nul inside": "a\x00b", "direction": "\u202egnp", "zero width": "\u200b", "emoji": "🎉🎉",
    "marks": "e" + "\u0301" * 9_000, "markup": '"><script>alert(1)</script>', "format": "%s%(x)s{0}{x}%n", "long": "x" * 20_000,
    "digits": "9" * 5_000, "minus": "-1", "infinity": "1e999", "nan": "nan", "surrogate": "\ud800", "year": "99999", "zero": "00 0000",
    "list": '["x"]',
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_answered_and_can_be_opened_again(at_work, draft, step, text):
    opened = open_form(at_work, path(draft, step))
    fields = {
        name: [HOSTILE[text].encode("utf-8", "replace").decode() for _value in values] for name, values in opened.items() if name != "base"
    }
    answers = [send(at_work, path(draft, step), opened=opened, **{**fields, "then": "next"}), at_work.get(path(draft, step))]
    answers.append(at_work.post(f"/en/projects/{draft.slug}/save/", {**fields, "step": step}))
    assert {response.status_code for response in answers} <= {200, 302, 409}


@pytest.mark.parametrize(
    "field", ["base", "add", "add_language", "go", "do", "then", "decide", "choice:title", "discarded", "step", "more"]
)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_buttons_are_answered(at_work, draft, field, text):
    response = send(at_work, path(draft, "story"), **{field: HOSTILE[text].encode("utf-8", "replace").decode()})
    assert response.status_code in (200, 302, 409)


@pytest.mark.parametrize("query", ["more=results", "more=texts:xx", "more=texts:", "more=%00", "more=texts:%00", "more=" + "x" * 5_000])
def test_hostile_addresses_of_a_step(at_work, draft, query):
    assert at_work.get(f"{path(draft, 'story')}?{query}").status_code == 200


@pytest.mark.parametrize("count", ["1001", "999999999", "-1", "x", "", "9" * 400])
def test_a_form_that_says_it_has_very_many_rows(at_work, draft, count):
    response = send(at_work, path(draft, "story"), **{"links-TOTAL_FORMS": count, "story": "Still saved"})
    assert response.status_code in (200, 302)


def test_a_thousand_rows_are_more_than_is_taken(at_work, draft):
    rows = {f"links-{number}-url": f"https://example.org/{number}" for number in range(1001)}
    assert send(at_work, path(draft, "story"), **{"links-TOTAL_FORMS": "1001", **rows}).status_code == 400
    assert draft.links.count() == 1


def test_fifty_rows_are_refused_in_words_and_kept(at_work, draft):
    rows = {f"links-{number}-url": f"https://example.org/{number}" for number in range(45)}
    response = send(at_work, path(draft, "story"), **{"links-TOTAL_FORMS": "45", **rows})
    assert [id for id, _label, _sentence in response.context["page"].errors] == ["links-set"]
    assert draft.links.count() == 1


def test_a_story_of_300_kb_is_refused_in_words_and_kept(at_work, draft):
    response = send(at_work, path(draft, "story"), story="word " * 60_000)
    assert [id for id, _label, _sentence in response.context["page"].errors] == ["id_story"]
    assert len(open_form(at_work, path(draft, "story"))["story"][0]) >= 299_999


def test_what_is_longer_than_any_work_is_not_kept(at_work, draft):
    send(at_work, path(draft, "story"), story="x" * 500_000)
    assert KeptForm.objects.count() == 0


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil", "http://", "x" * 600])
def test_only_addresses_of_pages_are_links(at_work, draft, url):
    send(at_work, path(draft, "story"), **{"links-0-url": url})
    assert [link.url.startswith("https://") for link in draft.links.all()] == [True]


@pytest.mark.parametrize("step", [*STEPS, "nowhere", "-"])
def test_a_step_that_does_not_exist_is_not_there(at_work, draft, step):
    expected = 200 if step in STEPS else 404
    assert at_work.get(path(draft, step)).status_code == expected
    assert at_work.post(f"/en/projects/{draft.slug}/save/", {"step": step}).status_code == expected


@pytest.mark.parametrize("what", ["organisations", "municipalities", "tags"])
@pytest.mark.parametrize("text", ["", "a", "Kø", "%", "_", "\x00", "x" * 5_000, "('"])
def test_suggestions_answer_whatever_is_typed(at_work, what, text):
    assert at_work.get(f"/en/projects/suggest/{what}/", {"q": text}).status_code == 200


def test_suggestions_name_no_organisation_one_may_not_see(at_work):
    OrganisationFactory(name="Energi Øst")
    OrganisationFactory(name="Energi Skjult", verified_at=None)
    found = at_work.get("/en/projects/suggest/organisations/", {"q": "energi"}).json()["found"]
    assert [one["label"] for one in found] == ["Energi Øst"]


@pytest.mark.parametrize("step", STEPS)
def test_each_step_has_one_number_of_queries(at_work, organisation, step, same_queries):
    project = ProjectFactory(organisation=organisation, state="draft")

    def one_more():
        number = project.results.count()
        project.results.create(indicator=f"Number {number}")
        project.lessons.create(title=f"Lesson {number}", kind="worked")
        project.partners.create(organisation=OrganisationFactory())
        project.links.create(url=f"https://example.org/{number}")
        project.sites.create(label=f"Place {number}")

    assert same_queries(path(project, step), one_more) <= 32
