"""/cms/: who gets in, and what the answer allows."""

import pytest
from django.contrib.auth.models import Group

from tests.factories import UserFactory
from tests.factories.editorial import home, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    def sign_in(role, **fields):
        user = UserFactory(**fields)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return user

    return sign_in


def test_the_signed_out_are_led_to_the_portals_sign_in(client):
    response = client.get("/cms/")
    assert (response.status_code, response["Location"]) == (302, "/en/accounts/login/?next=/cms/")


def test_wagtails_own_sign_in_is_not_used(client):
    assert client.get("/cms/login/?next=/cms/")["Location"] == "/en/accounts/login/?next=/cms/"
    assert client.get("/cms/password_reset/").status_code == 404


@pytest.mark.parametrize("address", ["/cms/", "/cms/pages/", "/cms/users/", "/cms/account/", "/cms/login/"])
def test_a_member_without_rights_is_refused_and_not_sent_around(client, stranger, address):
    client.force_login(stranger)
    response = client.get(address)
    assert (response.status_code, response.templates[0].name) == (403, "403.html")


@pytest.mark.parametrize("role", ["Editors", "Moderators"])
def test_staff_get_in(client, staff, role):
    staff(role)
    assert client.get("/cms/").status_code == 200


def test_suspended_staff_stay_out(client, staff):
    staff("Moderators", suspended=True)
    assert client.get("/cms/").status_code == 403


def test_only_moderators_moderate(staff):
    assert [staff(role).is_moderator for role in ("Editors", "Moderators")] == [False, True]


@pytest.mark.parametrize("address", ["/cms/users/", "/cms/groups/", "/cms/sites/"])
def test_editors_hand_out_no_roles(client, staff, address):
    staff("Editors")
    assert client.get(address).status_code == 302


def test_an_administrator_hands_out_roles_but_makes_no_accounts(client, stranger):
    client.force_login(UserFactory(is_superuser=True))
    role = Group.objects.get(name="Editors")
    client.post(f"/cms/users/edit/{stranger.pk}/", {"name": "Ny", "is_active": "on", "groups": [role.pk], "email": "x@y.z"})
    stranger.refresh_from_db()
    assert (stranger.name, list(stranger.groups.all()), stranger.email == "x@y.z") == ("Ny", [role], False)
    assert client.get("/cms/users/new/").status_code in (302, 403)


@pytest.mark.parametrize(
    "address",
    ["/cms/", "/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/account/", "/cms/settings/editorial/portalsettings/",
     "/cms/snippets/editorial/footer/", "/cms/snippets/editorial/themeintroduction/add/"],
)  # fmt: skip
def test_the_parts_of_the_administration_open(client, staff, address):
    staff("Editors")
    assert client.get(address, follow=True).status_code == 200


def test_editors_translate_pages(client, staff):
    staff("Editors")
    page = make_page("en")
    assert client.get(f"/cms/translation/submit/page/{page.pk}/").status_code == 200


def test_a_preview_is_drawn_in_the_language_of_the_page(client, staff):
    staff("Editors")
    response = client.get(f"/cms/pages/{home('da').pk}/edit/preview/?mode=", headers={"accept-language": "sv"})
    page = home("da").make_preview_request(response.wsgi_request, preview_mode="")
    assert b'<html lang="da">' in page.content


def test_the_policy_is_looser_in_the_administration_only(client, staff):
    staff("Editors")
    assert "'unsafe-inline'" in client.get("/cms/")["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get("/en/")["Content-Security-Policy"]


def test_nothing_is_asked_of_other_sites(client, staff):
    staff("Editors")
    content = client.get("/cms/").content.decode()
    assert [word for word in ("gravatar.com", "releases.wagtail", "fonts.googleapis") if word in content] == []


FORM = {"intro": "", "body-count": "0", "seo_title": "", "search_description": "", "action-publish": "1"}


def test_the_form_tells_of_a_word_that_is_taken(client, staff):
    staff("Editors")
    address = f"/cms/pages/add/editorial/standardpage/{home().pk}/"
    refused = client.post(address, {**FORM, "title": "Projects", "slug": "projects"})
    assert refused.context["form"].errors["slug"] == ["The portal uses this word in its own addresses. Choose another one."]
    assert client.post(address, {**FORM, "title": "Projects", "slug": "ours"}).status_code == 302
    assert client.get("/en/ours/").status_code == 200


def test_a_translated_page_is_a_draft_until_it_is_published(client, staff):
    staff("Editors")
    page = make_page("en", slug="about")
    client.post(f"/cms/translation/submit/page/{page.pk}/", {"locales": [home("da").locale_id]})
    copy = page.get_translation(home("da").locale)
    assert (copy.live, copy.url_path) == (False, f"{home('da').url_path}about/")
    copy.get_latest_revision_as_object().save_revision().publish()
    assert client.get("/en/about/").context["translations"][1] == ("da", "dansk", "/da/about/")


def test_no_door_beside_the_portals_sign_in(client):
    """Wagtail's sign-in for private pages would ask neither for a second factor nor count attempts."""
    assert client.get("/en/_util/login/?next=/en/")["Location"] == "/en/accounts/login/?next=/en/"
    assert client.post("/en/_util/login/", {"username": "a@example.org", "password": "x"}).status_code == 302
