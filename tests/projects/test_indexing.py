"""What filters and search know of a project."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.indexing import index_all, index_projects
from projects.models import Project
from taxonomy.models import Municipality
from tests.factories import (
    OrganisationFactory,
    OrganisationTextFactory,
    PartnerFactory,
    ProjectFactory,
    ProjectTextFactory,
    ThemeFactory,
)


@pytest.fixture
def koge(db):
    return Municipality.objects.get(slug="koge")


def terms(project):
    index_projects([project.pk])
    project.refresh_from_db()
    return project.facet_terms


def keywords(project):
    index_projects([project.pk])
    return project.texts.get(is_original=True).keywords.split(", ")


def test_a_term_for_each_value_of_each_filter(koge):
    owner = OrganisationFactory(slug="lejre-kommune")
    project = ProjectFactory(organisation=owner, themes=[ThemeFactory(slug="energy")], tags=["Harbour bath"], municipalities=[koge])
    PartnerFactory(project=project, organisation=OrganisationFactory(slug="gate-21"))
    assert terms(project) == [
        "country:DK", "kind:demonstration", "municipality:koge", "organisation:gate-21", "organisation:lejre-kommune",
        "phase:demonstration", f"region:{koge.region.slug}", "tag:harbour-bath", "theme:energy",
    ]  # fmt: skip


def test_two_places_of_one_region_are_one_term(koge):
    project = ProjectFactory(municipalities=[koge, Municipality.objects.get(slug="roskilde")])
    assert [term for term in terms(project) if term.startswith(("region", "country"))] == ["country:DK", f"region:{koge.region.slug}"]


def test_without_a_place_it_is_in_the_country_of_its_owner(db):
    assert "country:SE" in terms(ProjectFactory(organisation=OrganisationFactory(country="SE")))


def test_a_place_says_more_than_the_owner(koge):
    project = ProjectFactory(organisation=OrganisationFactory(country="SE"), municipalities=[koge])
    assert [term for term in terms(project) if term.startswith("country")] == ["country:DK"]


def test_keywords_name_partners_in_every_spelling(db):
    partner = OrganisationFactory(name="Danmarks Tekniske Universitet")
    OrganisationTextFactory(organisation=partner, name="Technical University of Denmark")
    project = PartnerFactory(organisation=partner).project
    PartnerFactory(project=project, organisation=None, name="Aunt Olga")
    assert {"Danmarks Tekniske Universitet", "Technical University of Denmark", "Aunt Olga"} <= set(keywords(project))


def test_keywords_name_places_in_every_language(db):
    project = ProjectFactory(municipalities=[Municipality.objects.get(slug="copenhagen")])
    assert {"København", "Copenhagen", "Köpenhamn"} <= set(keywords(project))


def test_keywords_hold_themes_with_their_synonyms_in_every_language(db):
    project = ProjectFactory(themes=[ThemeFactory(slug="lighting")], tags=["Dark sky park"])
    assert {"Lighting", "Belysning", "street light", "gadebelysning", "gatubelysning", "Dark sky park"} <= set(keywords(project))


def test_every_text_has_the_keywords(db):
    project = ProjectFactory(tags=["Harbour bath"])
    ProjectTextFactory(project=project, language="da", is_original=False)
    index_projects([project.pk])
    assert [text.keywords for text in project.texts.all()] == [keywords_of(project)] * 2


def keywords_of(project):
    return ", ".join(keywords(project))


def test_the_number_of_statements_does_not_grow(db):
    few, many = [ProjectFactory().pk], [ProjectFactory().pk for _ in range(10)]
    counted = []
    for ids in (few, many):
        with CaptureQueriesContext(connection) as seen:
            index_projects(ids)
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_all_of_them_after_a_bulk_load(db):
    ProjectFactory(state="draft")
    Project.objects.update(facet_terms=[])
    assert index_all() == Project.objects.filter(facet_terms__len__gt=0).count()
