"""What of tests waits for a member: requests whose next step is the member's, tasks that are due, drafts that were begun."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bookings.periods import day_words
from testrequests.mine import MyTests
from testrequests.steps_page import step_url


def waiting_tests(user, parts):
    """[(icon, title, address, words, label of the button, its address)] of those `parts` in which something waits."""
    mine = MyTests(user)
    rows = (("tests", _step, "waiting"), ("tasks", _task, "tasks"), ("drafts", _draft, "drafts"))
    return [line_of(one) for part, line_of, name in rows if part in parts for one in getattr(mine, name)]


def _step(line):
    words = line.turn
    if line.row.due_on:
        words = _("%(what)s. Due: %(day)s") % {"what": words, "day": day_words(line.row.due_on)}
    return "lab", f"{line.row.request.title} · {line.row.lab}", line.url, words, pgettext("desk", "Answer"), line.url


def _task(task):
    there = f"{task.application.get_absolute_url()}#tasks"
    words = _("A task of the test “%(title)s”. Due: %(day)s") % {"title": task.application.request.title, "day": day_words(task.due_on)}
    return "check", task.title, there, words, pgettext("desk", "Look"), there


def _draft(request):
    there = step_url(request, "what")
    words = _("Your draft is kept. Go on where you left it.")
    return "edit", request.title, reverse("testrequests:detail", args=[request.pk]), words, pgettext("desk", "Go on"), there
