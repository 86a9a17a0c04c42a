"""Discussions in the search of the portal."""

import pytest
from bs4 import BeautifulSoup

from discussions import actions
from tests.factories import ThreadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, bo):
    def read(q, **more):
        client.force_login(bo)
        response = client.get("/en/search/", {"q": q, "kind": "discussions", **more})
        return [(hit.h3.a.text, hit.h3.a["href"]) for hit in BeautifulSoup(response.content, "html.parser").select(".hit")]

    return read


@pytest.fixture
def talk(group, anna, url):
    thread = ThreadFactory(target=group, started_by=anna, title="Zeppelins over the Sound")
    actions.write(thread, by=anna, text="We saw a kestrel on the mast, @[Anna].", language="en")
    thread.url = f"{url}{thread.pk}/"
    return thread


def test_a_title_leads_to_the_discussion(ask, talk):
    assert ask("zeppelins") == [("Zeppelins over the Sound", talk.url)]


def test_a_post_leads_to_itself(ask, talk):
    assert ask("kestrel") == [("Zeppelins over the Sound", f"{talk.url}2/#post-2")]


def test_words_that_must_not_stand_there_count(ask, talk):
    assert ask("zeppelins -sound") == []


def test_what_was_taken_away_is_not_found(ask, talk, chair):
    actions.remove(talk.posts.get(number=2), by=chair, reason="Wrong")
    assert ask("kestrel") == []
    actions.remove_thread(talk, by=chair, reason="Wrong")
    assert ask("zeppelins") == []


def test_visitors_find_none(client, talk):
    assert b"Zeppelins over" not in client.get("/en/search/?q=zeppelins").content


def test_the_search_has_one_number_of_queries(client, bo, group, anna, same_queries):
    client.force_login(bo)
    assert same_queries("/en/search/?q=zeppelins", lambda: ThreadFactory(target=group, started_by=anna, title="Zeppelins again")) <= 20
