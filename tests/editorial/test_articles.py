"""News, guides and stories."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from editorial.models import ArticlePage
from taxonomy.models import Theme
from tests.factories import ProjectFactory
from tests.factories.editorial import make_article, make_news, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def news():
    return make_news("en")


def titles(client, address):
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [link.text for link in page.select(".card__title a")]


def test_the_newest_stands_first(client, news):
    make_article(news, title="Older", date=datetime.date(2026, 1, 1))
    make_article(news, title="Newer", date=datetime.date(2026, 2, 1))
    assert titles(client, "/en/news/") == ["Newer", "Older"]


def test_each_article_stands_once_in_the_readers_language(client, news):
    danish = make_news("da", slug="nyheder", translation_of=news)
    english = make_article(news, title="Rain", date=datetime.date(2026, 2, 1))
    make_article(danish, title="Regn", translation_of=english, date=datetime.date(2026, 2, 1))
    make_article(news, title="Only English", date=datetime.date(2026, 1, 1))
    assert titles(client, "/da/nyheder/") == ["Regn", "Only English"]
    assert titles(client, "/en/news/") == ["Rain", "Only English"]


def test_a_kind_narrows_the_list_and_an_unknown_one_does_not(client, news):
    make_article(news, title="How to", kind="guide")
    make_article(news, title="It rained", kind="news")
    assert titles(client, "/en/news/?kind=guide") == ["How to"]
    assert len(titles(client, "/en/news/?kind=%00&page=-1")) == 2


def test_drafts_and_private_articles_stand_in_no_list(client, news):
    make_article(news, title="Draft", live=False)
    private = make_article(news, title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client, "/en/news/") == []


def test_what_stands_below_a_private_page_is_private_too(client, news):
    make_article(news, title="Hidden")
    PageViewRestriction.objects.create(page=news, restriction_type=PageViewRestriction.LOGIN)
    assert list(ArticlePage.objects.listed()) == []


def test_a_picture_needs_words(news):
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    picture = get_image_model().objects.create(title="Lamp", file=get_test_image_file())
    with pytest.raises(ValidationError) as refused:
        make_article(news, picture=picture)
    assert list(refused.value.message_dict) == ["picture_alt"]


def test_an_article_shows_projects_of_its_theme(client, news):
    theme = Theme.objects.get(slug="lighting")
    ProjectFactory(text__title="Lamps", themes=[theme])
    ProjectFactory(text__title="Secret lamps", themes=[theme], state="draft")
    make_article(news, slug="buy", themes=[theme])
    page = BeautifulSoup(client.get("/en/news/buy/").content, "html.parser")
    assert [link.text for link in page.select("aside .link-list a")] == ["Lamps"]


def test_headings_make_the_list_of_contents(client, news):
    body = [("heading", {"text": "Køb"}), ("paragraph", "<p>Text</p>"), ("heading", {"text": "Drift"})]
    make_article(news, slug="buy", body=body)
    page = BeautifulSoup(client.get("/en/news/buy/").content, "html.parser")
    assert [link["href"] for link in page.select(".toc a")] == ["#kob", "#drift"]
    assert page.find(id="kob").name == "h2"


def test_the_list_costs_the_same_with_one_and_thirty(same_queries, news):
    theme = Theme.objects.get(slug="water")
    assert same_queries("/en/news/", lambda: make_article(news, themes=[theme])) <= 8


def test_a_page_with_html_in_its_title_is_harmless(client):
    make_page("en", slug="odd", title="<script>alert(1)</script>")
    assert b"<script>alert" not in client.get("/en/odd/").content
