"""What waits in /cms/: the whole queue, filters, ages, assignment, counts; each button is a verb."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from editorial.moderation import actions, queue
from projects.models import Project
from records.actions import assigned_moderator, audit
from records.models import Assignment, AuditEntry
from tests.factories import LivingLabFactory, OrganisationFactory, ProjectFactory, QuestionFactory, ReportFactory, UserFactory
from tests.support.threads import at_once
from tests.support.told import told

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=9)


@pytest.fixture
def administrator(db):
    return UserFactory(name="Administrator", is_superuser=True, is_staff=True)


@pytest.fixture
def cms(administrator):
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def one_of_each(db):
    """A submitted project and a submitted lab, a proposal, a report and a visitor's question."""
    project = ProjectFactory(state="submitted", state_changed_at=LONG_AGO, text__title="Submitted lamps")
    return {
        "project": project,
        "lab": LivingLabFactory(state="submitted", state_changed_at=timezone.now() - timedelta(days=1), text__name="Submitted yard"),
        "organisation": OrganisationFactory(name="Proposed works", verified_at=None),
        "report": ReportFactory(target=ProjectFactory(text__title="Reported lamps"), by=UserFactory(name="Reporter")),
        "question": QuestionFactory(target=ProjectFactory(text__title="Asked lamps"), visitor=True, state="waiting"),
    }


def lines(response):
    return [(line.kind, line.title) for line, _age, _overdue in response.context["rows"]]


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_everything_that_waits_stands_in_one_list_the_oldest_first(cms, one_of_each):
    assert lines(cms.get("/cms/waiting/"))[0] == ("project", "Submitted lamps")
    assert sorted(lines(cms.get("/cms/waiting/"))) == [
        ("lab", "Submitted yard"), ("organisation", "Proposed works"), ("project", "Submitted lamps"),
        ("question", "Asked lamps"), ("report", "Reported lamps"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", queue.KINDS)
def test_one_kind_at_a_time(cms, one_of_each, kind):
    assert [line[0] for line in lines(cms.get(f"/cms/waiting/?kind={kind}"))] == [kind]


def test_age_in_days_and_what_is_overdue(cms, one_of_each):
    rows = cms.get("/cms/waiting/").context["rows"]
    assert [(line.kind, age, overdue) for line, age, overdue in rows if line.kind in ("project", "report")] == [
        ("project", 9, True), ("report", 0, False),
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["kind=x", "assigned=x", "p=x", "p=999999999", "p=-1", "kind=%00", "assigned=%F0%9F%98%80"])
def test_tc24_any_filter_is_a_page(cms, one_of_each, query):
    assert cms.get(f"/cms/waiting/?{query}").status_code in (200, 400)


def test_what_does_not_wait_is_not_there(cms):
    for state in ("draft", "published", "returned", "withdrawn", "hidden", "archived"):
        ProjectFactory(state=state)
    for state in ("unconfirmed", "published", "refused", "hidden"):
        QuestionFactory(target=ProjectFactory(), visitor=True, state=state, token_hash=state)
    QuestionFactory(target=ProjectFactory(), state="waiting")  # a member's: its writers answer it
    OrganisationFactory(verified_at=None, declined_at=LONG_AGO)
    ReportFactory(target=ProjectFactory(), outcome="dismissed")
    assert (lines(cms.get("/cms/waiting/")), cms.get("/cms/waiting/").context["number"]) == ([], 0)


def test_tc15_nobody_else_is_told_a_number(one_of_each, anyone):
    counted = queue.count_waiting(anyone) if anyone.is_authenticated else {}
    assert (sum(counted.values()) > 0) == (anyone.part == "moderator")


@pytest.mark.parametrize("path", ["waiting/", "members/", "history/project/1/", "waiting/reports/1/", "members/1/"])
def test_tc14_only_moderators_enter(anyone, path):
    client = Client()
    if anyone.is_authenticated:
        client.force_login(anyone)
    assert client.get(f"/cms/{path}").status_code == (302 if anyone.part == "nobody" else 403)


def test_the_menu_counts(cms, one_of_each):
    assert "What waits (5)" in cms.get("/cms/").content.decode()


def test_the_queue_has_one_number_of_queries(cms, administrator):
    def one_more():
        project = ProjectFactory(state="submitted")
        assign = project if project.pk % 2 else None
        if assign:
            Assignment.objects.create(target=project, moderator=administrator)
        question = QuestionFactory(target=ProjectFactory(), visitor=True, state="waiting")
        for target in (ProjectFactory(), OrganisationFactory(verified_at=None), question, UserFactory()):
            ReportFactory(target=target)

    one_more()
    cms.get("/cms/waiting/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            cms.get("/cms/waiting/")
        counts.append(len(seen))
        for _ in range(10):
            one_more()
    assert counts[0] == counts[1] <= 32


# ---- buttons


def test_publishing_from_the_queue_leads_back_to_it(cms, one_of_each):
    project = one_of_each["project"]
    response = cms.post(f"/cms/projects/{project.pk}/publish/", {"next": "/cms/waiting/?kind=project"})
    project.refresh_from_db()
    assert (response.url, project.state) == ("/cms/waiting/?kind=project", "published")


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_tc17_a_button_leads_nowhere_else(cms, one_of_each, address):
    project = one_of_each["project"]
    assert cms.post(f"/cms/projects/{project.pk}/publish/", {"next": address}).url == "/cms/projects/?state=submitted"


def test_every_button_of_the_queue_answers(cms, one_of_each):
    """Each address in the list exists: a link answers with a page, a verb with a redirection."""
    statuses = set()
    for line in queue.waiting(UserFactory(is_superuser=True)):
        for button in line.buttons:
            response = cms.get(button.url) if button.is_link else cms.post(button.url, {"reason": "Because"})
            statuses.add((button.is_link, response.status_code))
    assert statuses == {(True, 200), (False, 302)}


def test_two_moderators_at_once_have_one_outcome_and_a_sentence(cms, one_of_each):
    project = one_of_each["project"]
    answers = [cms.post(f"/cms/projects/{project.pk}/{verb}/", {"reason": "Mend it"}) for verb in ("publish", "return")]
    assert said(answers[1])[-1] == "Only a submitted project can be returned; this one is now “Published”."


@pytest.mark.django_db(transaction=True)
def test_publish_against_return_in_the_same_second(organisation):
    project, clients = ProjectFactory(organisation=organisation, state="submitted"), []
    for _ in range(2):
        clients.append(Client())
        clients[-1].force_login(UserFactory(is_superuser=True, is_staff=True))
    path = f"/cms/projects/{project.pk}/"
    answers = at_once(lambda: clients[0].post(f"{path}publish/"), lambda: clients[1].post(f"{path}return/", {"reason": "Mend it"}))
    project.refresh_from_db()
    assert ([answer.status_code for answer in answers], AuditEntry.objects.count()) == ([302, 302], 1)
    assert project.state in ("published", "returned")


# ---- assignment


def test_taking_it_giving_it_away_and_back(cms, administrator, moderator, one_of_each):
    project = one_of_each["project"]
    seen = []
    for person in (administrator, moderator, None):
        cms.post(f"/cms/waiting/project/{project.pk}/assign/", {"moderator": person.pk if person else ""})
        seen.append(assigned_moderator(project))
    assert seen == [administrator, moderator, None]
    assert AuditEntry.objects.filter(verb="assign").count() == 3
    assert told() == [("moderation.assigned", "Moderator", "moderator")]


@pytest.mark.parametrize("kind", ["project", "organisation", "report", "question"])
def test_everything_that_waits_can_be_assigned(cms, administrator, one_of_each, kind):
    cms.post(f"/cms/waiting/{kind}/{one_of_each[kind].pk}/assign/", {"moderator": administrator.pk})
    assert [line[0] for line in lines(cms.get("/cms/waiting/?assigned=me"))] == [kind]
    assert kind not in [line[0] for line in lines(cms.get("/cms/waiting/?assigned=nobody"))]


@pytest.mark.parametrize("moderator", ["0", "9" * 40, "x", "\x00", "-1", "²"])
def test_tc21_only_moderators_are_given_something(cms, one_of_each, moderator):
    response = cms.post(f"/cms/waiting/project/{one_of_each['project'].pk}/assign/", {"moderator": moderator})
    assert (response.status_code, Assignment.objects.count()) == (404, 0)


def test_a_member_without_the_role_is_given_nothing(cms, one_of_each, stranger):
    assert cms.post(f"/cms/waiting/project/{one_of_each['project'].pk}/assign/", {"moderator": stranger.pk}).status_code == 404


def test_what_waits_no_more_is_not_assigned(cms, administrator):
    project = ProjectFactory()
    assert cms.post(f"/cms/waiting/project/{project.pk}/assign/", {"moderator": administrator.pk}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_take_it_in_the_same_second(organisation):
    project = ProjectFactory(organisation=organisation, state="submitted")
    people = [UserFactory(moderator=True) for _ in range(2)]
    answers = at_once(*(lambda one=one: actions.assign(project, one, by=one) for one in people))
    assert (answers, Assignment.objects.count(), assigned_moderator(project) in people) == ([True, True], 1, True)


# ---- histories and members


@pytest.mark.parametrize("word", ["project", "organisation", "member", "question"])
def test_the_history_of_a_noun(cms, administrator, stranger, word):
    target = {"project": ProjectFactory, "organisation": OrganisationFactory, "member": UserFactory,
              "question": lambda: QuestionFactory(target=ProjectFactory())}[word]()  # fmt: skip
    audit("update", target, by=stranger, note="<script>alert(1)</script>", changes={"name": ["<b>", "x"]})
    page = cms.get(f"/cms/history/{word}/{target.pk}/").content.decode()
    assert ("Stranger" in page, "Changed" in page, "<script>alert" in page, "&lt;script&gt;" in page) == (True, True, False, True)


@pytest.mark.parametrize("path", ["house/1", "project/0", "project/" + "9" * 40])
def test_a_history_of_nothing_is_404(cms, path):
    assert cms.get(f"/cms/history/{path}/").status_code == 404


def test_a_moderator_does_not_read_the_history_of_a_draft(cms):
    assert cms.get(f"/cms/history/project/{ProjectFactory(state='draft').pk}/").status_code == 404


def test_members_are_found_by_name_or_address(cms):
    UserFactory(name="Åse Klitgård", email="aase@example.org")
    found = [[str(person) for person in cms.get(f"/cms/members/?q={words}").context["page_obj"]] for words in ("klit", "aase@", "nobody")]
    assert found == [["Åse Klitgård"], ["Åse Klitgård"], []]


def test_members_have_one_number_of_queries(cms):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _round in range(2):
        cms.get("/cms/members/")
        with CaptureQueriesContext(connection) as seen:
            cms.get("/cms/members/")
        counts.append(len(seen))
        UserFactory.create_batch(20)
    assert counts[0] == counts[1]


def test_suspending_and_lifting_in_the_administration(cms, owner):
    done = [cms.post(f"/cms/members/{owner.pk}/{verb}/", {"reason": "Advertising."}) for verb in ("suspend", "unsuspend")]
    assert [said(response)[-1] for response in done] == ["The member is suspended and told why.", "The member may act again and is told."]
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == ["suspend", "unsuspend"]


def test_nobody_suspends_themselves(cms, administrator):
    cms.post(f"/cms/members/{administrator.pk}/suspend/", {"reason": "x"})
    administrator.refresh_from_db()
    assert administrator.may_act


def test_tc18_the_moderators_pages_show_text_as_text(cms, administrator):
    bad = "<script>alert(1)</script>"
    project = ProjectFactory(state="submitted", text__title=bad, organisation=OrganisationFactory(name=bad))
    row = ReportFactory(target=ProjectFactory(text__title=bad), text=bad, by=UserFactory(name=bad), note=bad)
    QuestionFactory(target=ProjectFactory(text__title=bad), visitor=True, name=bad, text=bad, state="waiting")
    person = UserFactory(name=bad)
    paths = ["waiting/", f"waiting/reports/{row.pk}/", f"history/project/{project.pk}/", "members/", f"members/{person.pk}/"]
    pages = [cms.get(f"/cms/{path}").content.decode() for path in paths]
    assert ["<script>alert" in page for page in pages] == [False] * 5
    assert ["&lt;script&gt;alert" in page for page in pages] == [True] * 5


def test_every_recorded_verb_has_a_word():
    """The verbs stand as literals in the sources: none is shown as it is written."""
    import re
    from pathlib import Path

    from records.trail import WORDS

    root = Path(__file__).resolve().parents[2]
    apps = ("projects", "organisations", "records", "editorial", "members", "conversations", "portal")
    sources = [path.read_text() for app in apps for path in (root / app).rglob("*.py")]
    verbs = {verb for text in sources for verb in re.findall(r"\baudit(?:_many)?\(\s*\"([a-z_]+)\"", text)}
    assert ("create" in verbs, verbs - WORDS.keys()) == (True, set())


def test_a_project_is_reviewed_where_it_is_read(cms, administrator):
    """The preview of the queue is the page itself."""
    project = ProjectFactory(state="submitted")
    (line,) = queue.waiting(administrator)
    assert (line.preview, cms.get(line.preview).status_code, Project.objects.get().pk) == (project.get_absolute_url(), 200, project.pk)
