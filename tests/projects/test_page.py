"""The page of a project, as visitors and members read it."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from projects.enums import LessonKind
from tests.factories import (
    GoalFactory,
    LessonFactory,
    LinkFactory,
    MilestoneFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PartnerFactory,
    ProjectFactory,
    ProjectTextFactory,
    ResultFactory,
    SiteFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def read(client):
    """Returns a function: the parsed page of a project in a language."""

    def page(project, language="en", query=""):
        with translation.override(language):
            response = client.get(project.get_absolute_url() + query)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return page


def facts(page):
    rows = page.select(".facts > div")
    return {row.dt.get_text(): row.dd.get_text(" ", strip=True) for row in rows}


def test_facts_stand_first(read):
    place = MunicipalityFactory(name="Køge")
    project = ProjectFactory(organisation__name="Køge Kommune", municipalities=[place], budget=3480000, currency="DKK",
                             goals=[GoalFactory(number=7)])  # fmt: skip
    found = facts(read(project))
    updated = found.pop("Updated")
    assert updated.endswith(str(datetime.date.today().year))
    assert found == {
        "Phase": "Demonstration", "Kind": "Demonstration", "Organisation": "Køge Kommune", "Municipality": "Køge , Denmark",
        "Period": "Jan 2024 – Jun 2026", "Budget": "DKK\xa03,480,000", "Goals": "7 Affordable and clean energy",
    }  # fmt: skip


def test_the_sections_that_are_there_are_linked(read):
    project = ProjectFactory()
    bare = [link.get_text() for link in read(project).select(".tabs a")]
    for factory in (ResultFactory, LessonFactory, MilestoneFactory, SiteFactory, LinkFactory):
        factory(project=project)
    full = [link.get_text(" ", strip=True) for link in read(project).select(".tabs a")]
    assert (bare, full) == (["Partners"], ["Results", "Lessons learned", "Timeline", "Partners", "Sites", "Documents and links 1"])


def test_results_are_drawn_and_written(read):
    project = ProjectFactory()
    ResultFactory(project=project, indicator="Energy use", baseline="86.4", target="60", actual="53.1")
    page = read(project)
    cells = [cell.get_text() for cell in page.select("#results tbody tr:first-child > *")]
    assert cells == ["Energy use", "MWh a year", "86.4", "60", "53.1", "−39 %", "Meter in each cabinet", "2022–2024"]
    assert len(page.select("#results svg rect")) == 2


def test_no_more_than_three_charts(read):
    project = ProjectFactory()
    for _ in range(6):
        ResultFactory(project=project)
    page = read(project)
    assert (len(page.select("#results svg")), len(page.select("#results tbody tr"))) == (3, 6)


def test_lessons_keep_the_order_of_their_authors(read):
    project = ProjectFactory()
    for position, kind in enumerate((LessonKind.FAILED, LessonKind.WORKED)):
        LessonFactory(project=project, kind=kind, title="one", position=position)
    heads = [head.get_text() for head in read(project).select("#lessons h3")]
    assert heads == ["Did not work: one", "Worked: one"]


def test_the_timeline_marks_what_is_ahead_and_now(read):
    project, today = ProjectFactory(), datetime.date.today()
    for days in (-400, -10, 30):
        MilestoneFactory(project=project, date=today + datetime.timedelta(days))
    marks = [sorted(name for name in row.attrs) for row in read(project).select(".timeline > li")]
    assert marks == [["data-ahead"], ["data-now"], []]


def test_the_owner_leads_when_nobody_is_named_as_lead(read):
    project = ProjectFactory(organisation__name="Owner")
    PartnerFactory(project=project, organisation=None, name="A foundation", role="funder")
    rows = [[cell.get_text(strip=True) for cell in row.select("th .who > :last-child, td:nth-of-type(1)")]
            for row in read(project).select("#partners tbody tr")]  # fmt: skip
    assert rows == [["Owner", "Lead"], ["A foundation", "Funder"]]


def test_a_proposed_organisation_is_named_without_a_link(read):
    project = ProjectFactory()
    PartnerFactory(project=project, organisation=OrganisationFactory(name="Proposal", verified_at=None))
    assert [link.get_text() for link in read(project).select("#partners a")] == [project.organisation.name]


def test_the_readers_language_comes_first(read):
    project = ProjectFactory(text__language="da", text__title="Lys")
    ProjectTextFactory(project=project, language="sv", is_original=False, title="Ljus")
    titles = {code: read(project, code).h1.get_text() for code in ("da", "sv", "en")}
    assert titles == {"da": "Lys", "sv": "Ljus", "en": "Lys"}


def test_a_text_in_another_language_says_so(read):
    page = read(ProjectFactory(text__language="da"), "en")
    assert (page.h1.get("lang"), page.select_one(".noun-head .lang-badge").get_text()) == ("da", "da")


def test_a_text_of_unknown_language_has_neither_badge_nor_lang(read):
    page = read(ProjectFactory(text__language="mul"), "en")
    assert (page.h1.get("lang"), page.select(".noun-head .lang-badge")) == (None, [])


def test_other_languages_are_linked(read):
    project = ProjectFactory(slug="lys", text__language="da")
    for code in ("sv", "de"):
        ProjectTextFactory(project=project, language=code, is_original=False)
    links = [(link["href"], link["hreflang"]) for link in read(project, "en").select(".noun-head a[hreflang]")]
    assert links == [("/sv/projects/lys/", "sv"), ("/en/projects/lys/?language=de", "de")]


def test_a_language_the_portal_does_not_speak_is_shown_on_request(read):
    project = ProjectFactory()
    ProjectTextFactory(project=project, language="de", is_original=False, title="Licht", story="Auf Deutsch.")
    page = read(project, "en", "?language=de")
    assert (page.h1.get_text(), page.select_one(".prose .prose").get_text(strip=True)) == ("Licht", "Auf Deutsch.")


@pytest.mark.parametrize("query", ["?language=xx", "?language=%00", "?language=" + "d" * 9000, "?language=da'--", "?language="])
def test_a_language_that_is_none_is_left_out(read, query):
    assert read(ProjectFactory(text__title="Lamps"), "en", query).h1.get_text() == "Lamps"


def test_html_is_shown_as_text_everywhere(client):
    project = ProjectFactory(
        organisation__name=EVIL, programme=EVIL, phase="stopped", stopped_reason=EVIL, contact_name=EVIL, tags=[EVIL[:60]],
        text__title=EVIL, text__summary=EVIL, text__story=EVIL, themes=[ThemeFactory(slug="evil", names={"en": EVIL})],
        municipalities=[MunicipalityFactory(name=EVIL[:80])],
    )  # fmt: skip
    SiteFactory(project=project, label=EVIL)
    PartnerFactory(project=project, organisation=None, name=EVIL)
    ResultFactory(project=project, indicator=EVIL, unit="<b>", method=EVIL, period=EVIL)
    LessonFactory(project=project, title=EVIL, text=EVIL)
    MilestoneFactory(project=project, title=EVIL, text=EVIL)
    LinkFactory(project=project, label=EVIL)
    ProjectFactory(themes=project.themes.all(), text__title=EVIL, text__summary=EVIL)
    content = client.get(project.get_absolute_url()).content.decode()
    assert [mark for mark in ("<script>alert", "<img src=x", 'onerror=alert(2)>"') if mark in content] == []
    scripts = BeautifulSoup(content, "html.parser").find_all("script", src=False)
    assert [script.get("type") for script in scripts] == ["application/ld+json"]


def test_the_data_block_is_json_that_ends_no_script(client):
    project = ProjectFactory(text__title="</script><script>alert(1)</script>")
    block = BeautifulSoup(client.get(project.get_absolute_url()).content, "html.parser").find("script", type="application/ld+json")
    data = json.loads(block.string)
    assert (data["name"], data["@type"], data["inLanguage"]) == ("</script><script>alert(1)</script>", "CreativeWork", "en")


def test_a_shared_link_introduces_itself(read):
    page = read(ProjectFactory(text__title="Lamps", text__summary="They dim."))
    found = {meta["property"]: meta["content"] for meta in page.select("meta[property^=og]")}
    assert (found["og:title"], found["og:description"], found["og:type"]) == ("Lamps", "They dim.", "article")


def test_what_is_not_for_everybody_is_kept_from_search_engines(client, owner, organisation):
    client.force_login(owner)
    project = ProjectFactory(organisation=organisation, visibility="members")
    page = BeautifulSoup(client.get(project.get_absolute_url()).content, "html.parser")
    assert (page.find("meta", attrs={"name": "robots"})["content"], page.find("script", type="application/ld+json")) == ("noindex", None)


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"state": "draft"}, "Draft"),
        ({"state": "submitted"}, "Submitted"),
        ({"state": "returned", "state_reason": "Say what it cost."}, "Returned"),
        ({"state": "withdrawn"}, "Withdrawn"),
        ({"state": "hidden", "state_reason": "Spam."}, "Hidden"),
        ({"state": "archived"}, "Archived"),
        ({"visibility": "members"}, "For members"),
        ({"visibility": "organisation"}, "For its organisations"),
    ],
)
def test_a_note_says_where_the_project_stands(client, owner, organisation, fields, title):
    client.force_login(owner)
    project = ProjectFactory(organisation=organisation, **fields)
    page = BeautifulSoup(client.get(project.get_absolute_url()).content, "html.parser")
    note = page.select_one(".noun-head .message")
    assert (note.h2.get_text(), fields.get("state_reason", "") in note.get_text()) == (title, True)


def test_a_stopped_project_says_why(read):
    page = read(ProjectFactory(phase="stopped", stopped_reason="The money ended."))
    assert page.select_one(".split .message").get_text(" ", strip=True) == "Why it was stopped The money ended."


def test_a_long_story_is_shown_whole(read):
    story = "word " * 11_999
    assert len(read(ProjectFactory(text__story=story)).select_one(".prose .prose").get_text()) > 59_000


def test_as_many_queries_with_thirty_of_everything(count_queries):
    project = ProjectFactory(themes=[ThemeFactory(slug="energy")], tags=["radar"])
    fill(project, 1)
    count_queries(project.get_absolute_url())
    with_one = count_queries(project.get_absolute_url())
    fill(project, 29)
    assert (count_queries(project.get_absolute_url()), with_one <= 12) == (with_one, True)


def fill(project, times):
    for factory in (SiteFactory, PartnerFactory, ResultFactory, LessonFactory, MilestoneFactory, LinkFactory):
        factory.create_batch(times, project=project)
    for number in range(times):
        project.tags.add(f"tag {times}-{number}")
        ProjectFactory(themes=project.themes.all(), tags=["radar"])


def test_an_unknown_project_is_404(client, db):
    assert client.get("/en/projects/there-is-none/").status_code == 404


def test_a_project_is_read_not_written(client, db):
    assert client.post(ProjectFactory().get_absolute_url()).status_code == 405
