"""A word that stands only in a lab outsiders may not see, or in a draft of an offer: looked for in all the portal answers (TC-15)."""

import pytest
from django.core.cache import cache

from livinglabs import actions
from livinglabs.indexing import index_labs
from livinglabs.models import Element, LivingLab, Offer
from notifications.actions import follow
from tests.factories import (
    InfrastructureFactory,
    LivingLabFactory,
    MunicipalityFactory,
    OfferFactory,
    OrganisationFactory,
    TeamMemberFactory,
    ThemeFactory,
    UserFactory,
)
from tests.support.told import told

pytestmark = pytest.mark.django_db

CANARY, SLUG = "Quokkabird", "the-hidden-lab"
DOORS = [
    "/en/living-labs/", "/da/living-labs/", "/en/living-labs/?q=quokka", "/en/living-labs/?theme=shared-theme",
    "/en/living-labs/?kind=panel", "/en/living-labs/?infrastructure=airship", "/en/living-labs/?organisation=shared-owner",
    "/en/living-labs/map/", "/en/living-labs/map/data/", "/en/living-labs/feed/", "/en/living-labs/export.csv", "/en/",
    "/en/search/?q=quokkabirds", "/en/search/?q=quokkabirds&kind=labs", "/en/themes/shared-theme/", "/en/municipalities/shared-town/",
    "/en/organisations/shared-owner/", "/sitemap.xml", "/sitemap-living-labs-1.xml", "/sitemap-offers-1.xml",
    "/en/projects/suggest/tags/?q=quok", "/en/desk/", "/en/notifications/", f"/en/living-labs/{SLUG}/", f"/en/living-labs/{SLUG}/edit/",
    f"/en/living-labs/{SLUG}/history/", f"/en/living-labs/{SLUG}/offers/pole/", f"/en/living-labs/{SLUG}/offers/new/",
    f"/sv/living-labs/{SLUG}/",
]  # fmt: skip


def said(client, address):
    response = client.get(address)
    return b"".join(response.streaming_content) if response.streaming else response.content


def tellers(client):
    """The doors that say the word, which the questions themselves hold as well; the sitemap says addresses."""
    cache.clear()
    told = []
    for address in DOORS:
        text = said(client, address).decode().casefold().replace("quokkabirds", "").replace("q=quok", "")
        if CANARY.casefold() in text or ("sitemap" in address and SLUG in text):
            told.append(address)
    return told


@pytest.fixture
def secret(db):
    """A lab with the word in each of its texts, tags, sites, partners, team, elements and offers."""
    place = MunicipalityFactory(slug="shared-town", in_portal=True)
    host = OrganisationFactory(name="Shared owner", slug="shared-owner", municipality=place)
    lab = LivingLabFactory(
        slug=SLUG, organisation=host, themes=[ThemeFactory(slug="shared-theme")], municipalities=[place], tags=["quokkabird nest"],
        infrastructure=[InfrastructureFactory(slug="airship")], text__name=f"{CANARY} name", text__summary=f"{CANARY} summary",
        text__special=f"{CANARY} special", text__story=f"{CANARY} story", contact_name=f"{CANARY} contact",
    )  # fmt: skip
    lab.sites.create(label=f"{CANARY} street", municipality=place, position=2)
    lab.partners.create(name=f"{CANARY} partner")
    lab.equipment.update(note=f"{CANARY} kilometres")
    Element.objects.create(lab=lab, kind="users", level=2, evidence=f"{CANARY} evidence")
    TeamMemberFactory(lab=lab, user=UserFactory(name=f"{CANARY} person"))
    OfferFactory(lab=lab, slug="pole", kind="panel", text__title=f"{CANARY} offer", text__summary=f"{CANARY} gets")
    index_labs([lab.pk])
    return lab


def test_the_word_is_told_while_the_lab_is_public(client, secret):
    """The test could fail: what is public is told by these doors."""
    found = {"/en/living-labs/", "/en/living-labs/?q=quokka", "/en/living-labs/map/data/", "/en/living-labs/feed/",
             "/en/living-labs/export.csv", "/en/search/?q=quokkabirds", "/en/themes/shared-theme/", "/en/municipalities/shared-town/",
             "/en/organisations/shared-owner/", "/sitemap-living-labs-1.xml", "/sitemap-offers-1.xml", f"/en/living-labs/{SLUG}/",
             f"/en/living-labs/{SLUG}/offers/pole/"}  # fmt: skip
    assert found - set(tellers(client)) == set()


@pytest.mark.parametrize(("state", "visibility"), [("draft", "public"), ("returned", "public"), ("hidden", "public"),
                                                   ("withdrawn", "public"), ("published", "organisation")])  # fmt: skip
@pytest.mark.parametrize("part", ["nobody", "stranger", "colleague", "suspended"])
def test_tc15_a_lab_one_may_not_see_leaves_no_trace(client, secret, part, state, visibility, request):
    person = request.getfixturevalue(part)
    LivingLab.objects.update(state=state, visibility=visibility)
    index_labs([secret.pk])
    if part != "nobody":
        client.force_login(person)
    assert tellers(client) == []


def test_tc15_a_draft_offer_leaves_no_trace_beside_its_public_lab(client, organisation):
    lab = LivingLabFactory(slug=SLUG, organisation=organisation)
    OfferFactory(lab=lab, slug="pole", state="draft", kind="panel", text__title=f"{CANARY} offer", text__summary=f"{CANARY} gets")
    Offer.objects.get().texts.update(description=f"{CANARY} description")
    index_labs([lab.pk])
    assert tellers(client) == ["/sitemap-living-labs-1.xml"]  # the lab itself


def test_tc15_followers_hear_nothing_of_an_offer_in_a_hidden_lab(secret, stranger, owner):
    follow(stranger, secret)
    LivingLab.objects.update(state="hidden")
    offer = OfferFactory(lab=LivingLab.objects.get(), state="draft", text__title=f"{CANARY} new")
    actions.publish_offer(offer, by=owner)
    assert [row for row in told() if row[1] == "Stranger"] == []


@pytest.mark.parametrize("address", ["/en/notifications/follow/lab/{}/", "/en/report/lab/{}/"])
def test_tc15_no_door_beside_the_lab_opens(client, secret, stranger, address):
    LivingLab.objects.update(state="hidden")
    client.force_login(stranger)
    assert client.post(address.format(secret.pk), {"reason": "other"}).status_code == 404
