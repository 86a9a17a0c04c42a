"""Languages, home pages, site and roles come with load_reference, once."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page, Site

from editorial.models import StandardPage
from editorial.reference import load
from tests.factories.editorial import home

pytestmark = pytest.mark.django_db


def test_each_language_of_the_settings_has_a_home_page(settings):
    codes = [code for code, _name in settings.LANGUAGES]
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == sorted(codes)
    assert [home(code).get_url() for code in codes] == [f"/{code}/" for code in codes]


def test_home_pages_are_translations_of_one_page():
    assert len({home(code).translation_key for code in ("en", "da", "sv")}) == 1
    assert Site.objects.get(is_default_site=True).root_page_id == home("en").pk


def test_loading_again_changes_nothing():
    before = list(Page.objects.values_list("pk", "last_published_at"))
    assert load() == {"locales": (0, 0, 3), "homes": (0, 0, 3), "documents": (0, 0, 6), "roles": (0, 0, 2)}
    assert list(Page.objects.values_list("pk", "last_published_at")) == before


def test_what_an_editor_changed_stays():
    page = home("da")
    page.title, page.sections = "Min forside", []
    page.save()
    load()
    assert (home("da").title, len(home("da").sections)) == ("Min forside", 0)


def test_a_language_added_later_gets_its_home_page(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "German")]
    assert load()["homes"] == (1, 0, 3)
    assert home("de").translation_key == home("en").translation_key


@pytest.mark.parametrize(("role", "may_moderate"), [("Editors", False), ("Moderators", True)])
def test_roles_open_the_administration(role, may_moderate):
    codenames = set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))
    assert {"access_admin", "change_footer", "add_themeintroduction"} <= codenames
    assert ("moderate" in codenames) == may_moderate


def test_terms_and_privacy_wait_for_the_operator_as_drafts(client):
    drafts = StandardPage.objects.filter(slug__in=["terms", "privacy"])
    assert [drafts.filter(live=live).count() for live in (False, True)] == [6, 0]
    assert all("[" in str(page.body) for page in drafts)
    assert client.get("/en/terms/").status_code == 404


def test_what_the_operator_made_of_them_stays():
    page = StandardPage.objects.get(slug="terms", locale__language_code="da")
    page.title = "Vores vilkår"
    page.save_revision().publish()
    load()
    assert StandardPage.objects.get(slug="terms", locale__language_code="da").title == "Vores vilkår"
