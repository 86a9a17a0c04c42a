"""A project as a card of a list."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from projects.models import Project
from tests.factories import MunicipalityFactory, ProjectFactory, ProjectTextFactory, SiteFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def card(language="en"):
    with translation.override(language):
        (only,) = Project.objects.for_cards()
        return only, BeautifulSoup(only.html, "html.parser")


def test_a_card_says_what_where_when_and_how_far(db):
    ProjectFactory(slug="lamps", text__title="Lamps", text__summary="They dim.", themes=[ThemeFactory(slug="energy")],
                   municipalities=[MunicipalityFactory(name="Køge")])  # fmt: skip
    _card, page = card()
    words = (page.a["href"], page.h3.get_text(strip=True), page.select_one(".card__text").get_text())
    assert words == ("/en/projects/lamps/", "Lamps", "They dim.")
    assert [span.get_text() for span in page.select(".card__meta > span")] == ["Køge", "Demonstration, 2024–2026"]
    assert (page.select_one(".theme-badge").get_text(), page.select_one(".phase").get_text()) == ("Energy", "Demonstration")


def test_the_text_of_the_readers_language_else_the_original(db):
    project = ProjectFactory(text__language="da", text__title="Lys")
    ProjectTextFactory(project=project, language="sv", is_original=False, title="Ljus")
    titles = [(str(card(code)[0]), card(code)[1].a.get("lang")) for code in ("da", "sv", "en")]
    assert titles == [("Lys", None), ("Ljus", None), ("Lys", "da")]


def test_a_text_of_unknown_language_has_no_badge(db):
    ProjectFactory(text__language="mul")
    _card, page = card()
    assert (page.a.get("lang"), page.select(".lang-badge")) == (None, [])


@pytest.mark.parametrize(
    ("places", "words"),
    [(["Køge"], "Køge"), (["Køge", "Lund"], "Køge, Lund"), (["Køge", "Køge"], "Køge"), (["A", "B", "C", "D"], "A, B + 2")],
)
def test_few_places_are_named_and_the_rest_counted(db, places, words):
    made = {name: MunicipalityFactory(name=name) for name in places}
    project = ProjectFactory()
    for position, name in enumerate(places):
        SiteFactory(project=project, municipality=made[name], position=position)
    assert card()[0].place == words


def test_without_municipality_the_label_and_then_the_organisation(db):
    project = ProjectFactory(organisation__name="Lunds kommun")
    owner = card()[1].select_one(".card__meta span").get_text()
    SiteFactory(project=project, municipality=None, label="The harbour")
    assert (owner, card()[0].place) == ("Lunds kommun", "The harbour")


def test_a_long_summary_is_cut_between_words(db):
    ProjectFactory(text__summary="lamp " * 100)
    assert card()[0].summary == "lamp " * 47 + "lamp …"


def test_html_is_text(db):
    evil = "<script>alert(1)</script>"
    ProjectFactory(text__title=evil, text__summary=evil, text__language="x\"><", organisation__name=evil,
                   themes=[ThemeFactory(slug="evil", names={"en": evil})])  # fmt: skip
    found, page = card()
    found.reason = evil
    assert (page.find("script"), BeautifulSoup(found.html, "html.parser").find("script")) == (None, None)


def test_a_project_without_a_text_still_has_a_card(db):
    ProjectFactory(slug="no-text", text=False)
    assert str(card()[0]) == "no-text"


def test_one_query_for_a_page_of_cards(db, django_assert_num_queries):
    ProjectFactory.create_batch(3, municipalities=[MunicipalityFactory()])
    with django_assert_num_queries(1):
        assert len([found.html for found in Project.objects.for_cards()[:24]]) == 3


def test_a_list_of_cards_counts_filters_and_slices(db):
    ProjectFactory.create_batch(3, phase="idea")
    ProjectFactory(phase="operation")
    cards = Project.objects.for_cards().filter(phase="idea").order_by("pk")
    assert (cards.count(), len(cards[1:3])) == (3, 2)
