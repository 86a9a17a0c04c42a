"""What a search finds in three languages, in which order, and what it marks."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.translation import override

from projects.filters import ProjectFilter
from projects.models import Project
from projects.text_search import mark_hits, nearly_matching
from projects.words import meant, refresh_words
from taxonomy.models import Municipality
from tests.factories import OrganisationFactory, ProjectFactory, ProjectTextFactory, ThemeFactory


def asked(words, language="en"):
    query = QueryDict(mutable=True)
    query["q"] = words
    with override(language):
        return ProjectFilter(query, AnonymousUser())


def found(words, language="en"):
    with override(language):
        return list(asked(words, language).page(0, 24).values_list("slug", flat=True))


def marked(words):
    cards = list(asked(words).page(0, 24).for_cards())
    return mark_hits(cards, asked(words).search)[0].marked


def project(slug, title, language="en", summary="", story="", **fields):
    """A project of these words only."""
    text = {"language": language, "title": title, "summary": summary, "story": story}
    return ProjectFactory(slug=slug, **{f"text__{name}": value for name, value in text.items()}, **fields)


@pytest.fixture
def cards(db):
    """One project in each language."""
    project("baths", "Målinger i havnebade", "da", summary="Sensorer måler vandet i København.")
    project("buses", "Eldrivna bussar i Malmö", "sv", story="Förarna körde på natten.")
    project("lamps", "Lamps on cycle paths", summary="They dim when nobody is near.")


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("måling", "baths"), ("havnebad", "baths"), ("sensor", "baths"), ("KOBENHAVN", "baths"),
        ("koebenhavn", "baths"), ("maalinger", "baths"),
        ("buss", "buses"), ("bussarna", "buses"), ("malmo", "buses"), ("Malmø", "buses"), ("förare", "buses"),
        ("lamp", "lamps"), ("dimming", "lamps"), ("cycl", "lamps"), ('"cycle paths"', "lamps"), ("lamps -buses", "lamps"),
    ],
)  # fmt: skip
def test_finds_in_each_language(cards, words, slug):
    assert found(words) == [slug]


@pytest.mark.parametrize("words", ['"paths cycle"', "lamps bussar", "lamps -cycle", "-lamps -havnebad -buss", "xyzzy"])
def test_does_not_find(cards, words):
    assert found(words) == []


def test_what_is_not_wanted_is_left_out_whatever_its_language(cards):
    ProjectTextFactory(project__slug="baths-2", project__text=False, language="en", title="Harbour baths")
    assert set(found("-havnebad")) == {"baths-2", "buses", "lamps"}


def test_a_translation_counts_against_a_project_too(cards):
    path = project("path", "Paths at night")
    ProjectTextFactory(project=path, language="da", is_original=False, title="Stier om natten")
    assert found("paths -stier") == ["lamps"]


def test_a_synonym_finds_and_does_not_exclude(db):
    ProjectFactory(slug="light", themes=[ThemeFactory(slug="lighting")], text__title="Bright paths")
    assert found("gadebelysning") == ["light"]
    assert found("paths -gadebelysning") == ["light"]


@pytest.mark.parametrize("words", ["paths -lighting", "paths -koge", "paths -gate", "paths -dusk"])
def test_names_of_what_a_project_has_exclude_it(db, words):
    koge = Municipality.objects.get(slug="koge")
    owner = OrganisationFactory(name="Gate", slug="gate")
    ProjectFactory(organisation=owner, themes=[ThemeFactory(slug="lighting")], tags=["dusk"], municipalities=[koge], text__title="Paths")
    assert found(words) == []


def test_partners_places_and_tags_are_found(db):
    ProjectFactory(slug="one", municipalities=[Municipality.objects.get(slug="copenhagen")], tags=["skybrud"])
    assert [found(words) for words in ("Köpenhamn", "skybrud", "lamps skybrud Copenhagen")] == [["one"]] * 3


def test_a_title_answers_better_than_a_story(db):
    project("story", "A path", story="Every lamp of the path is new. " * 20)
    project("title", "Every lamp is new")
    project("summary", "A path", summary="With a lamp.")
    assert found("lamp") == ["title", "summary", "story"]


def test_the_readers_language_comes_first(db):
    project("swedish", "Digital tvilling", "sv")
    project("danish", "Digital tvilling", "da")
    assert (found("tvilling", "da")[0], found("tvilling", "sv")[0]) == ("danish", "swedish")


def test_marks_the_words_in_title_and_summary(db):
    project("sensors", "Sensors <b>in</b> Køge", summary="A sensor & a Køge-based lamp.")
    assert marked("sensor koge") == {
        "title": "<mark>Sensors</mark> &lt;b&gt;in&lt;/b&gt; <mark>Køge</mark>",
        "summary": "A <mark>sensor</mark> &amp; a <mark>Køge</mark>-based lamp.",
    }


def test_a_marked_summary_is_as_long_as_the_card_shows(db):
    project("long", "Lamps", summary="lamp " * 100)
    assert marked("lamp")["summary"].count("<mark>lamp</mark>") == 48


# ---- did you mean


@pytest.fixture
def words(cards):
    refresh_words()


@pytest.mark.parametrize(("typed", "better"), [("havnebda", "havnebade"), ("sensoer", "sensorer"), ("Koebnhavn", "københavn")])
def test_means_the_most_alike_word(words, typed, better):
    assert meant([typed]) == [better]


@pytest.mark.parametrize("typed", ["havnebade", "maalinger", "københavn", "xyzzyq", "bad", "12345"])
def test_means_what_it_says(words, typed):
    assert meant([typed]) is None


@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"state": "hidden"}, {"visibility": "members"}])
def test_suggests_nothing_that_is_not_public(db, hidden):
    ProjectFactory(**hidden, text__title="Canarybird")
    refresh_words()
    assert meant(["canarybrid"]) is None


def test_what_is_not_wanted_does_not_come_back_as_nearest(cards):
    search = asked("lamps harbour -paths").search
    assert list(Project.objects.filter(nearly_matching(search)).values_list("slug", flat=True)) == []


def test_an_unwanted_tag_excludes_although_another_theme_has_it_as_synonym(db):
    planning = ThemeFactory(slug="planning", names={"en": "Planning"}, synonyms={"en": ["benches"]})
    project("square", "A new square", themes=[planning])
    project("seats", "A new park", themes=[planning], tags=["benches"])
    assert found("new -benches") == ["square"]
