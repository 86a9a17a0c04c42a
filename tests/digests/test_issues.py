"""The editors' issue of a week: whom it reaches, once, what of it is shown, and how it is written (promise 13)."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.mail import build
from digests import issuing
from digests.composing import compose_chunk
from digests.issue_form import IssueForm
from digests.issue_preview import preview_mail
from digests.models import Issue
from digests.planning import plan
from digests.views.issues import IssueViewSet
from editorial.models import ArticlePage
from notifications.actions import follow
from notifications.models import Delivery, Run
from projects.models import Project
from records.models import AuditEntry
from taxonomy.models import Municipality, Theme
from tests.factories import (
    EventFactory,
    IssueFactory,
    LivingLabFactory,
    MembershipFactory,
    NotificationFactory,
    OfferFactory,
    OrganisationFactory,
    OutboxEntryFactory,
    ProjectFactory,
    SubscriptionFactory,
    TestReportFactory,
    UserFactory,
    WorkingGroupFactory,
)
from tests.factories.editorial import make_article, make_news
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 6, 4, tzinfo=UTC)
LONG_AGO = MONDAY - timedelta(days=200)
HELLO = {"en": "<p>Read this <b>first</b>.</p>", "da": "<p>Læs dette først.</p>"}


@pytest.fixture
def reader(db):
    return SubscriptionFactory(started_at="2026-11-01T00:00Z", user__language="en").user


@pytest.fixture
def old():
    """A project that is no news to anybody."""
    return ProjectFactory(published_at=LONG_AGO, text__title="Old lamps")


def digests(now=MONDAY):
    """{member: mail or None} of what one tick plans."""
    plan(now)
    deliveries = list(Delivery.objects.filter(state="pending").select_related("user").order_by("pk"))
    compose_chunk(deliveries, now)
    for one in deliveries:
        Delivery.objects.filter(pk=one.pk).update(state="sent" if one.mail else "empty", held=one.held)
    return {one.user: one.mail for one in deliveries}


def rows(mail):
    """[(section, title)] of a mail; [] without one."""
    return [(one["key"], row["text"].split("\n")[0][2:]) for one in mail.context["sections"] for row in one["rows"]] if mail else []


def test_what_is_pinned_comes_first_with_the_introduction_above(reader, old):
    event = EventFactory(starts_at=MONDAY + timedelta(days=9), published_at=LONG_AGO, text__title="Fair")
    IssueFactory(intro=HELLO, pins=[event, old])
    mail = digests()[reader]
    assert rows(mail) == [("issue", "Fair"), ("issue", "Old lamps")]
    message = build(mail)
    html = message.alternatives[0][0]
    assert ("Read this <strong>first</strong>" in html, "Read this first." in message.body) == (True, True)
    assert "Chosen by the editors" in html
    assert Issue.objects.get().used_at == MONDAY


def test_every_noun_can_be_pinned(reader):
    made = [ProjectFactory(published_at=LONG_AGO), LivingLabFactory(published_at=LONG_AGO), OfferFactory(published_at=LONG_AGO),
            EventFactory(starts_at=MONDAY + timedelta(days=9), published_at=LONG_AGO), WorkingGroupFactory(published_at=LONG_AGO),
            TestReportFactory(released_at=LONG_AGO), make_article(make_news(), title="Longer days")]  # fmt: skip
    IssueFactory(pins=made)
    assert [title for _section, title in rows(digests()[reader])] == [str(one) for one in made]


def test_an_introduction_alone_makes_no_mail_but_stands_in_one(reader, old):
    """“Never empty”: what is pinned counts as news, an introduction does not."""
    IssueFactory(intro=HELLO)
    assert digests()[reader] is None
    Delivery.objects.all().delete()
    Run.objects.all().delete()
    theme = Theme.objects.get(slug="energy")
    follow(reader, theme)
    made = ProjectFactory(published_at=MONDAY - timedelta(days=1), themes=[theme])
    mail = digests()[reader]
    assert (rows(mail), "Read this" in mail.context["intro_text"]) == ([("projects", str(made))], True)


@pytest.mark.parametrize("change", [{"state": "draft"}, {"week": date(2026, 11, 30)}, {"week": date(2026, 11, 16)}])
def test_only_a_ready_issue_of_the_week_is_used(reader, old, change):
    IssueFactory(pins=[old], **change)
    assert digests()[reader] is None


@pytest.mark.parametrize("hidden", [{"state": "hidden"}, {"state": "withdrawn"}, {"visibility": "organisation"}])
def test_tc08_what_is_pinned_is_asked_for_each_reader_when_the_mail_is_made(reader, old, hidden):
    """Who belongs to its organisation still sees what is for it alone; nobody sees what is gone."""
    inside = SubscriptionFactory(started_at="2026-11-01T00:00Z").user
    MembershipFactory(user=inside, organisation=old.organisation)
    IssueFactory(intro=HELLO, pins=[old])
    plan(MONDAY)
    Project.objects.filter(pk=old.pk).update(**hidden)
    found = digests()
    assert [bool(found[one]) for one in (reader, inside)] == [False, "visibility" in hidden]


def test_what_is_over_or_no_longer_live_drops_out(reader, old):
    over = EventFactory(starts_at=MONDAY - timedelta(days=2), ends_at=MONDAY - timedelta(days=1), published_at=LONG_AGO)
    article = make_article(make_news(), title="Gone")
    IssueFactory(pins=[over, article, old])
    ArticlePage.objects.update(live=False)
    assert rows(digests()[reader]) == [("issue", "Old lamps")]


def test_private_groups_are_shown_to_their_members_only(reader):
    group = WorkingGroupFactory(visibility="private", joining="invitation", published_at=LONG_AGO, text__name="Quokkabird")
    inside = SubscriptionFactory(started_at="2026-11-01T00:00Z").user
    group.memberships.create(user=inside, role="member")
    IssueFactory(pins=[group, ProjectFactory(published_at=LONG_AGO)])
    found = digests()
    assert ["Quokkabird" in build(found[one]).message().as_string() for one in (reader, inside)] == [False, True]


def audiences():
    """{name: (fields of an issue, what makes somebody fit)}"""
    place, theme = Municipality.objects.filter(in_portal=True).first(), Theme.objects.get(slug="energy")

    def member(**fields):
        return lambda user: MembershipFactory(user=user, organisation=OrganisationFactory(**fields))

    return {
        "kind": ({"organisation_types": ["research"]}, member(type="research")),
        "theme": ({"to_themes": [theme]}, lambda user: follow(user, theme)),
        "place": ({"to_municipalities": [place]}, lambda user: follow(user, place)),
        "place of the organisation": ({"to_municipalities": [place]}, member(municipality=place)),
        "region": ({"to_regions": [place.region]}, lambda user: follow(user, place)),
    }


@pytest.mark.parametrize("name", ["kind", "theme", "place", "place of the organisation", "region"])
def test_an_audience_holds_who_fits_and_nobody_else(reader, old, name):
    fields, join = audiences()[name]
    fits = SubscriptionFactory(started_at="2026-11-01T00:00Z").user
    join(fits)
    IssueFactory(pins=[old], **fields)
    found = digests()
    assert [rows(found[one]) for one in (fits, reader)] == [[("issue", "Old lamps")], []]


def test_all_parts_of_an_audience_count_and_the_narrowest_issue_stands(reader, old):
    theme = Theme.objects.get(slug="energy")
    both, one = (SubscriptionFactory(started_at="2026-11-01T00:00Z").user for _number in range(2))
    for user in (both, one):
        follow(user, theme)
    MembershipFactory(user=both, organisation=OrganisationFactory(type="company"))
    IssueFactory(intro={"en": "narrow"}, pins=[old], organisation_types=["company"], to_themes=[theme])
    IssueFactory(intro={"en": "theme"}, pins=[old], to_themes=[theme])
    IssueFactory(intro={"en": "everybody"}, pins=[old])
    found = digests()
    assert [found[user].context["intro_text"] for user in (both, one, reader)] == ["narrow", "theme", "everybody"]


@pytest.mark.parametrize("frequency, days", [("daily", 7), ("weekly", 14), ("fortnightly", 15), ("monthly", 15)])
def test_each_reader_has_an_issue_once_however_often_mails_come(old, frequency, days):
    """Also after it was changed, and beside a second one of the same week."""
    user = SubscriptionFactory(started_at="2026-11-01T00:00Z", frequency=frequency, user__language="en").user
    issue = IssueFactory(intro=HELLO, pins=[old])
    had = 0
    for day in range(days):
        mail = digests(MONDAY + timedelta(days=day)).get(user)
        had += ("issue", "Old lamps") in rows(mail)
        issuing.keep(Issue.objects.get(pk=issue.pk), by=None)
        if day == 1:
            IssueFactory(pins=[old], to_themes=[], intro={"en": "second"})
    assert had == 1


def test_a_mail_that_failed_held_nothing_and_an_unknown_one_held_it(reader, old):
    Delivery.objects.all().delete()
    reader.digest.frequency = "daily"
    reader.digest.save()
    IssueFactory(intro=HELLO, pins=[old])
    assert rows(digests()[reader]) == [("issue", "Old lamps")]
    Delivery.objects.update(state="failed")
    assert rows(digests(MONDAY + timedelta(days=1))[reader]) == [("issue", "Old lamps")]
    Delivery.objects.filter(state="sent").update(state="unknown")
    assert rows(digests(MONDAY + timedelta(days=2))[reader]) == [("again", "Old lamps")]


def test_promise_2_what_was_opened_already_is_not_pinned_to_its_reader(reader, old):
    NotificationFactory(user=reader, entry=OutboxEntryFactory(target=old), read_at=MONDAY - timedelta(days=1))
    IssueFactory(pins=[old])
    assert digests()[reader] is None


def test_a_reader_who_does_not_want_it(reader, old):
    reader.digest.without = ["issue"]
    reader.digest.save()
    IssueFactory(intro=HELLO, pins=[old])
    assert digests()[reader] is None


def test_no_second_word_of_the_editors_beside_an_issue(reader, old):
    article = make_article(make_news(), title="Longer days")
    ArticlePage.objects.filter(pk=article.pk).update(first_published_at=MONDAY - timedelta(days=1))
    IssueFactory(pins=[old])
    assert rows(digests()[reader]) == [("issue", "Old lamps")]


@pytest.mark.parametrize("language, said, marked", [("da", "Læs dette først.", False), ("sv", "Read this first.", True)])
def test_an_introduction_in_another_language_says_so(old, language, said, marked):
    user = SubscriptionFactory(started_at="2026-11-01T00:00Z", user__language=language).user
    IssueFactory(intro=HELLO, pins=[old])
    message = build(digests()[user])
    text, html = message.body, message.alternatives[0][0]
    code = "en" if marked else "da"
    assert (said in text, f'<div lang="{code}"' in html, "engelska:" in text) == (True, True, marked)


def test_an_introduction_goes_through_the_one_sanitiser(reader, old, settings):
    settings.SITE_URL = "https://portal.example.org"
    intro = '<p onclick="x()">See <a href="/en/projects/">all</a> <script>alert(1)</script><img src="https://evil.example/x.png"></p>'
    IssueFactory(intro={"en": intro}, pins=[old])
    message = build(digests()[reader])
    html = message.alternatives[0][0]
    assert [part in html for part in ("onclick", "<script", "evil.example")] == [False, False, False]
    assert ('href="https://portal.example.org/en/projects/"' in html, "all (https://portal.example.org/en/projects/)" in message.body) == (
        True, True,
    )  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_readers_or_pins(old):
    IssueFactory(intro=HELLO, pins=[old, ProjectFactory(published_at=LONG_AGO)], organisation_types=["company"])

    def count(number):
        for _one in range(number):
            MembershipFactory(user=SubscriptionFactory(started_at="2026-11-01T00:00Z").user, organisation__type="company")
        plan(MONDAY)
        deliveries = list(Delivery.objects.select_related("user"))
        with CaptureQueriesContext(connection) as seen:
            compose_chunk(deliveries, MONDAY)
        assert all(one.mail for one in deliveries)
        Delivery.objects.all().delete()
        Run.objects.all().delete()
        return len(seen)

    count(1)
    few, many = count(1), count(40)
    assert (many <= few + 1, many <= 60) == (True, True)


# ---- what editors do


@pytest.fixture
def staff(client):
    user = UserFactory(name="Eva Editor")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return user


def test_states_with_who_and_when(editor):
    issue = issuing.keep(Issue(week=date(2026, 11, 30)), by=editor, now=MONDAY)
    with pytest.raises(ValidationError, match="says nothing"):
        issuing.make_ready(issue, by=editor)
    issue.intro = HELLO
    issuing.keep(issue, by=editor)
    ready = issuing.make_ready(issue, by=editor, now=MONDAY)
    assert (ready.state, ready.ready_by, ready.ready_at) == ("ready", editor, MONDAY)
    with pytest.raises(ValidationError, match="is now"):
        issuing.make_ready(issue, by=editor)
    assert issuing.take_back(issue, by=editor).ready_by is None
    issuing.throw_away(issue, by=editor)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "write_issue", "change_issue", "ready_issue", "take_back_issue", "delete_issue",
    ]  # fmt: skip


def test_what_stood_in_mails_keeps_its_week_and_is_not_thrown_away(editor):
    issue = IssueFactory(intro=HELLO, used_at=MONDAY)
    with pytest.raises(ValidationError, match="stood in mails"):
        issuing.throw_away(issue, by=editor)
    issue.week = date(2026, 11, 30)
    with pytest.raises(ValidationError, match="its week stays"):
        issuing.keep(issue, by=editor)


def form_data(**more):
    return {"week": "", "pinned-count": "0", **{name: "null" for name in IssueForm.base_fields if name.startswith("intro_")}, **more}


def address(name, *args):
    return reverse(IssueViewSet().get_url_name(name), args=args)


def written(text):
    """What the editor's browser sends for a paragraph."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def test_an_editor_writes_an_issue_and_makes_it_ready(client, staff):
    page = client.get(address("add"))
    week = page.context["form"].fields["week"].choices[1][0]
    sent = form_data(week=week, intro_da=written("Hej med jer"), organisation_types=["company"], **{"action-ready": "1"})
    assert client.post(address("add"), sent).status_code == 302
    issue = Issue.objects.get()
    assert (issue.state, issue.week.isoformat(), list(issue.intro), issue.organisation_types) == ("ready", week, ["da"], ["company"])
    assert ("Hej med jer" in issue.intro["da"], issue.created_by, issue.ready_by) == (True, staff, staff)
    assert "Eva Editor" in client.get(address("edit", issue.pk)).content.decode()
    listed = client.get(address("list")).content.decode()
    assert ("Company" in listed, "Ready" in listed) == (True, True)
    client.post(address("edit", issue.pk), form_data(week=week, **{"action-back": "1", "intro_da": written("Hej")}))
    issue.refresh_from_db()
    assert (issue.state, issue.ready_by) == ("draft", None)


def test_an_introduction_that_is_too_long_stays_in_the_form(client, staff):
    week = client.get(address("add")).context["form"].fields["week"].choices[1][0]
    response = client.post(address("add"), form_data(week=week, intro_en=written("x" * 1501)))
    assert (response.status_code, "at most 1500 characters" in response.content.decode(), Issue.objects.count()) == (200, True, 0)


@pytest.mark.parametrize("role, status", [(None, 403), ("Moderators", 200)])
def test_who_writes_for_the_portal_gets_in(client, role, status):
    user = UserFactory()
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)
    assert client.get(address("list")).status_code == status


def test_a_chooser_finds_by_the_words_of_titles_and_hides_what_is_not_published(client, staff):
    ProjectFactory(text__title="Lamps that listen")
    ProjectFactory(text__title="Pumps")
    ProjectFactory(text__title="Lamps nobody sees", state="draft")
    found = client.get("/cms/pin_project/?q=lamps").content.decode()
    assert ["Lamps that listen" in found, "Pumps" in found, "nobody sees" in found] == [True, False, False]


@pytest.mark.parametrize("language, words", [("en", "Read this"), ("da", "Læs dette"), ("sv", "På engelska")])
def test_a_preview_of_the_mail_in_each_language(staff, old, language, words):
    """Whoever it is for, and before it is kept."""
    issue = Issue(week=date(2026, 11, 30), intro=HELLO, organisation_types=["utility"])
    issue.pinned = [("project", old)]
    html = build(preview_mail(issue, staff, language, now=MONDAY)).alternatives[0][0]
    assert [part in html for part in (words, "Old lamps", f'lang="{language}"')] == [True, True, True]
    response = issue.serve_preview(type("Request", (), {"user": staff})(), language)
    assert (response.status_code, "default-src 'none'" in response["Content-Security-Policy"]) == (200, True)


@pytest.mark.django_db(transaction=True)
def test_two_who_make_it_ready_at_once_make_one_change():
    issue = IssueFactory(state="draft", intro=HELLO)
    users = [UserFactory(), UserFactory()]
    answers = at_once(*(lambda by=user: issuing.make_ready(issue, by=by) for user in users))
    assert sorted(type(one).__name__ for one in answers) == ["Issue", "WrongState"]
    assert AuditEntry.objects.filter(verb="ready_issue").count() == 1


def test_issues_are_not_thrown_away_in_heaps(client, staff):
    issue = IssueFactory(intro=HELLO, used_at=MONDAY)
    client.post(f"/cms/bulk/digests/issue/delete/?next=/cms/&id={issue.pk}")
    client.post(address("delete", issue.pk))
    assert Issue.objects.count() == 1
    Issue.objects.update(used_at=None)
    client.post(address("delete", issue.pk))
    assert Issue.objects.count() == 0


def test_a_chooser_says_of_nothing_hidden_what_it_is_called(client, staff):
    seen, hidden = ProjectFactory(text__title="Seen"), ProjectFactory(text__title="Hidden", state="draft")
    pages = [client.get(f"/cms/pin_project/chosen/{pk}/") for pk in (seen.pk, hidden.pk, "x", 10**30)]
    assert [page.status_code for page in pages] == [200, 404, 404, 404]
    several = client.get(f"/cms/pin_project/chosen-multiple/?id={seen.pk}&id={hidden.pk}&id=x")
    assert ("Seen" in several.text, "Hidden" in several.text) == (True, False)


@pytest.mark.parametrize("door", ["add", "preview_on_add"])
def test_half_a_form_is_a_form_with_mistakes(client, staff, door):
    pin = {"pinned-count": "1", "pinned-0-deleted": "", "pinned-0-type": "project", "pinned-0-order": "0", "pinned-0-value": "1"}
    broken = [{"pinned-count": "9" * 12}, {"pinned-count": "²"}, {"pinned-0-order": "x"}, {"pinned-0-value": "x"}, {"pinned-0-value": "\0"},
              {"intro_en": "{"}, {"intro_en": "[]"}, {"intro_en": '{"blocks": 5}'}]  # fmt: skip
    sent = [pin | more for more in broken] + [
        {key: value for key, value in pin.items() if key != f"pinned-0-{one}"} for one in ("type", "deleted")
    ]
    assert [client.post(address(door), form_data(**one)).status_code for one in sent] == [200] * len(sent)
    assert Issue.objects.count() == 0


def test_an_introduction_that_cannot_be_read_is_said_at_its_field(client, staff):
    week = client.get(address("add")).context["form"].fields["week"].choices[1][0]
    form = client.post(address("add"), form_data(week=week, intro_en="{")).context["form"]
    assert (list(form.errors), Issue.objects.count()) == (["intro_en"], 0)


def test_what_was_written_at_the_same_time_takes_nothing_back(editor):
    written = IssueFactory(state="draft", intro=HELLO)
    issuing.note_use([written.pk], now=MONDAY)
    issuing.make_ready(Issue.objects.get(pk=written.pk), by=editor)
    issuing.keep(written, by=editor)
    kept = Issue.objects.get()
    assert (kept.state, kept.ready_by, kept.used_at) == ("ready", editor, MONDAY)
