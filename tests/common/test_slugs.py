import pytest
from django.db import IntegrityError

from common.slugs import free_slugs, insert_with_slug, slug_base
from organisations.models import Organisation
from tests.factories import OrganisationFactory


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ærø på Læsø", "aero-pa-laeso"),
        ("Smarta lösningar i Malmö", "smarta-losningar-i-malmo"),
        ("Map", "map-project"),
        ("New!", "new-project"),
        ("da", "da-project"),
        ("Working groups", "working-groups-project"),
        ("2030", "2030"),
        ("<b>Bold</b> & brave", "bboldb-brave"),
        ("🎉🎉", ""),
        ("проект", ""),
        ("\u202eevil", "evil"),
    ],
)
def test_a_title_becomes_an_address(title, slug):
    assert slug_base(title, "project") == slug


def test_a_long_title_is_cut_between_words():
    slug = slug_base("lamp " * 60, "project")
    assert (len(slug) <= 110, slug.endswith("lamp")) == (True, True)


def test_one_long_word_is_cut_too():
    assert slug_base("a" * 300, "project") == "a" * 110


def test_the_next_number_is_taken(db):
    for slug in ("koge", "koge-2", "koge-kommune"):
        OrganisationFactory(slug=slug)
    assert insert_with_slug(Organisation(name="Køge", type="company"), "Køge", noun="organisation").slug == "koge-3"


def test_a_title_without_letters_is_known_by_its_number(db):
    row = insert_with_slug(Organisation(name="🎉", type="company"), "🎉", noun="organisation")
    assert row.slug == f"organisation-{row.pk}"


def test_another_broken_rule_is_not_taken_for_a_double_slug(db):
    OrganisationFactory(source="list", source_key="7")
    row = Organisation(name="Second", type="company", source="list", source_key="7")
    with pytest.raises(IntegrityError):
        insert_with_slug(row, "Second", noun="organisation")


def test_many_at_once_are_told_apart(db):
    OrganisationFactory(slug="koge")
    assert free_slugs(Organisation, ["Køge", "Køge", "Map"], noun="organisation") == ["koge-2", "koge-3", "map-organisation"]
