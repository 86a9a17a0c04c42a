"""Reports as they are found: list, filters, feed, files, search, sitemap, the pages they hang on, the desk, numbers of queries."""

import csv
import io
from datetime import timedelta

import feedparser
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import LivingLabFactory, MunicipalityFactory, ProjectFactory, TestReportFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def titles(client, address):
    return [str(report) for report in client.get(address).context["found"].page]


def test_the_list_narrows_by_what_it_offers(client, organisation):
    theme, town = ThemeFactory(slug="snow"), MunicipalityFactory(slug="snowtown")
    lab = LivingLabFactory(slug="snow-lab", themes=[theme], municipalities=[town])
    TestReportFactory(asking=organisation, at=lab, goes_on="no", text__title="Found")
    TestReportFactory(text__title="Other")
    words = ("theme=snow", "municipality=snowtown", "lab=snow-lab", f"organisation={organisation.slug}", "goes_on=no", "q=found")
    assert [titles(client, f"/en/test-reports/?{one}") for one in words] == [["Found"]] * 6


@pytest.mark.parametrize("query", ["theme=nonsense", "page=1000000000", "page=-1", "q=%00", "q=" + "x" * 3000, "lab=%F0%9F%A7%AA&lab=x"])
def test_tc24_what_is_not_understood_is_left_out(client, query):
    TestReportFactory()
    assert client.get(f"/en/test-reports/?{query}").status_code in (200, 400)


def test_the_list_asks_the_same_whatever_its_length(same_queries):
    assert same_queries("/en/test-reports/", TestReportFactory) <= 16


def test_a_page_asks_little(count_queries, make):
    report = make(results=[{"indicator": "Counted", "actual": 1}], links=[("https://a.example.org", "A")])
    assert count_queries(report.get_absolute_url()) <= 12


def test_the_feed_is_read_by_a_reader(client, make, tomorrow):
    make(text__title="Read me")
    make(text__title="Not yet", embargo_until=tomorrow)
    found = feedparser.parse(client.get("/en/test-reports/feed/").content)
    assert (found.bozo, [entry.title for entry in found.entries]) == (False, ["Read me"])


def test_the_file_is_read_as_a_table(client, make):
    make(text__title="=1+1")
    lines = client.get("/en/test-reports/export.csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [(row["title"], row["lab"]) for row in rows] == [("'=1+1", "Street lab")]


def test_search_finds_it_by_its_words_and_those_of_its_lab(client, make, editor, tomorrow):
    make(text__title="Radar sees snow")
    make(text__title="Radar under embargo", embargo_until=tomorrow)
    client.force_login(editor)
    pages = [client.get(f"/en/search/?q={words}&kind=reports").content.decode() for words in ("radar", "street+lab")]
    assert [("sees snow" in page, "under embargo" in page) for page in pages] == [(True, False)] * 2


def test_the_sitemap_has_what_visitors_read(client, make, tomorrow):
    shown, _hidden = make(slug="shown-report"), make(slug="hidden-report", embargo_until=tomorrow)
    text = client.get("/sitemap-test-reports-1.xml").content.decode()
    assert (shown.get_absolute_url() in text, "hidden-report" in text) == (True, False)


def test_it_hangs_on_lab_company_project_theme_and_municipality(client, organisation):
    theme, town = ThemeFactory(slug="snow"), MunicipalityFactory(slug="snowtown", in_portal=True)
    lab = LivingLabFactory(slug="snow-lab", themes=[theme], municipalities=[town])
    project = ProjectFactory(slug="counting")
    TestReportFactory(asking=organisation, at=lab, project=project, text__title="Radar sees snow")
    pages = [lab.get_absolute_url(), organisation.get_absolute_url(), project.get_absolute_url(), "/en/themes/snow/",
             "/en/municipalities/snowtown/"]  # fmt: skip
    assert ["Radar sees snow" in client.get(page).content.decode() for page in pages] == [True] * 5


def test_the_desk_asks_the_other_side(client, make, host, editor):
    report = make("submitted", text__title="Does it say so?")
    for person, asked in ((host, True), (editor, False)):
        client.force_login(person)
        page = client.get(reverse("portal:desk")).content.decode()
        assert (f"{report.get_absolute_url()}#decide" in page) == asked


@pytest.mark.parametrize("part, words", [("host", "Agree and publish"), ("editor", "Take it back")])
def test_what_each_side_is_offered_of_a_submitted_report(client, make, part, words, request):
    client.force_login(request.getfixturevalue(part))
    page = client.get(make("submitted").get_absolute_url()).content.decode()
    assert {one for one in ("Agree and publish", "Take it back") if one in page} == {words}


def test_agreeing_without_the_hosts_word_is_asked_again(client, make, host):
    report = make("submitted")
    client.force_login(host)
    answer = client.post(reverse("testreports:publish", args=[report.slug]), {"goes_on_why": "Because it is typed"})
    report.refresh_from_db()
    assert (answer.status_code, "Because it is typed" in answer.content.decode(), report.state) == (200, True, "submitted")


def test_nobody_agrees_to_what_was_written_since_the_page_was_opened(client, make, host):
    report, states = make("submitted", revision=6), []
    client.force_login(host)
    assert '<input type="hidden" name="seen" value="6"' in client.get(report.get_absolute_url()).content.decode()
    type(report).objects.update(revision=7)
    for seen in ("6", "7"):
        client.post(reverse("testreports:publish", args=[report.slug]), {"goes_on": "yes", "seen": seen})
        report.refresh_from_db()
        states.append(report.state)
    assert states == ["submitted", "published"]


def test_the_whole_way(client, make, editor, host, stranger):
    report = make("draft")
    steps = [(editor, "submit", {}), (host, "return", {"reason": "Name the pole."}), (editor, "submit", {}),
             (host, "publish", {"goes_on": "changed"})]  # fmt: skip
    for person, verb, data in steps:
        client.force_login(person)
        client.post(reverse(f"testreports:{verb}", args=[report.slug]), data)
    client.force_login(stranger)
    assert "Yes, with changes" in client.get(report.get_absolute_url()).content.decode()


def test_moderators_hide_what_is_reported(client, make, stranger, moderator):
    report = make()
    client.force_login(stranger)
    assert reverse("moderation:report", args=["testreport", report.pk]) in client.get(report.get_absolute_url()).content.decode()
    client.force_login(moderator)
    client.post(reverse("testreports:hide", args=[report.slug]), {"reason": "Names a patient."})
    report.refresh_from_db()
    assert report.state == "hidden"


def test_the_history_names_both_sides_and_no_moderator(client, make, editor, host, moderator):
    from testreports import actions

    report = actions.publish(make("submitted"), by=host, goes_on="yes")
    actions.hide(report, by=moderator, reason="Look once more.")
    client.force_login(editor)
    page = client.get(reverse("testreports:history", args=[report.slug])).content.decode()
    assert ("Host" in page, "A moderator" in page, moderator.name in page) == (True, True, False)


def test_an_old_report_is_found_on_the_second_page(client, make):
    for days in range(25):
        make(released_at=timezone.now() - timedelta(days=days + 1), text__title=f"Report of day {days:02}")
    assert titles(client, "/en/test-reports/?page=2") == ["Report of day 24"]
