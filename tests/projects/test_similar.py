"""Similar projects: shared themes × 3, tags × 2, the same or a neighbouring municipality × 1, a later phase × 1; nothing below 3."""

import pytest
from django.contrib.auth.models import AnonymousUser

from projects.reading import read_parts
from projects.similar import similar_projects
from tests.factories import MunicipalityFactory, ProjectFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def energy(db):
    return ThemeFactory(slug="energy", names={"en": "Energy"})


@pytest.fixture
def water(db):
    return ThemeFactory(slug="water", names={"en": "Water"})


def similar(project, user=None):
    return similar_projects(project, read_parts(project), user or AnonymousUser())


def names(project, user=None):
    return [str(card) for card in similar(project, user)]


def test_the_most_alike_come_first(energy, water):
    project = ProjectFactory(themes=[energy, water], tags=["radar"], phase="demonstration")
    ProjectFactory(text__title="One theme", themes=[energy], phase="idea")
    ProjectFactory(text__title="Two themes and a tag", themes=[energy, water], tags=["radar"], phase="idea")
    ProjectFactory(text__title="One theme, later", themes=[energy], phase="evaluation")
    ProjectFactory(text__title="Two themes", themes=[energy, water], phase="idea")
    assert names(project) == ["Two themes and a tag", "Two themes", "One theme, later", "One theme"]


def test_below_three_nothing_is_alike(energy):
    place = MunicipalityFactory()
    project = ProjectFactory(themes=[energy], tags=["radar"], municipalities=[place], phase="idea")
    ProjectFactory(text__title="A tag", tags=["radar"], phase="idea")
    ProjectFactory(text__title="Here and later", municipalities=[place], phase="operation")
    ProjectFactory(text__title="A tag, here", tags=["radar"], municipalities=[place], phase="idea")
    assert names(project) == ["A tag, here"]


def test_a_neighbour_counts_as_the_place_itself():
    here, there, far = MunicipalityFactory(), MunicipalityFactory(), MunicipalityFactory()
    here.neighbours.add(there)
    project = ProjectFactory(tags=["radar"], municipalities=[here], phase="idea")
    for title, place in (("Next door", there), ("Far away", far)):
        ProjectFactory(text__title=title, tags=["radar"], municipalities=[place], phase="idea")
    assert [(str(card), card.reason) for card in similar(project)] == [("Next door", "same tag: radar; in a neighbouring municipality")]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"themes": 2, "tags": ["radar"], "phase": "operation"}, "same themes: Energy, Water and climate adaptation; same tag: radar"),
        ({"themes": 1, "phase": "operation"}, "same theme: Energy; a step further: In operation"),
        ({"themes": 1, "phase": "idea", "here": True}, "same theme: Energy; also in Testby"),
        ({"themes": 1, "tags": ["radar", "sti", "lys"], "phase": "idea"}, "same tags: lys, radar; same theme: Energy"),
        ({"themes": 1, "phase": "stopped"}, "same theme: Energy"),
    ],
)
def test_the_two_strongest_reasons_in_words(energy, water, other, reason):
    place = MunicipalityFactory(name="Testby")
    project = ProjectFactory(themes=[energy, water], tags=["radar", "sti", "lys"], municipalities=[place], phase="demonstration")
    places = [place] if other.pop("here", False) else []
    ProjectFactory(**{**other, "themes": [energy, water][: other["themes"]]}, municipalities=places)
    assert [card.reason for card in similar(project)] == [reason]


def test_only_what_the_reader_finds_in_lists(energy, colleague, organisation):
    project = ProjectFactory(themes=[energy])
    for state in ("draft", "submitted", "withdrawn", "hidden", "archived"):
        ProjectFactory(themes=[energy], state=state, organisation=organisation)
    ProjectFactory(text__title="For members", themes=[energy], visibility="members")
    assert (names(project), names(project, colleague)) == ([], ["For members"])


def test_without_themes_and_tags_nothing_is_asked(django_assert_num_queries, db):
    project = ProjectFactory()
    parts = read_parts(project)
    with django_assert_num_queries(0):
        assert similar_projects(project, parts, AnonymousUser()) == []


def test_one_query(energy, django_assert_num_queries):
    project, user = ProjectFactory(themes=[energy], tags=["radar"]), AnonymousUser()
    ProjectFactory.create_batch(5, themes=[energy], tags=["radar"])
    parts = read_parts(project)
    with django_assert_num_queries(1):
        assert len(similar_projects(project, parts, user)) == 4
