"""What search knows of an organisation."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.actions import create_organisation, update_organisation
from organisations.indexing import index_all, index_organisations
from organisations.models import OrganisationText
from taxonomy.models import Municipality
from tests.factories import DomainFactory, OrganisationFactory, OrganisationTextFactory

pytestmark = pytest.mark.django_db


def words(organisation):
    return {word for text in organisation.texts.all() for word in text.keywords.split(", ")}


def test_an_organisation_nobody_described_is_found_by_its_name():
    organisation = create_organisation(by=None, name="Zeppelin Works", type="company")
    assert [(text.language, text.description) for text in organisation.texts.all()] == [("mul", "")]
    assert words(organisation) == {"Zeppelin Works"}


def test_places_number_domains_and_other_names_are_words():
    place = Municipality.objects.get(slug="copenhagen")
    organisation = OrganisationFactory(name="Luftskib", municipality=place, registration_number="DK-12")
    OrganisationTextFactory(organisation=organisation, name="Airship")
    DomainFactory(organisation=organisation, name="luft.example")
    index_organisations([organisation.pk])
    assert {"Luftskib", "Airship", "DK-12", "luft.example", "København", "Copenhagen"} <= words(organisation)


def test_a_new_name_replaces_the_old_one():
    organisation = create_organisation(by=None, name="Zeppelin", type="company")
    update_organisation(organisation, by=None, name="Luftskib")
    assert words(organisation) == {"Luftskib"}


def test_a_description_replaces_the_empty_text():
    organisation = create_organisation(by=None, name="Zeppelin", type="company")
    update_organisation(organisation, by=None, texts=[{"language": "da", "description": "Vi flyver."}])
    assert [text.language for text in organisation.texts.all()] == ["da"]
    assert words(organisation) == {"Zeppelin"}


def test_indexing_again_writes_nothing_and_costs_the_same_for_many():
    for _ in range(5):
        OrganisationFactory()
    index_all()
    before = list(OrganisationText.objects.order_by("pk").values_list("pk", "keywords"))
    with CaptureQueriesContext(connection) as seen:
        index_all()
    assert list(OrganisationText.objects.order_by("pk").values_list("pk", "keywords")) == before
    assert len([query for query in seen if "SAVEPOINT" not in query["sql"]]) == 3
