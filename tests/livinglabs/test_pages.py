"""Pages of living labs and offers: what is found, what is read, by whom, and at what cost."""

import csv
import io
import json

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from livinglabs.enums import ElementKind, Level
from livinglabs.models import Element, LivingLab, Offer
from livinglabs.rules import can_see_lab, can_see_offer
from livinglabs.sections import Section, _figures, _notes, _sections, register_figures, register_offer_note, register_section
from tests.conftest import CAST, of
from tests.factories import (
    InfrastructureFactory,
    LabPartnerFactory,
    LabTextFactory,
    LivingLabFactory,
    MunicipalityFactory,
    OfferFactory,
    OrganisationFactory,
    ProfileFactory,
    TeamMemberFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/en/living-labs/"


def soup(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def names(page):
    return [title.get_text(strip=True) for title in page.select(".card__title a")]


# ---- who sees what


@pytest.mark.parametrize("part", [*CAST, "teammate"])
def test_offers_are_seen_as_the_rule_says(part, organisation, request):
    """The queryset and its twin agree for each state of lab and offer, also for a lab that names the member in its team."""
    person = request.getfixturevalue(part)
    for lab_state in ("draft", "submitted", "published", "archived", "hidden"):
        for visibility in ("public", "members", "organisation"):
            lab = LivingLabFactory(organisation=organisation, state=lab_state, visibility=visibility)
            for state in ("draft", "published", "archived", "hidden"):
                OfferFactory(lab=lab, state=state)
    seen = set(Offer.objects.visible_to(person))
    assert seen == {offer for offer in Offer.objects.select_related("lab") if can_see_offer(person, offer)}
    assert set(LivingLab.objects.visible_to(person)) == {lab for lab in LivingLab.objects.all() if can_see_lab(person, lab)}


@pytest.mark.parametrize("part", [*CAST, "teammate"])
def test_who_answers_for_a_lab_is_who_runs_it(part, lab, request):
    person = request.getfixturevalue(part)
    assert LivingLab.objects.run_by(person).filter(pk=lab.pk).exists() == person.has_perm("livinglabs.answer", lab)
    assert person.has_perm("livinglabs.answer", lab) == (part in ("editor", "owner", "teammate"))


def test_somebody_of_the_team_who_does_not_answer_reads_the_draft_only(organisation):
    lab = LivingLabFactory(organisation=organisation, state="draft")
    person = TeamMemberFactory(lab=lab, answers=False).user
    assert (person.has_perm("livinglabs.see", lab), person.has_perm("livinglabs.answer", lab)) == (True, False)


# ---- the list


def test_a_lab_is_found_by_theme_place_infrastructure_and_what_can_be_booked(client):
    theme, place, fibre = ThemeFactory(slug="energy"), MunicipalityFactory(slug="testby"), InfrastructureFactory(slug="airship")
    found = LivingLabFactory(text__name="Found", themes=[theme], municipalities=[place], infrastructure=[fibre])
    OfferFactory(lab=found, kind="panel", trl_from=6, trl_to=8)
    LivingLabFactory(text__name="Other")
    for asked in ("theme=energy", "municipality=testby", "infrastructure=airship", "kind=panel", "trl=7"):
        assert names(soup(client, f"{LIST}?{asked}")) == ["Found"], asked
    assert names(soup(client, f"{LIST}?trl=5")) == []


def test_a_filter_says_how_many_labs_choosing_it_shows(client):
    energy, water = ThemeFactory(slug="energy", names={"en": "Energy"}), ThemeFactory(slug="water", names={"en": "Water"})
    LivingLabFactory(themes=[energy])
    LivingLabFactory(themes=[energy, water])
    page = soup(client, f"{LIST}?theme=water")
    assert [row.get_text(" ", strip=True) for row in page.select("#facet-theme .facet__option")] == [
        "Energy 2",
        "Water and climate adaptation 1",
    ]


def test_words_find_a_lab_also_by_what_it_offers(client, lab, offer):
    OfferFactory(lab=lab, text__title="Zeppelin mast")
    LivingLabFactory()
    assert [names(soup(client, f"{LIST}?q={words}")) for words in ("zeppelin", "zeppelin -street", "nothing")] == [["Street lab"], [], []]


def test_a_draft_offer_makes_its_lab_no_more_findable(client, lab):
    OfferFactory(lab=lab, state="draft", kind="panel", text__title="Zeppelin mast")
    assert [names(soup(client, f"{LIST}?{asked}")) for asked in ("q=zeppelin", "kind=panel")] == [[], []]


@pytest.mark.parametrize("asked", ["", "q=street", "theme=energy&trl=5", "kind=site&municipality=testby"])
def test_the_list_costs_the_same_with_one_and_thirty(same_queries, asked):
    theme, place = ThemeFactory(slug="energy"), MunicipalityFactory(slug="testby")

    def add():
        lab = LivingLabFactory(themes=[theme], municipalities=[place], infrastructure=[InfrastructureFactory()], text__name="Street")
        OfferFactory(lab=lab)

    assert same_queries(f"{LIST}?{asked}", add) <= 12


@pytest.mark.parametrize("address", ["livinglabs:map", "livinglabs:map_data", "livinglabs:feed", "livinglabs:export_csv"])
def test_the_other_doors_cost_the_same_with_one_and_thirty(same_queries, address):
    place = MunicipalityFactory()
    assert same_queries(reverse(address), lambda: OfferFactory(lab=LivingLabFactory(municipalities=[place]))) <= 14


def test_the_map_shows_each_lab_once_in_the_list_and_to_the_script(client):
    place = MunicipalityFactory(name="Testby", tile_row=90, tile_column=90)
    LivingLabFactory(text__name="Harbour lab", municipalities=[place, MunicipalityFactory()])
    page = soup(client, f"{LIST}map/")
    data = json.loads(client.get(f"{LIST}map/data/").content)
    assert [link.text for link in page.select(".map__title a")] == ["Harbour lab"] == [one["title"] for one in data["projects"]]
    assert (data["projects"][0]["lat"], data["projects"][0]["place"]) == (round(place.latitude, 5), "Testby")


def test_the_file_has_a_line_for_each_offer_and_runs_nothing(client, lab, offer):
    OfferFactory(lab=lab, state="draft")
    LivingLabFactory(text__name="=HYPERLINK(1)")
    text = b"".join(client.get(f"{LIST}export.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sorted((row["name"], row["offer"]) for row in rows) == [("'=HYPERLINK(1)", ""), ("Street lab", "Pole position")]


def test_the_feed_has_labs_and_offers_and_answers_304(client, lab, offer):
    response = client.get(f"{LIST}feed/")
    entries = {entry.title for entry in feedparser.parse(response.content).entries}
    again = client.get(f"{LIST}feed/", headers={"if-none-match": response["ETag"]})
    assert (entries, again.status_code) == ({"Street lab", "Pole position · Street lab"}, 304)


# ---- the page of a lab


def test_a_lab_says_what_it_has_and_how_far_it_is(client, lab):
    lab.equipment.create(infrastructure=InfrastructureFactory(), note="312 poles")
    Element.objects.create(lab=lab, kind=ElementKind.USERS, level=Level.IN_PLACE, evidence="Forty neighbours meet each month.")
    page = soup(client, lab.get_absolute_url())
    assert page.select_one("#equipment").find_next("li").get_text(" ", strip=True) == "Fibre network 312 poles"
    assert [cell.get_text(strip=True) for cell in page.select("#elements ~ div td")] == ["In place", "Forty neighbours meet each month."]


def test_visitors_read_of_the_team_who_shows_a_page_to_everybody(client, lab):
    shown, hidden = UserFactory(name="Open Olsen"), UserFactory(name="Quiet Quist")
    ProfileFactory(user=shown, listed_to="everybody")
    for person in (shown, hidden):
        TeamMemberFactory(lab=lab, user=person)
    lab.team.create(name="Inge without account")
    team = soup(client, lab.get_absolute_url()).select("#team ~ ul b")
    assert {line.text for line in team} == {"Open Olsen", "Inge without account"}


def test_a_lab_in_the_readers_language_else_the_original(client, lab):
    LabTextFactory(lab=lab, language="da", is_original=False, name="Gadelab")
    assert [soup(client, f"/{code}/living-labs/the-lab/").h1.text for code in ("en", "da", "sv")] == ["Street lab", "Gadelab", "Street lab"]


def test_json_ld_names_the_lab_and_its_offers(client, lab, offer):
    page = soup(client, lab.get_absolute_url())
    data = json.loads(page.select_one('script[type="application/ld+json"]').string)
    assert (data["name"], [one["name"] for one in data["makesOffer"]]) == ("Street lab", ["Pole position"])


def test_what_is_not_for_everybody_is_not_for_search_engines(client, owner, organisation):
    lab = LivingLabFactory(organisation=organisation, visibility="members")
    client.force_login(owner)
    page = soup(client, lab.get_absolute_url())
    assert (page.select_one('meta[name="robots"]')["content"], page.select('script[type="application/ld+json"]')) == ("noindex", [])


@pytest.mark.parametrize("part", ["nobody", "owner"])
def test_the_page_costs_the_same_with_one_and_thirty_offers(client, same_queries, part, lab, request):
    if part == "owner":
        client.force_login(request.getfixturevalue("owner"))
    assert same_queries(lab.get_absolute_url(), lambda: OfferFactory(lab=lab, themes=[ThemeFactory()])) <= 20


def test_apps_above_add_sections_numbers_and_a_line_to_a_card(client, lab, offer, settings):
    register_section(Section("test", "lab", "livinglabs/_check.html", lambda page: {"gaps": []} if page.lab == lab else None))
    register_figures("test", lambda lab: [("tests so far", 87)])
    register_offer_note("test", lambda offers, user: {one.pk: "Free from 12 January" for one in offers})
    page = soup(client, lab.get_absolute_url())
    for registry, key in ((_sections, ("lab", "test")), (_figures, "test"), (_notes, "test")):
        registry.pop(key)
    assert ("tests so far" in page.text, "Free from 12 January" in page.select_one("#offers").text) == (True, True)


# ---- the page of an offer


def test_an_offer_says_its_terms(client, lab):
    offer = OfferFactory(
        lab=lab, price_model="fixed", price="4000", currency="DKK", price_unit="month", capacity=3, shortest_days=14, longest_days=60,
        lead_days=10, trl_from=6, trl_to=9, open_to=["company", "research"],
    )  # fmt: skip
    facts = soup(client, offer.get_absolute_url()).select_one(".facts").get_text(" ", strip=True).replace("\xa0", " ")
    for said in ("DKK 4,000 a month", "3 at a time", "2 weeks to 60 days", "10 days ahead", "TRL 6–9", "Company, Research institution"):
        assert said in facts, said


def test_an_offer_stands_on_its_lab_alone(client, lab, offer):
    other = LivingLabFactory()
    assert client.get(reverse("livinglabs:offer", args=[other.slug, offer.slug])).status_code == 404


def test_two_labs_may_have_offers_of_one_name(lab, offer):
    assert OfferFactory(lab=LivingLabFactory(), slug=offer.slug).get_absolute_url() != offer.get_absolute_url()


def test_labs_stand_on_the_pages_of_theme_municipality_and_organisation(client, organisation):
    theme, place = ThemeFactory(), MunicipalityFactory()
    lab = LivingLabFactory(organisation=organisation, text__name="Harbour lab", themes=[theme], municipalities=[place])
    for noun in (theme, place, organisation):
        links = soup(client, noun.get_absolute_url()).select(f'.card__title a[href="{lab.get_absolute_url()}"]')
        assert [link.text for link in links] == ["Harbour lab"], noun


def test_a_member_of_a_partner_reads_what_is_for_the_organisation(client, organisation):
    partner = OrganisationFactory()
    lab = LivingLabFactory(organisation=organisation, visibility="organisation")
    row = LabPartnerFactory(lab=lab, organisation=partner)
    client.force_login(of(partner, "member"))
    answers = [client.get(lab.get_absolute_url()).status_code]
    row.state = "declined"
    row.save()
    assert [*answers, client.get(lab.get_absolute_url()).status_code] == [200, 404]
