"""The directory, a member's page, and the form behind it. Nothing is found by a part that is not shown."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from members.models import Photo, Profile
from organisations.people.actions import photos_of, remove_photo, save_profile, set_photo
from records.models import Attachment
from tests.factories import (
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProfileFactory,
    ProjectFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def found(client, query="", language="en"):
    page = BeautifulSoup(client.get(f"/{language}/people/{query}").content, "html.parser")
    return [title.get_text(strip=True) for title in page.select("#found .card__title")]


def person(name, **fields):
    return ProfileFactory(user__name=name, **fields)


def picture(kind="PNG", size=(900, 600), name="me.png"):
    content = io.BytesIO()
    Image.new("RGB", size, "#246").save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())


# ---- the directory


def test_people_stand_in_the_order_of_the_readers_language(client):
    for name in ("Åse", "Ängla", "Zita", "Ærlig", "Aage", "Berit"):
        person(name)
    assert found(client, language="da") == ["Berit", "Zita", "Ängla", "Ærlig", "Aage", "Åse"]
    assert found(client, language="sv") == ["Aage", "Berit", "Zita", "Åse", "Ängla", "Ærlig"]


def test_only_who_chose_it_stands_there(client, stranger):
    for audience in ("everybody", "members", "nobody"):
        person(audience, listed_to=audience)
    before = found(client)
    client.force_login(stranger)
    assert (before, found(client)) == (["everybody"], ["everybody", "members"])


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ida", "Jens"]),
        ("?theme=energy", ["Ida"]),
        ("?theme=energy&theme=water", ["Ida", "Jens"]),
        ("?municipality=koge-by", ["Ida"]),
        ("?organisation=lejre-kommune", ["Jens"]),
        ("?language=da", ["Ida"]),
        ("?language=da&theme=water", []),
        ("?q=ida", ["Ida"]),
        ("?q=KLOAK", ["Jens"]),
        ("?theme=club&municipality=%00&language='&page=-1", ["Ida", "Jens"]),
        ("?page=1000000000&q=" + "k" * 10_000, []),
        ("?q=%00%E2%80%AE", []),
    ],
)
def test_filters_join_with_and_and_values_with_or(client, organisation, query, names):
    person("Ida", themes=[ThemeFactory(slug="energy")], municipalities=[MunicipalityFactory(slug="koge-by")], languages=["da", "en"])
    jens = person("Jens", themes=[ThemeFactory(slug="water")], headline="Kloak", languages=["sv"])
    MembershipFactory(user=jens.user, organisation=organisation)
    assert found(client, query) == names


@pytest.mark.parametrize(
    ("part", "query"),
    [("interests", "theme=energy"), ("interests", "municipality=koge-by"), ("organisations", "organisation=lejre-kommune"),
     ("languages", "language=da")],
)  # fmt: skip
def test_nobody_is_found_by_a_part_they_do_not_show(client, organisation, stranger, part, query):
    hidden = person("Ida", themes=[ThemeFactory(slug="energy")], municipalities=[MunicipalityFactory(slug="koge-by")], languages=["da"],
                    **{f"{part}_to": "members"})  # fmt: skip
    MembershipFactory(user=hidden.user, organisation=organisation)
    visitor = client.get(f"/en/people/?{query}")
    value = query.partition("=")[2]
    assert f'value="{value}"' not in visitor.content.decode()
    client.force_login(stranger)
    assert f'value="{value}"' in client.get(f"/en/people/?{query}").content.decode()
    assert found(client, f"?{query}") == ["Ida"]


def test_the_directory_has_one_number_of_queries(client, same_queries, stranger):
    client.force_login(stranger)

    def add():
        profile = person("Ida", themes=[ThemeFactory()], municipalities=[MunicipalityFactory()], languages=["da"])
        MembershipFactory(user=profile.user)
        set_photo(profile.user, picture(size=(20, 20)))

    assert same_queries("/en/people/", add) <= 20


def test_an_update_by_script_is_a_part_of_the_page(client):
    person("Ida")
    answer = client.get("/en/people/", headers={"HX-Request": "true"}).content.decode()
    assert ("Ida" in answer, "<html" in answer) == (True, False)


# ---- a page


def page(client, profile):
    return BeautifulSoup(client.get(profile.get_absolute_url()).content, "html.parser").select_one("main").get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("part", "words"),
    [("about", "I count lamps"), ("interests", "Energy"), ("languages", "Danish"), ("organisations", "Lejre Kommune"),
     ("email", "ida@lejre.example")],
)  # fmt: skip
def test_a_part_is_shown_to_those_it_is_for(client, organisation, stranger, part, words):
    profile = person("Ida", user__email="ida@lejre.example", about="I count lamps", themes=[ThemeFactory(slug="energy")], languages=["da"])
    MembershipFactory(user=profile.user, organisation=organisation)
    ProjectFactory(organisation=organisation, created_by=profile.user, text__title="Lejre Kommune tests lamps")
    shown = words in page(client, profile)
    Profile.objects.update(**{f"{part}_to": "members"})
    hidden = words in page(client, profile)
    client.force_login(stranger)
    assert (shown, hidden, words in page(client, profile)) == (True, False, True)


def test_a_proposal_is_not_told_by_its_members_page(client):
    profile = person("Ida")
    MembershipFactory(user=profile.user, organisation=OrganisationFactory(name="Secret Proposal", verified_at=None))
    assert "Secret Proposal" not in page(client, profile)


def test_its_projects_are_those_the_reader_sees(client, organisation, stranger):
    profile = person("Ida")
    MembershipFactory(user=profile.user, organisation=organisation)
    for visibility in ("public", "members"):
        ProjectFactory(organisation=organisation, created_by=profile.user, visibility=visibility, text__title=f"For {visibility}")
    ProjectFactory(created_by=profile.user, text__title="Of an organisation she left")
    visitor = page(client, profile)
    client.force_login(stranger)
    assert ["For public" in visitor, "For members" in visitor, "For members" in page(client, profile)] == [True, False, True]
    assert "she left" not in visitor


def test_html_is_shown_as_text(client):
    evil = "<img src=x onerror=alert(1)>"
    profile = person(evil, about=evil, headline=evil)
    assert b"<img src=x" not in client.get(profile.get_absolute_url()).content + client.get("/en/people/").content


def test_an_address_from_before_leads_on_to_those_who_may_see_it(client, stranger):
    person("Ida", slug="ida", former_slugs=["ida-before"], listed_to="members")
    before = client.get("/en/people/ida-before/").status_code
    client.force_login(stranger)
    response = client.get("/en/people/ida-before/")
    assert (before, response.status_code, response.url) == (404, 301, "/en/people/ida/")


def test_a_page_has_one_number_of_queries(client, same_queries, organisation):
    profile = person("Ida", themes=[ThemeFactory()])
    MembershipFactory(user=profile.user, organisation=organisation)
    add = lambda: ProjectFactory(organisation=organisation, created_by=profile.user)  # noqa: E731
    assert same_queries(profile.get_absolute_url(), add) <= 12


def test_people_stand_on_the_pages_of_their_organisations_as_far_as_they_show_it(client, organisation, stranger):
    for name, audience in (("Ida", "everybody"), ("Jens", "members"), ("Kaj", "nobody")):
        MembershipFactory(user=person(name, organisations_to=audience).user, organisation=organisation)
    MembershipFactory(organisation=organisation, user__name="Without a page")

    def names():
        return [one.name for one in client.get(organisation.get_absolute_url()).context["page"].people]

    visitor = names()
    client.force_login(stranger)
    assert (visitor, names()) == (["Ida"], ["Ida", "Jens"])


def test_the_sitemap_lists_who_is_shown_to_everybody(client):
    for audience in ("everybody", "members", "nobody"):
        person(audience, slug=f"for-{audience}", listed_to=audience)
    text = client.get("/sitemap-people-1.xml").content.decode()
    assert ["for-everybody" in text, "for-members" in text, "for-nobody" in text] == [True, False, False]


@pytest.mark.parametrize(("query", "finds"), [("Ida", True), ("lamps", True), ("secretword", False)])
def test_search_finds_by_what_everybody_may_read(client, stranger, query, finds):
    person("Ida Holm", headline="Counts lamps", about="secretword", keywords="Ida Holm. Counts lamps", about_to="nobody")
    person("Ida Hidden", listed_to="members", keywords="Ida Hidden. Counts lamps")
    visitor = client.get(f"/en/search/?q={query}&kind=people").content.decode()
    assert ("Holm" in visitor, "Hidden" in visitor) == (finds, False)
    client.force_login(stranger)
    assert ("Hidden" in client.get(f"/en/search/?q={query}&kind=people").content.decode()) == finds


# ---- the form

FORM = {
    "headline": "Counts lamps", "about": "**Ask** me", "text_language": "en", "listed_to": "everybody", "about_to": "everybody",
    "photo_to": "members", "organisations_to": "everybody", "interests_to": "everybody", "languages_to": "nobody", "email_to": "nobody",
    "languages": ["da", "en"],
}  # fmt: skip


def test_a_page_is_written_and_shown(client, organisation, colleague):
    place = MunicipalityFactory(slug="koge-by", name="Køgeby")
    client.force_login(colleague)
    more = {"themes": ["energy"], "municipalities_add": "køgeby", "tags_add": "Lamps, Paths", "organisation": "lejre-kommune"}
    response = client.post("/en/people/me/", {**FORM, **more, "themes": [ThemeFactory(slug="energy").slug]})
    profile = Profile.objects.get()
    assert (response.url, profile.slug, profile.languages) == ("/en/people/colleague/", "colleague", ["da", "en"])
    assert (list(profile.municipalities.all()), sorted(profile.tags.names())) == ([place], ["Lamps", "Paths"])
    assert (colleague.memberships.get().is_main, profile.keywords) == (True, "Colleague. Counts lamps")


def test_nothing_is_shown_before_somebody_says_so(client, stranger):
    client.force_login(stranger)
    form = client.get("/en/people/me/").context["form"]
    assert (form["listed_to"].value(), Profile.objects.exists()) == ("nobody", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [("headline", "x" * 161), ("headline", "a\x00"), ("about", "x" * 300_000), ("listed_to", "friends"), ("email_to", ""),
     ("languages", ["tlh"]), ("themes", ["club"]), ("municipalities_add", "Atlantis"), ("text_language", "tlh"),
     ("organisation", "elsewhere"), ("photo", SimpleUploadedFile("a.png", b"<script>"))],
)  # fmt: skip
def test_errors_stand_at_their_field_and_nothing_is_written(client, colleague, field, value):
    OrganisationFactory(slug="elsewhere")
    client.force_login(colleague)
    response = client.post("/en/people/me/", {**FORM, "headline": "Kept", field: value})
    if response.status_code == 200:
        assert list(response.context["form"].errors) == [field.removesuffix("_add")]
        assert field == "headline" or response.context["form"]["headline"].value() == "Kept"
    assert (response.status_code in (200, 400), Profile.objects.filter(headline="Kept").exists()) == (True, False)


def test_tc21_nothing_but_ones_own_page_is_written(client, stranger):
    other = person("Ida", slug="ida")
    client.force_login(stranger)
    extra = {
        "user": other.user_id,
        "slug": "ida",
        "former_slugs": "x",
        "keywords": "x",
        "is_staff": "on",
        "name": "Boss",
        "profile": other.pk,
    }
    client.post("/en/people/me/", {**FORM, **extra})
    other.refresh_from_db()
    stranger.refresh_from_db()
    mine = Profile.objects.get(user=stranger)
    assert (other.headline, mine.slug, mine.keywords, stranger.is_staff) == ("Counts things", "stranger", "Stranger. Counts lamps", False)


def test_to_be_found_one_needs_a_name(client):
    user = UserFactory(name="")
    client.force_login(user)
    response = client.post("/en/people/me/", FORM)
    assert list(response.context["form"].errors) == ["listed_to"]


def test_visitors_sign_in_and_the_suspended_stay_out(client, suspended):
    before = client.get("/en/people/me/").status_code
    client.force_login(suspended)
    assert (before, client.get("/en/people/me/").status_code) == (302, 403)


# ---- the photo


def photo_address(user):
    return photos_of(Photo.objects.filter(profile__user=user).values("pk")).get().get_absolute_url()


def test_a_photo_is_made_small_and_told_by_the_name(stranger):
    kept = set_photo(stranger, picture(size=(2000, 1000)))
    assert (kept.width, kept.height, kept.alt, kept.content_type) == (480, 240, "Stranger", "image/png")


def test_a_new_photo_takes_the_place_of_the_old_and_a_bad_one_does_not(stranger):
    set_photo(stranger, picture())
    with pytest.raises(Exception, match="picture"):
        set_photo(stranger, SimpleUploadedFile("a.png", b"no picture"))
    kept = set_photo(stranger, picture("JPEG", name="me.jpg"))
    assert list(Attachment.objects.values_list("pk", flat=True)) == [kept.pk]


@pytest.mark.parametrize(("audience", "visitor", "member"), [("everybody", 200, 200), ("members", 404, 200), ("nobody", 404, 404)])
def test_its_file_is_for_those_who_may_see_that_part(client, stranger, colleague, audience, visitor, member):
    save_profile(stranger, listed_to="everybody", photo_to=audience)
    set_photo(stranger, picture())
    address = photo_address(stranger)
    statuses = [client.get(address).status_code]
    for reader in (colleague, stranger):
        client.force_login(reader)
        statuses.append(client.get(address).status_code)
    assert statuses == [visitor, member, 200]


def test_the_photo_of_who_is_suspended_is_gone_at_once(client, stranger, moderator):
    save_profile(stranger, listed_to="everybody", photo_to="everybody")
    set_photo(stranger, picture())
    address = photo_address(stranger)
    stranger.suspended_at = "2026-01-01T00:00Z"
    stranger.save()
    assert client.get(address).status_code == 404


def test_a_deleted_photo_leaves_no_file(client, stranger, django_capture_on_commit_callbacks):
    kept = set_photo(stranger, picture())
    storage, name = kept.file.storage, kept.file.name
    client.force_login(stranger)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/en/people/me/photo/remove/")
        remove_photo(stranger)
    assert (storage.exists(name), Photo.objects.exists(), Attachment.objects.exists()) == (False, False, False)
