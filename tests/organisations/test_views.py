"""The directory of organisations, and the page of one."""

import pytest
from bs4 import BeautifulSoup

from projects.indexing import index_all
from tests.factories import (
    MunicipalityFactory,
    OrganisationFactory,
    OrganisationTextFactory,
    PartnerFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db


def found(client, query="", language="en"):
    response = client.get(f"/{language}/organisations/{query}")
    assert response.status_code == 200
    return [organisation.name for organisation, _number in response.context["found"].organisations]


def test_the_order_is_that_of_the_readers_language(client):
    for name in ("Åbo", "Ängelholm", "Zealand", "Ærø", "Aabenraa", "Østerbro", "Berg"):
        OrganisationFactory(name=name)
    assert found(client, language="da") == ["Berg", "Zealand", "Ängelholm", "Ærø", "Østerbro", "Aabenraa", "Åbo"]
    assert found(client, language="sv") == ["Aabenraa", "Berg", "Zealand", "Åbo", "Ängelholm", "Ærø", "Østerbro"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Køge Kommune", "Lunds universitet", "Malmö stad"]),
        ("?type=municipality", ["Køge Kommune", "Malmö stad"]),
        ("?type=municipality&type=research", ["Køge Kommune", "Lunds universitet", "Malmö stad"]),
        ("?type=municipality&country=SE", ["Malmö stad"]),
        ("?municipality=koge-by", ["Køge Kommune"]),
        ("?q=koge", ["Køge Kommune"]),
        ("?q=kommune+KØGE", ["Køge Kommune"]),
        ("?q=malmo&country=DK", []),
        ("?type=club&country=%00&municipality=../etc&page=-1", ["Køge Kommune", "Lunds universitet", "Malmö stad"]),
        ("?page=1000000000&q=" + "k" * 10_000, []),
        ("?q=%00%E2%80%AE", []),
    ],
)
def test_filters_join_with_and_and_values_with_or(client, query, names):
    OrganisationFactory(name="Køge Kommune", municipality=MunicipalityFactory(slug="koge-by"))
    OrganisationFactory(name="Malmö stad", country="SE")
    OrganisationFactory(name="Lunds universitet", country="SE", type="research")
    assert found(client, query) == names


def test_a_page_holds_twenty_four(client):
    OrganisationFactory.create_batch(30)
    assert [len(found(client, query)) for query in ("", "?page=2", "?page=3")] == [24, 6, 6]


def test_what_is_chosen_can_be_taken_away(client):
    OrganisationFactory(name="Køge Kommune")
    page = BeautifulSoup(client.get("/en/organisations/?type=municipality&q=koge").content, "html.parser")
    assert [link["href"] for link in page.select(".chip")] == ["?q=koge", "?type=municipality"]


def test_the_directory_has_one_number_of_queries(same_queries):
    assert same_queries("/en/organisations/", lambda: ProjectFactory(organisation__municipality=MunicipalityFactory())) <= 12


def test_cards_count_own_projects_and_joined_ones(client):
    organisation = OrganisationFactory()
    ProjectFactory(organisation=organisation)
    PartnerFactory(organisation=organisation, project=ProjectFactory())
    ProjectFactory(organisation=organisation, state="draft")
    index_all()
    rows = dict(client.get("/en/organisations/").context["found"].organisations)
    assert rows[organisation] == 2


def test_a_proposal_is_for_moderators_and_its_members(client, nobody, moderator):
    organisation = OrganisationFactory(verified_at=None)
    before = (client.get(organisation.get_absolute_url()).status_code, found(client))
    client.force_login(moderator)
    after = (client.get(organisation.get_absolute_url()).status_code, found(client))
    assert (before, after) == ((404, []), (200, [organisation.name]))


def test_a_page_shows_what_it_owns_and_what_it_takes_part_in(client):
    organisation = OrganisationFactory(name="Køge Kommune", website="https://www.koege.dk/om")
    OrganisationTextFactory(organisation=organisation, language="da", description="En **by**.")
    ProjectFactory(organisation=organisation, text__title="Own")
    ProjectFactory(organisation=organisation, text__title="Old", state="archived")
    PartnerFactory(organisation=organisation, project=ProjectFactory(text__title="Joined"))
    index_all()
    page = BeautifulSoup(client.get(organisation.get_absolute_url()).content, "html.parser")
    assert [head.get_text() for head in page.select(".card__title")] == ["Own", "Joined"]
    assert (page.select_one(".prose strong").get_text(), page.select_one(".prose")["lang"]) == ("by", "da")
    assert page.select_one('.facts a[rel="nofollow noopener"]').get_text() == "koege.dk"


def test_html_is_shown_as_text(client):
    evil = "<script>alert(1)</script>"
    organisation = OrganisationFactory(name=evil)
    OrganisationTextFactory(organisation=organisation, description=evil)
    answers = [client.get(url).content for url in (organisation.get_absolute_url(), "/en/organisations/", f"/en/organisations/?q={evil}")]
    assert [b"<script>alert" in answer for answer in answers] == [False, False, False]


def test_a_page_has_one_number_of_queries(same_queries):
    organisation = OrganisationFactory()
    add = lambda: PartnerFactory(organisation=organisation, project=ProjectFactory(organisation=organisation), role="supplier")  # noqa: E731
    assert same_queries(organisation.get_absolute_url(), add) <= 12


def test_an_update_by_script_is_a_part_of_the_page(client):
    OrganisationFactory(name="Køge Kommune")
    answer = client.get("/en/organisations/", headers={"HX-Request": "true"}).content.decode()
    assert ("Køge Kommune" in answer, "<html" in answer) == (True, False)
