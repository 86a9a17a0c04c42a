"""Demo test requests that are under way: a draft, a conversation with tasks, an agreement to come, an answer that is overdue.

Those that left a report behind stand in `trials`. Everything is brought in by the verbs, each at the time it would have happened.
"""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from notifications.models import OutboxEntry
from portal.demo.content import read, tidy
from testrequests import actions
from testrequests.models import TestRequest

PREFIX = "demo-request:"
PLAIN = ("trl", "personal_data", "publishing", "place")
#: Texts of the request, kept as they are written in the content.
TEXTS = (
    "title", "tested", "problem", "product", "users", "data_what", "data_basis", "data_kept", "permits", "needs", "benefit", "results",
    "confidential",
)  # fmt: skip
#: What waits for somebody now is told; the rest was told then.
TOLD_NOW = ("testrequest.asked", "testrequest.asked_back", "testrequest.terms")


def seed_requests(organisations, members, labs, tally, *, now):
    """Make what is missing; a second call changes nothing, whatever day it is."""
    present = set(TestRequest.objects.filter(is_demo=True).values_list("key", flat=True))
    for row in read("requests.toml")["request"]:
        missing = key_of(row) not in present
        tally.note("requests", made=missing)
        if missing:
            with transaction.atomic(), override(row["language"]):
                _make(row, organisations[row["of"]], members, labs, now)


def key_of(row):
    return uuid.uuid5(uuid.NAMESPACE_URL, PREFIX + row["key"])


def _make(row, organisation, members, labs, now):
    last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    by, begun, today = members[row["by"]], now + timedelta(days=row["sent"]), localdate(now)
    chosen = [(labs[at["lab"]], _offer(labs[at["lab"]], at.get("offer"))) for at in row["at"]]
    said = {name: tidy(row[name], row["language"]) for name in TEXTS if name in row} | {name: row[name] for name in PLAIN if name in row}
    days = {name: today + timedelta(days=row[key]) for name, key in (("starts_on", "starts"), ("ends_on", "ends")) if key in row}
    request = actions.create_request(
        by=by, organisation=organisation, key=key_of(row), labs=chosen, now=begun, language=row["language"], **days, **said
    )
    TestRequest.objects.filter(pk=request.pk).update(is_demo=True)
    request.refresh_from_db()
    if not row.get("draft"):
        actions.send_request(request, by=by, now=begun)
        for at in row["at"]:
            _go_on(request.applications.get(lab=labs[at["lab"]]), at, members, now)
    OutboxEntry.objects.filter(pk__gt=last, fanned_out_at=None).exclude(kind__in=TOLD_NOW).update(fanned_out_at=now)


def _offer(lab, key):
    """The offer of this key: its place in the content is its place in the lab. Without a key the lab itself is asked."""
    if key is None:
        return None
    lab_row = next(row for row in read("labs.toml")["lab"] if f"demo:{row['key']}" == lab.source_key)
    place = [one["key"] for one in lab_row["offer"]].index(key)
    return list(lab.offers.order_by("position", "pk"))[place]


def _go_on(application, at, members, now):
    """[verb, who, days, words] one after the other."""
    for verb, who, days, words in at.get("steps", ()):
        STEPS[verb](application, by=members[who], words=words, now=now + timedelta(days=days), today=localdate(now))


def _terms(application, *, by, words, now, today):
    text, starts, ends, price = words
    last = application.terms.values_list("version", flat=True).first() or 0
    actions.propose_terms(application, by=by, base=last, text=text, price=price, now=now, starts_on=today + timedelta(days=starts),
                          ends_on=today + timedelta(days=ends))  # fmt: skip


def _task(application, *, by, words, now, today):
    title, side, days = words
    actions.add_task(application, by=by, key=uuid.uuid4(), title=title, side=side, due_on=today + timedelta(days=days), now=now)


def _done(application, *, by, words, now, today):
    actions.finish_task(application.tasks.get(title=words), by=by, now=now)


def _plain(verb, name=""):
    """A verb that takes words under a name, or none."""

    def call(application, *, by, words, now, today):
        verb(application, by=by, now=now, **({name: words} if name else {}))

    return call


def _agreed(application, *, by, words, now, today):
    actions.accept_terms(application, by=by, version=application.terms.values_list("version", flat=True).first(), now=now)


STEPS = {
    "ask_back": _plain(actions.ask_back, "text"),
    "write": _plain(actions.write, "text"),
    "accept": _plain(actions.accept, "note"),
    "decline": _plain(actions.decline, "reason"),
    "withdraw": _plain(actions.withdraw, "reason"),
    "cancel": _plain(actions.cancel, "reason"),
    "terms": _terms,
    "agree": _agreed,
    "start": _plain(actions.start),
    "finish": _plain(actions.finish),
    "task": _task,
    "done": _done,
}
