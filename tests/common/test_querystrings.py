from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from common.querystrings import query_adding, query_with, query_without
from common.templatetags.pages import page_numbers

QUERY = QueryDict("theme=energy&theme=water&q=s%C3%B8&page=4")


def test_a_change_starts_again_at_the_first_page():
    assert query_with(QUERY, sort="title") == "?theme=energy&theme=water&q=s%C3%B8&sort=title"


def test_one_value_of_several_is_taken_away():
    assert query_without(QUERY, "theme", "energy") == "?theme=water&q=s%C3%B8"
    assert query_without(QUERY, "theme") == "?q=s%C3%B8"


def test_a_value_is_added():
    assert query_adding(QUERY, "theme", "air") == "?theme=energy&theme=water&theme=air&q=s%C3%B8"


def test_nothing_left_is_the_bare_page():
    assert query_without(QueryDict("q=x"), "q") == "?"


def test_pages_keep_the_other_parameters():
    request = RequestFactory().get("/", {"q": "a&b", "page": "2"})
    page = Paginator(range(72), 24).page(2)
    drawn = Template('{% load ui %}{% component "pagination" page_obj=page %}').render(Context({"page": page, "request": request}))
    assert 'href="?q=a%26b"' in drawn
    assert 'href="?q=a%26b&amp;page=3"' in drawn


def test_far_pages_are_a_gap_but_never_a_gap_of_one():
    pages = Paginator(range(27), 1)
    assert page_numbers(pages.page(5)) == [1, None, 4, 5, 6, None, 27]
    assert page_numbers(pages.page(3)) == [1, 2, 3, 4, None, 27]
    assert page_numbers(pages.page(27)) == [1, None, 26, 27]
