"""Reports: once while open, handled by moderators, told to both sides; suspensions; the audit trail that nobody changes."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.test import Client

from common.errors import WrongState
from editorial.moderation import actions
from editorial.rules import may_suspend
from members.models import Profile, User
from notifications.models import Delivery, Notification
from notifications.pages import rows
from projects.models import Project
from records.actions import audit, erasing
from records.models import AuditEntry, Report
from tests.conftest import of
from tests.factories import OrganisationFactory, ProjectFactory, QuestionFactory, ReportFactory, UserFactory
from tests.support.threads import at_once
from tests.support.told import told

pytestmark = pytest.mark.django_db

WORDS = {"reason": "wrong", "text": "The sum is a typing error."}


def report(client, word, target, **data):
    return client.post(f"/en/report/{word}/{target.pk}/", {**WORDS, **data})


def sign_in(person):
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def close(person, row, verb, **data):
    return sign_in(person).post(f"/cms/waiting/reports/{row.pk}/{verb}/", data)


@pytest.fixture
def administrator(db):
    return UserFactory(name="Administrator", is_superuser=True, is_staff=True)


@pytest.fixture
def project(organisation, owner):
    return ProjectFactory(organisation=organisation, created_by=owner, slug="lamps", text__title="Lamps")


@pytest.fixture
def listed(organisation):
    """A member whose page everybody finds."""
    person = of(organisation, "member", name="Listed")
    Profile.objects.create(user=person, slug="listed", listed_to="everybody")
    return person


# ---- reporting


@pytest.mark.parametrize("word", ["project", "organisation", "question", "member"])
def test_a_member_reports_and_moderators_hear_of_it(word, project, organisation, listed, stranger, moderator):
    target = {"project": project, "organisation": organisation, "question": QuestionFactory(target=project), "member": listed}[word]
    response = report(sign_in(stranger), word, target)
    row = Report.objects.get()
    assert (response.status_code, row.target, row.by, row.text) == (302, target, stranger, WORDS["text"])
    assert told() == [("report.made", "Moderator", "moderator")]


def test_whoever_moderates_no_longer_reads_no_report_under_the_bell(project, stranger, moderator):
    report(sign_in(stranger), "project", project)
    told()
    for noun in (moderator.groups, moderator.user_permissions):
        noun.clear()
    former = User.objects.get(pk=moderator.pk)
    (row,) = rows(Notification.objects.filter(user=former).for_list(), former)
    assert (former.is_moderator, row.note, WORDS["text"] in row.text) == (False, "", False)


def test_once_while_it_is_open(project, stranger, moderator):
    client = sign_in(stranger)
    first, second = report(client, "project", project), report(client, "project", project)
    assert (first.status_code, second.status_code, Report.objects.count()) == (302, 200, 1)
    assert "You have reported this already." in second.content.decode()
    actions.dismiss(Report.objects.get(), by=moderator)
    assert report(client, "project", project).status_code == 302


REPORTS = {"nobody": 302, "stranger": 302, "colleague": 302, "editor": 302, "owner": 403, "moderator": 302, "suspended": 403}


def test_tc14_who_reports(project, anyone):
    """Whoever wrote it mends it instead."""
    status = report(sign_in(anyone), "project", project).status_code
    assert (status, Report.objects.count()) == (REPORTS[anyone.part], int(status == 302 and anyone.part != "nobody"))


def test_a_visitor_is_led_to_the_sign_in_and_told_why(client, project):
    response = client.get(f"/en/report/project/{project.pk}/", follow=True)
    assert "Sign in to report what is wrong: you are told what became of it." in response.content.decode()


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn", "hidden"])
def test_tc14_what_one_may_not_see_one_does_not_report(project, stranger, state):
    Project.objects.update(state=state)
    assert report(sign_in(stranger), "project", project).status_code == 404


@pytest.mark.parametrize("state", ["unconfirmed", "waiting", "refused", "hidden"])
def test_tc14_questions_that_are_not_published_are_not_there(project, stranger, state):
    question = QuestionFactory(target=project, state=state, token_hash=state)
    assert report(sign_in(stranger), "question", question).status_code == 404


@pytest.mark.parametrize("path", ["project/0", "project/" + "9" * 40, "house/1", "member/1", "question/1"])
def test_what_is_not_there_is_404(stranger, path):
    assert sign_in(stranger).get(f"/en/report/{path}/").status_code == 404


def test_tc14_a_member_without_a_page_is_not_found_by_counting(stranger, owner):
    assert report(sign_in(stranger), "member", owner).status_code == 404


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"reason": ""}, ["reason"]),
        ({"reason": "nonsense"}, ["reason"]),
        ({"reason": "other", "text": " "}, ["text"]),
        ({"text": "x" * 2_001}, ["text"]),
        ({"text": "a\x00b"}, ["text"]),
    ],
)
def test_what_is_missing_is_said_at_the_field(project, stranger, fields, errors):
    response = report(sign_in(stranger), "project", project, **fields)
    assert (list(response.context["form"].errors), Report.objects.count()) == (errors, 0)


def test_tc21_a_report_takes_its_own_fields_only(project, stranger, moderator):
    report(sign_in(stranger), "project", project, outcome="hidden", by=moderator.pk, note="x", closed_by=moderator.pk)
    row = Report.objects.get()
    assert (row.outcome, row.by, row.note, row.closed_by) == ("open", stranger, "", None)


def test_floods_of_one_member_end(stranger):
    client, projects = sign_in(stranger), [ProjectFactory() for _ in range(21)]
    assert [report(client, "project", one).status_code for one in projects] == [302] * 20 + [200]


def test_those_whom_it_is_about_do_not_learn_who_reported(project, stranger, owner):
    report(sign_in(stranger), "project", project)
    page = sign_in(owner).get("/en/projects/lamps/history/").content.decode()
    assert ("Stranger" in page, "Reported" in page) == (False, False)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_report(project, stranger):
    clients = [sign_in(stranger) for _ in range(2)]
    statuses = sorted(answer.status_code for answer in at_once(*(lambda one=one: report(one, "project", project) for one in clients)))
    assert (statuses, Report.objects.count()) == ([200, 302], 1)


# ---- handling


def test_a_dismissed_report_is_told_to_all_who_reported_it(project, administrator):
    rows = [ReportFactory(target=project, by=UserFactory(name=name)) for name in ("First", "Second")]
    close(administrator, rows[0], "dismiss", reason="The sum is right.")
    assert set(Report.objects.values_list("outcome", "note", "closed_by")) == {("dismissed", "The sum is right.", administrator.pk)}
    assert told() == [("report.closed", "First", "asked"), ("report.closed", "Second", "asked")]


def test_hiding_tells_the_reporter_and_the_author_with_the_reason(project, administrator, stranger):
    row = ReportFactory(target=project, by=stranger)
    close(administrator, row, "hide", reason="A name that should not stand there.")
    project.refresh_from_db()
    assert (project.state, project.state_reason) == ("hidden", "A name that should not stand there.")
    assert told() == [("project.hidden", "Owner", "author"), ("report.closed", "Stranger", "asked")]


def test_a_question_is_hidden_and_its_asker_told(project, administrator, stranger):
    question = QuestionFactory(target=project, asked_by=UserFactory(name="Asker"))
    close(administrator, ReportFactory(target=question, by=stranger), "hide", reason="Rude.")
    question.refresh_from_db()
    assert (question.state, told()) == ("hidden", [("question.refused", "Asker", "asked"), ("report.closed", "Stranger", "asked")])


def test_hiding_without_a_reason_leaves_the_report_open(project, administrator):
    row = ReportFactory(target=project)
    response = close(administrator, row, "hide", reason=" ")
    row.refresh_from_db()
    assert (said(response), row.outcome) == (["Say why it is hidden: the organisation reads it."], "open")


def test_suspending_over_a_report(project, owner, administrator, stranger):
    close(administrator, ReportFactory(target=project, by=stranger), "suspend", reason="Again and again.")
    owner.refresh_from_db()
    assert (owner.may_act, Report.objects.get().outcome) == (False, "suspended")
    assert told() == [("report.closed", "Stranger", "asked")]


@pytest.mark.parametrize("part", ["nobody", "stranger", "colleague", "editor", "owner", "suspended"])
@pytest.mark.parametrize("verb", ["dismiss", "settle", "hide", "suspend"])
def test_tc14_nobody_else_handles_reports(project, part, verb, request):
    row = ReportFactory(target=project)
    response = close(request.getfixturevalue(part), row, verb, reason="x")
    row.refresh_from_db()
    assert (response.status_code in (302, 403), row.outcome) == (True, "open")


def test_a_second_moderator_is_told_that_it_is_done(project, administrator):
    row = ReportFactory(target=project)
    answers = [close(administrator, row, verb, reason="x") for verb in ("dismiss", "settle")]
    assert said(answers[1]) == ["Another moderator has dealt with this report."]


@pytest.mark.django_db(transaction=True)
def test_two_moderators_in_the_same_second(project, administrator):
    row, second = ReportFactory(target=project), UserFactory(is_superuser=True)
    answers = at_once(lambda: close(administrator, row, "dismiss"), lambda: close(second, row, "hide", reason="x"))
    assert [answer.status_code for answer in answers] == [302, 302]
    row.refresh_from_db()
    project.refresh_from_db()
    assert (row.outcome, project.state) in [("dismissed", "published"), ("hidden", "hidden")]


# ---- suspending


def test_a_suspension_ends_every_session_and_is_told_by_mail(owner, organisation, moderator):
    client = sign_in(owner)
    UserSession.objects.create(user=owner, ip="192.0.2.7", session_key=client.session.session_key)  # as every sign-in does
    assert client.get("/en/desk/").status_code == 200
    actions.suspend(owner, by=moderator, reason="Advertising.")
    delivery = Delivery.objects.get()
    assert (delivery.template, delivery.address, delivery.context["reason"]) == ("suspended", owner.email, "Advertising.")
    assert client.get("/en/desk/").status_code == 302
    assert list(AuditEntry.objects.values_list("verb", "by", "note")) == [("suspend", moderator.pk, "Advertising.")]


def test_a_suspended_member_does_nothing(client, owner, organisation, moderator):
    actions.suspend(owner, by=moderator, reason="Advertising.")
    project = ProjectFactory(organisation=organisation, state="draft")
    client.force_login(User.objects.get(pk=owner.pk))
    assert client.post(f"/en/projects/{project.slug}/publish/").status_code == 403


def test_lifting_it_is_told_and_lets_the_member_act(owner, moderator):
    actions.suspend(owner, by=moderator, reason="Advertising.")
    actions.unsuspend(owner, by=moderator)
    assert User.objects.get(pk=owner.pk).may_act
    assert list(Delivery.objects.order_by("pk").values_list("template", flat=True)) == ["suspended", "unsuspended"]


def test_the_suspension_mails_go_out(owner, moderator, mailoutbox):
    from notifications.tasks import send

    actions.suspend(owner, by=moderator, reason="<b>Advertising</b>")
    send(Delivery.objects.get().pk)
    (sent,) = mailoutbox
    assert (sent.to, "<b>Advertising</b>" in sent.body, "&lt;b&gt;Advertising&lt;/b&gt;" in sent.alternatives[0][0]) == (
        [owner.email],
        True,
        True,
    )


@pytest.mark.parametrize("verb", ["suspend", "unsuspend"])
def test_twice_is_a_sentence(owner, moderator, verb):
    if verb == "suspend":
        actions.suspend(owner, by=moderator, reason="x")
    with pytest.raises(WrongState):
        getattr(actions, verb)(owner, by=moderator, **({"reason": "x"} if verb == "suspend" else {}))


@pytest.mark.parametrize(
    ("by", "whom", "may"),
    [
        ("moderator", "owner", True),
        ("moderator", "moderator", False),
        ("moderator", "administrator", False),
        ("moderator", "second_moderator", False),
        ("administrator", "second_moderator", True),
        ("administrator", "administrator", False),
        ("owner", "colleague", False),
        ("suspended", "colleague", False),
    ],
)
def test_whom_one_may_suspend(by, whom, may, request):
    assert may_suspend.test(request.getfixturevalue(by), request.getfixturevalue(whom)) is may


@pytest.fixture
def second_moderator(db):
    return UserFactory(moderator=True)


@pytest.mark.django_db(transaction=True)
def test_suspended_twice_in_the_same_second(owner, moderator):
    answers = at_once(*[lambda: actions.suspend(User.objects.get(pk=owner.pk), by=moderator, reason="x")] * 2)
    assert sum(isinstance(answer, WrongState) for answer in answers) == 1
    assert (AuditEntry.objects.count(), Delivery.objects.count()) == (1, 1)


# ---- what was recorded stays


@pytest.fixture
def entry(project, owner):
    return audit("publish", project, by=owner, note="A reason")


@pytest.mark.parametrize("change", [{"verb": "hide"}, {"note": ""}, {"changes": {"a": 1}}, {"target_id": 7}, {"at": "2020-01-01T00:00Z"}])
def test_an_entry_is_never_changed(entry, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(**change)


def test_an_entry_is_given_to_nobody_else(entry, stranger):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(by=stranger)


def test_an_entry_is_never_deleted(entry):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_the_name_goes_with_the_account(project):
    person = UserFactory()
    audit("publish", project, by=person)
    person.delete()
    assert list(AuditEntry.objects.values_list("verb", "by")) == [("publish", None)]


def test_erasure_says_so_and_only_then(entry):
    with erasing():
        AuditEntry.objects.update(note="")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.update(note="again")
    assert AuditEntry.objects.get().note == ""


def test_an_organisation_that_was_removed_keeps_its_history(moderator):
    organisation = OrganisationFactory()
    audit("verify", organisation, by=moderator)
    organisation.delete()
    assert AuditEntry.objects.count() == 1
