"""Words of the portal's addresses are no addresses of pages."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.editorial import make_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["projects", "themes", "municipalities", "search", "living-labs", "accounts", "da", "map"])
def test_path_words_are_refused(slug):
    with pytest.raises(ValidationError) as refused:
        make_page("en", slug=slug)
    assert list(refused.value.message_dict) == ["slug"]


@pytest.mark.parametrize("slug", ["news", "about", "project-of-the-month"])
def test_other_words_are_free(slug):
    assert make_page("en", slug=slug).get_url() == f"/en/{slug}/"


def test_a_path_word_is_refused_below_a_page_too():
    with pytest.raises(ValidationError):
        make_page(parent=make_page("en", slug="about"), slug="events")
