"""Questions on a project: asked by members and visitors, moderated, answered, shown, told."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.utils import timezone

from common.errors import WrongState
from conversations.actions import ask, forget_unconfirmed, hash_of
from conversations.models import Question
from notifications.models import Delivery
from notifications.tasks import send
from projects.actions import questions as actions
from projects.models import Project
from records.models import AuditEntry
from tests.conftest import of
from tests.factories import OrganisationFactory, ProjectFactory, QuestionFactory, UserFactory
from tests.support.threads import at_once
from tests.support.told import told

pytestmark = pytest.mark.django_db

WORDS = {"text": "What did one lamp cost?", "language": "en"}
VISITOR = {**WORDS, "name": "Vera Visitor", "email": "Vera@Example.org"}


@pytest.fixture
def project(organisation, owner):
    return ProjectFactory(organisation=organisation, created_by=owner, slug="lamps", text__title="Lamps")


def post(client, path, **data):
    return client.post(f"/en/projects/lamps/{path}/", data)


def sign_in(person):
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def shown(client, path=""):
    return "What did one lamp cost?" in client.get(f"/en/projects/lamps/{path}").content.decode()


def asked_by_visitor(project):
    """(question, token) of a visitor's question that waits for its confirmation."""
    return ask(project, **VISITOR)


def the_link(delivery):
    return delivery.context["url"].removeprefix("http://testserver").removeprefix("http://localhost:8000")


# ---- by members


def test_a_members_question_reaches_the_writers_at_once(client, project, stranger, editor):
    client.force_login(stranger)
    assert post(client, "ask", **WORDS).url == "/en/projects/lamps/questions/"
    assert told() == [("question.asked", "Editor", "member"), ("question.asked", "Owner", "author")]


def test_what_waits_is_read_by_its_asker_the_writers_and_moderators(project, stranger, anyone):
    QuestionFactory(target=project, asked_by=stranger, state="waiting", **WORDS)
    reads = anyone.part in ("stranger", "editor", "owner", "moderator")
    client = sign_in(anyone)
    assert (shown(client), shown(client, "questions/")) == (False, reads)


def test_an_answer_puts_both_on_the_page_and_tells_the_asker_once(project, stranger, editor, client):
    question = QuestionFactory(target=project, asked_by=stranger, state="waiting", **WORDS)
    writer = sign_in(editor)
    revision = writer.get(f"/en/projects/lamps/questions/{question.pk}/answer/").context["form"].initial["revision"]
    post(writer, f"questions/{question.pk}/answer", text="About **3,100 kr**.", language="en", revision=revision)
    actions.answer_question(question, by=editor, text="About 3,200 kr.", language="en", revision=hash_of("About **3,100 kr**."))
    page = client.get("/en/projects/lamps/").content.decode()
    assert ("Lejre Kommune answers" in page, "About 3,200 kr." in page) == (True, True)
    assert told() == [("question.answered", "Stranger", "asked")]


def test_question_and_answer_keep_their_language(client, project):
    QuestionFactory(target=project, text="Hvad kostede en lampe?", language="da", answer="Tretusen.", answer_language="sv",
                    answered_at=timezone.now())  # fmt: skip
    page = client.get("/en/projects/lamps/").content.decode()
    assert ('<div class="post__text" lang="da">' in page, '<div class="post__text prose" lang="sv">' in page) == (True, True)


def test_a_moderator_may_show_a_members_question_before_it_is_answered(client, project, moderator):
    question = QuestionFactory(target=project, state="waiting", **WORDS)
    post(sign_in(moderator), f"questions/{question.pk}/approve")
    assert shown(client)


# ---- by visitors


def test_a_visitor_confirms_by_mail_a_moderator_approves_a_writer_answers(client, project, moderator, editor):
    assert said(post(client, "ask", **VISITOR)) == ["One step is left: open the mail that we have sent to your address, within a week."]
    link = the_link(Delivery.objects.get(template="question_confirm"))
    assert (client.get(link).status_code, Question.objects.get().state) == (200, "unconfirmed")
    client.post(link)
    assert (Question.objects.get().state, told()) == ("waiting", [("question.waiting", "Moderator", "moderator")])
    question = Question.objects.get()
    post(sign_in(moderator), f"questions/{question.pk}/approve")
    assert (shown(client), told("question.asked")[0]) == (True, ("question.asked", "Editor", "member"))
    actions.answer_question(question, by=editor, text="3,100 kr.", language="en")
    assert list(Delivery.objects.filter(address="vera@example.org").values_list("template", flat=True).order_by("pk")) == [
        "question_confirm", "question_answered",
    ]  # fmt: skip
    assert Question.objects.get().email == ""


def test_before_the_moderator_the_writers_do_not_read_a_visitors_question(project, owner, moderator):
    QuestionFactory(target=project, visitor=True, state="waiting", **WORDS)
    assert (shown(sign_in(owner), "questions/"), shown(sign_in(moderator), "questions/")) == (False, True)


def test_nobody_reads_what_is_not_confirmed(project, anyone):
    asked_by_visitor(project)
    assert shown(sign_in(anyone), "questions/") is False


@pytest.mark.parametrize("path", ["", "questions/"])
def test_an_address_is_never_shown(project, anyone, path):
    QuestionFactory(target=project, visitor=True, **WORDS)
    QuestionFactory(target=project, asked_by=UserFactory(name="", email="secret@example.org"))
    page = sign_in(anyone).get(f"/en/projects/lamps/{path}").content.decode()
    assert ("vera@example.org" in page, "secret@example.org" in page, "A member" in page) == (False, False, True)


def test_the_token_is_kept_as_a_hash_and_works_once(client, project):
    _question, token = asked_by_visitor(project)
    assert (token in str(Question.objects.values().get()), Question.objects.get().token_hash) == (False, hash_of(token))
    statuses = [client.post(f"/en/projects/questions/confirm/{token}/").status_code for _ in range(2)]
    assert (statuses, Question.objects.get().token_hash) == ([302, 404], "")


@pytest.mark.parametrize("token", ["x", "a" * 500, "é", "%F0%9F%98%80"])
def test_a_token_of_nobody_is_a_page_that_says_so(client, project, token):
    response = client.get(f"/en/projects/questions/confirm/{token}/")
    assert (response.status_code, "This link does not work any more" in response.content.decode()) == (404, True)


def test_the_mail_of_what_was_hidden_meanwhile_confirms_nothing(client, project):
    _question, token = asked_by_visitor(project)
    Project.objects.update(state="hidden")
    assert (client.post(f"/en/projects/questions/confirm/{token}/").status_code, Question.objects.get().state) == (404, "unconfirmed")


def test_what_nobody_confirms_is_forgotten_after_a_week(project):
    question, _token = asked_by_visitor(project)
    soon, late = question.created_at + timedelta(days=6), question.created_at + timedelta(days=7)
    assert (forget_unconfirmed(now=soon), forget_unconfirmed(now=late), Question.objects.count()) == (0, 1, 0)


def test_a_confirmed_question_is_not_forgotten(project):
    QuestionFactory(target=project, visitor=True, state="waiting", created_at=timezone.now() - timedelta(days=30))
    assert forget_unconfirmed() == 0


def test_tc16_a_visitors_question_says_the_same_of_every_address(project, stranger):
    answers = []
    for email in (stranger.email, "nobody-knows@example.org"):
        response = post(Client(), "ask", **{**VISITOR, "email": email})
        answers.append((response.status_code, response.url, said(response)))
    assert answers[0] == answers[1]
    assert Delivery.objects.filter(template="question_confirm").count() == 2


def test_a_refusal_is_told_with_its_reason_and_erases_the_address(project, moderator):
    question = QuestionFactory(target=project, visitor=True, state="waiting", **WORDS)
    post(sign_in(moderator), f"questions/{question.pk}/refuse", reason="This is an advertisement.")
    delivery, question = Delivery.objects.get(), Question.objects.get()
    assert (delivery.template, delivery.address, delivery.context["reason"]) == (
        "question_refused", "vera@example.org", "This is an advertisement.",
    )  # fmt: skip
    assert (question.state, question.email) == ("refused", "")


def test_a_member_is_told_of_a_refusal(project, stranger, moderator):
    question = QuestionFactory(target=project, asked_by=stranger, state="waiting")
    actions.refuse_question(question, by=moderator, reason="Twice the same.")
    assert told() == [("question.refused", "Stranger", "asked")]


def test_a_refusal_without_a_reason_is_refused(project, moderator):
    question = QuestionFactory(target=project, state="waiting")
    response = post(sign_in(moderator), f"questions/{question.pk}/refuse", reason=" ")
    assert (said(response), Question.objects.get().state) == (["Say why: the person who asked reads it."], "waiting")


# ---- limits and doors


def test_floods_from_one_network_end(project):
    answers = [post(Client(), "ask", **{**VISITOR, "email": f"v{number}@example.org"}) for number in range(11)]
    assert ([response.status_code for response in answers], Question.objects.count()) == ([302] * 10 + [200], 10)
    assert "Your text is still here" in answers[-1].content.decode()
    assert "What did one lamp cost?" in answers[-1].content.decode()


def test_floods_to_one_mailbox_end(project):
    statuses = [Client(REMOTE_ADDR=f"10.0.0.{number}").post("/en/projects/lamps/ask/", VISITOR).status_code for number in range(6)]
    assert statuses == [302] * 5 + [200]


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "archived", "withdrawn", "hidden"])
def test_questions_are_about_what_is_published(project, owner, state):
    Project.objects.update(state=state)
    assert post(sign_in(owner), "ask", **WORDS).status_code == 403
    with pytest.raises(WrongState):
        actions.ask_question(project, by=owner, **WORDS)


def test_tc14_what_one_may_not_see_one_does_not_ask_about(client, project):
    Project.objects.update(visibility="members")
    assert (client.get("/en/projects/lamps/ask/").status_code, client.get("/en/projects/lamps/questions/").status_code) == (404, 404)


def test_a_suspended_member_does_not_ask(project, suspended):
    assert (post(sign_in(suspended), "ask", **WORDS).status_code, Question.objects.count()) == (403, 0)


DECIDES = {"moderator": 302, "nobody": 302, "stranger": 404, "colleague": 404, "editor": 403, "owner": 403, "suspended": 403}


@pytest.mark.parametrize("verb", ["approve", "refuse"])
def test_tc14_only_moderators_decide(project, anyone, verb):
    question = QuestionFactory(target=project, state="waiting")
    status = post(sign_in(anyone), f"questions/{question.pk}/{verb}", reason="No").status_code
    changed = Question.objects.get().state != "waiting"
    assert (status, changed) == (DECIDES[anyone.part], anyone.part == "moderator")


ANSWERS = {"nobody": 302, "stranger": 403, "colleague": 403, "editor": 200, "owner": 200, "moderator": 403, "suspended": 403}


def test_tc14_only_the_projects_writers_answer(project, anyone):
    question = QuestionFactory(target=project)
    assert sign_in(anyone).get(f"/en/projects/lamps/questions/{question.pk}/answer/").status_code == ANSWERS[anyone.part]


def test_tc14_a_question_of_another_project_is_not_answered_here(project, editor):
    other = QuestionFactory(target=ProjectFactory())
    assert post(sign_in(editor), f"questions/{other.pk}/answer", text="x", language="en").status_code == 404


def test_tc21_a_form_takes_its_own_fields_only(client, project, stranger):
    client.force_login(stranger)
    post(client, "ask", **WORDS, state="published", answer="Yes", asked_by="1", email="a@example.org", name="Boss", is_staff="on")
    question = Question.objects.get()
    assert (question.state, question.answer, question.asked_by, question.email, question.name) == ("waiting", "", stranger, "", "")


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "👍👍", "x" * 2_001, "a\x00b", "---"])
def test_what_cannot_be_a_question_comes_back_with_its_error(client, project, text):
    response = post(client, "ask", **{**VISITOR, "text": text})
    assert (response.status_code, list(response.context["form"].errors), Question.objects.count()) == (200, ["text"], 0)


@pytest.mark.parametrize("field", ["name", "email", "language", "text"])
def test_tc23_hostile_fields_are_no_error_page(client, project, field):
    values = ["\x00", "\ud800", "\u202egnp", "x" * 300_000, "🧪" * 50, "a\r\nBcc: b@example.org", "<script>alert(1)</script>"]
    statuses = {post(client, "ask", **{**VISITOR, field: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}).status_code
                for value in values}  # fmt: skip
    assert statuses <= {200, 302}


def test_tc18_questions_answers_and_reasons_are_text(project, owner, client):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    QuestionFactory(target=project, visitor=True, name=bad, text=bad, answer=f"{bad} [x](javascript:alert(1))", answer_language="en",
                    answered_at=timezone.now(), reason=bad)  # fmt: skip
    pages = [client.get(f"/en/projects/lamps/{path}").content.decode() for path in ("", "questions/")]
    assert [mark in page for page in pages for mark in ("<script>alert", "<img src=x", 'href="javascript')] == [False] * 6


@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_tc10_a_question_writes_no_header_and_a_stranger_nobody_a_mail(client, project, language):
    """What was typed does not go to an address that nobody has confirmed."""
    bad = {"text": "a\r\nBcc: evil@example.org\r\n\r\n<b>Buy</b>", "name": "Buy\r\nB: c"}
    client.post(f"/{language}/projects/lamps/ask/", {**VISITOR, **bad})
    send(Delivery.objects.get().pk)
    (sent,) = mail.outbox
    assert (sent.to, sent.cc, sent.bcc, "\n" in sent.subject, "Bcc" in sent.message()) == (["vera@example.org"], [], [], False, False)
    assert ["Buy" in part or "evil" in part for part in (sent.subject, sent.body, sent.alternatives[0][0])] == [False] * 3


def test_tc18_an_answer_is_text_in_the_mail(project, editor):
    question = QuestionFactory(target=project, visitor=True, text="<b>x</b>")
    actions.answer_question(question, by=editor, text="<script>alert(1)</script> **yes**", language="en")
    send(Delivery.objects.get().pk)
    html = mail.outbox[0].alternatives[0][0]
    assert ("&lt;b&gt;x&lt;/b&gt;" in html, "<script>alert" in html, "<strong>yes</strong>" in html) == (True, False, True)


# ---- lists, races


def test_tc15_what_waits_leaves_no_trace_for_others(client, project, stranger):
    doors = ("/en/projects/", "/en/projects/feed/", "/en/projects/export.csv", "/en/search/?q=quokka")
    before = [len(client.get(path).getvalue()) for path in doors]
    for state in ("waiting", "refused", "hidden", "unconfirmed"):
        QuestionFactory(target=project, state=state, text="Quokkabird?", token_hash=state)
    pages = [client.get(f"/en/projects/lamps/{path}").content.decode() for path in ("", "questions/")]
    assert ["Quokkabird" in page for page in pages] == [False, False]
    assert [len(client.get(path).getvalue()) for path in doors] == before


def test_a_visitor_pays_no_query_for_questions(client, project, count_queries):
    count_queries("/en/projects/lamps/")
    without = count_queries("/en/projects/lamps/")
    for _ in range(8):
        QuestionFactory(target=project)
    assert (count_queries("/en/projects/lamps/"), without <= 12) == (without, True)


def test_the_list_has_one_number_of_queries(client, project, same_queries, owner):
    client.force_login(owner)
    assert same_queries("/en/projects/lamps/questions/", lambda: QuestionFactory(target=project)) <= 20


def test_only_the_newest_stand_on_the_page(client, project):
    for number in range(7):
        QuestionFactory(target=project, text=f"Number {number}?", created_at=timezone.now() - timedelta(days=number))
    page = client.get("/en/projects/lamps/").content.decode()
    assert [f"Number {number}?" in page for number in range(7)] == [True] * 5 + [False] * 2
    assert "All 7 questions" in page


def test_who_answers_meanwhile_is_not_written_over(project, editor, owner):
    question = QuestionFactory(target=project)
    actions.answer_question(question, by=owner, text="First.", language="en")
    response = post(sign_in(editor), f"questions/{question.pk}/answer", text="Second.", language="en", revision="")
    page = response.content.decode()
    assert (Question.objects.get().answer, "Somebody else has answered meanwhile" in page, "Second." in page) == ("First.", True, True)


@pytest.mark.django_db(transaction=True)
def test_approve_against_refuse_in_the_same_second(project, moderator):
    question, second = QuestionFactory(target=project, state="waiting"), UserFactory(moderator=True)
    one, two = sign_in(moderator), sign_in(second)
    answers = at_once(lambda: post(one, f"questions/{question.pk}/approve"),
                      lambda: post(two, f"questions/{question.pk}/refuse", reason="No"))  # fmt: skip
    assert [response.status_code for response in answers] == [302, 302]
    assert (Question.objects.get().state in ("published", "refused"), AuditEntry.objects.count()) == (True, 1)


@pytest.mark.django_db(transaction=True)
def test_two_answers_in_the_same_second(project, editor, owner):
    question = QuestionFactory(target=project)
    answers = at_once(*(lambda by=by: actions.answer_question(question, by=by, text=str(by), language="en") for by in (editor, owner)))
    refused = [answer for answer in answers if isinstance(answer, WrongState)]
    assert (len(refused), Question.objects.get().answer in ("Editor", "Owner")) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_one_link_opened_in_two_windows(project, moderator):
    _question, token = asked_by_visitor(project)
    statuses = [answer.status_code for answer in at_once(*[lambda: Client().post(f"/en/projects/questions/confirm/{token}/")] * 2)]
    assert (sorted(statuses) in ([302, 302], [302, 404]), AuditEntry.objects.count()) == (True, 1)


def test_writers_of_another_organisation_see_nothing_that_waits(project):
    QuestionFactory(target=project, state="waiting", **WORDS)
    assert shown(sign_in(of(OrganisationFactory(), "owner")), "questions/") is False
