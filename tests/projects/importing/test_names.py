"""When two names are one organisation."""

import pytest

from organisations.models import Organisation
from projects.importing.matching import Directory, Named
from projects.importing.names import Names, host_of, registration_key
from tests.factories import DomainFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lunds universitet", "Lund university"),
        ("Københavns Kommune", "Municipality of Copenhagen"),
        ("Københavns Kommune", "Köpenhamns kommun"),
        ("Københavns Universitet", "University of Copenhagen"),
        ("Göteborgs kommun", "Göteborg Stad"),
        ("Høje Taastrup Kommune", "Høje-Taastrup Kommune"),
        ("Bornholms Regionskommune", "Bornholm Municipality"),
        ("Energikontor Syd AB", "ENERGIKONTOR SYD"),
        ("Chalmers Tekniska Högskola AB", "Chalmers University of Technology"),
        ("KTH", "Kungliga Tekniska högskolan"),
        ("Länsstyrelsen i Skåne län", "Länsstyrelsen Skåne"),
        ("Medisat A/S", "Medisat ApS"),
        ("University of Kassel Participation ended", "University of Kassel"),
    ],
)
def test_one_organisation(one, other):
    names = Names()
    assert names.key(one) == names.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lunds universitet", "Lunds kommun"),
        ("Lunds universitet", "Malmö universitet"),
        ("Skånes Kommuner", "Region Skåne"),
        ("Parkeringsbolaget Göteborgs stad", "Göteborgs stad"),
        ("Innovatum AB", "Innovatum Progress AB"),
        ("Roskilde Universitet", "Roskilde Kommune"),
    ],
)
def test_two_organisations(one, other):
    names = Names()
    assert names.key(one) != names.key(other)


def test_what_is_here_is_found():
    here = OrganisationFactory(name="Køge Kommune", country="DK")
    found = Directory().find_or_make(Named("Municipality of Køge"))
    assert found == here


def test_a_registration_number_decides_before_the_name():
    here = OrganisationFactory(name="Dansk Byudvikling", country="DK", registration_number="29 18 93 74")
    directory = Directory()
    assert directory.find_or_make(Named("DBU A/S", "DK", registration="DK29189374")) == here
    assert directory.find_or_make(Named("Dansk Byudvikling", "DK", registration="11111111")) != here


def test_equal_names_in_two_countries_are_two():
    here = OrganisationFactory(name="Trianon", country="SE")
    assert Directory().find_or_make(Named("Trianon", "DK")) != here


def test_a_domain_counts_only_beside_a_name_that_fits():
    here = OrganisationFactory(name="IVL Svenska Miljöinstitutet Stockholm", country="SE")
    DomainFactory(organisation=here, name="ivl.example")
    directory = Directory()
    assert directory.find_or_make(Named("Miljöinstitutet Svenska", "SE", domain="https://www.ivl.example/om")) == here
    assert directory.find_or_make(Named("Sweden Water", "SE", domain="ivl.example")) != here


def test_one_new_organisation_for_many_rows():
    directory = Directory()
    made = {id(directory.find_or_make(Named(name))) for name in ("Nyt Firma A/S", "NYT FIRMA", "Firma Nyt ApS")}
    assert len(made) == len(directory.made) == 1


def test_a_new_organisation_is_verified_and_no_domain_of_a_file_lets_people_join():
    directory = Directory()
    directory.find_or_make(Named("Lejre Kommune", domain="lejre.example", registration="123"))
    directory.save(source="test")
    made = Organisation.objects.get(slug="lejre-kommune")
    assert (made.type, made.country, made.municipality.slug, made.website) == ("municipality", "DK", "lejre", "https://lejre.example/")
    assert (made.verified_at is not None, made.domains.count()) == (True, 0)


@pytest.mark.parametrize(
    ("name", "told", "kind"),
    [
        ("Nordvand A/S", "", "company"),
        ("Hillerød Forsyning", "", "utility"),
        ("Malmö universitet", "", "research"),
        ("Region Skåne", "", "region"),
        ("Parkeringsbolaget Göteborgs stad", "municipality", "company"),
        ("Byens Venner", "association_foundation", "civil_society"),
        ("Invest Ost AB", "region", "company"),
    ],
)
def test_what_an_organisation_is(name, told, kind):
    assert Directory().find_or_make(Named(name, type=told)).type == kind


def test_hosts_and_numbers():
    assert [host_of(text) for text in ("https://www.Lund.se/x", "anna@lund.se", "lund.se:80", "none", "")] == ["lund.se"] * 3 + ["", ""]
    assert [registration_key(text) for text in ("DK-29189374", "556056-6258")] == ["29189374", "5560566258"]
