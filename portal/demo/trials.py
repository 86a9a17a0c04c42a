"""Demo test requests at the demo labs, and the reports they left behind, brought in by their verbs."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from notifications.models import OutboxEntry
from portal.demo.content import read, tidy
from testreports import actions as report_actions
from testreports.models import TestReport
from testrequests import actions
from testrequests.models import TestRequest

PREFIX = "demo-trial:"
SAID = (
    "title", "tested", "problem", "product", "users", "personal_data", "data_what", "data_basis", "data_kept", "benefit", "publishing",
    "results",
)  # fmt: skip
REPORTED = ("title", "summary", "done", "worked", "failed")
RESULT = ("indicator", "unit", "baseline", "target", "actual", "method", "period")
#: What waits for somebody now is told; the rest was told then.
TOLD_NOW = ("testrequest.asked", "testrequest.asked_back", "testrequest.terms", "testreport.asked")


def seed_trials(organisations, members, labs, tally, *, now):
    """Make what is missing; a second call changes nothing, whatever day it is."""
    present = set(TestRequest.objects.filter(is_demo=True).values_list("key", flat=True))
    for row in read("trials.toml")["trial"]:
        missing = key_of(row) not in present
        tally.note("trials", made=missing)
        if missing:
            with transaction.atomic(), override(row["language"]):
                _make(row, organisations[row["of"]], members, labs, now)


def key_of(row):
    return uuid.uuid5(uuid.NAMESPACE_URL, PREFIX + row["key"])


def _make(row, organisation, members, labs, now):
    last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    by, sent, today = members[row["by"]], now + timedelta(days=row["sent"]), localdate(now)
    asked = [(labs[at["lab"]], _offer(labs[at["lab"]], at["offer"])) for at in row["at"]]
    said = {name: tidy(row[name], row["language"]) for name in SAID if name in row}
    request = actions.create_request(
        by=by, organisation=organisation, key=key_of(row), labs=asked, confidential=row.get("confidential", ""), now=sent,
        language=row["language"], trl=row["trl"], starts_on=today + timedelta(days=row["starts"]),
        ends_on=today + timedelta(days=row["ends"]), **{"personal_data": "none", **said},
    )  # fmt: skip
    TestRequest.objects.filter(pk=request.pk).update(is_demo=True)
    request.refresh_from_db()
    actions.send_request(request, by=by, now=sent)
    for at, (lab, _offered) in zip(row["at"], asked, strict=True):
        application = request.applications.get(lab=lab)
        _lead(application, at, row, by=by, host=_answering(lab), sent=sent, now=now)
        if "report" in row and at is row["at"][0]:
            _report(application, row, by=by, host=_answering(lab), now=now)
    # What lies in the past was told then: nobody's bell rings for it now.
    waits = () if "agreed" in row.get("report", {}) else TOLD_NOW
    OutboxEntry.objects.filter(pk__gt=last, fanned_out_at=None).exclude(kind__in=waits).update(fanned_out_at=now)


def _offer(lab, key):
    """The offer of this key: its place in the content is its place in the lab."""
    lab_row = next(row for row in read("labs.toml")["lab"] if f"demo:{row['key']}" == lab.source_key)
    place = [one["key"] for one in lab_row["offer"]].index(key)
    return list(lab.offers.order_by("position", "pk"))[place]


def _answering(lab):
    return lab.team.filter(answers=True).select_related("user").first().user


def _lead(application, at, row, *, by, host, sent, now):
    """As far as the content says, each verb at the time it would have happened."""
    answered = sent + timedelta(days=at.get("answer", 0))
    if at["reaches"] == "declined":
        actions.decline(application, by=host, reason=at["reason"], now=answered)
    elif at["reaches"] == "clarifying":
        actions.ask_back(application, by=host, text=at["question"], now=answered)
    elif at["reaches"] != "sent":
        actions.accept(application, by=host, now=answered)
        _agree(application, at, row, by=by, host=host, answered=answered, now=now)


def _agree(application, at, row, *, by, host, answered, now):
    today, proposed = localdate(now), answered + timedelta(days=2)
    days = {"starts_on": today + timedelta(days=row["starts"]), "ends_on": today + timedelta(days=row["ends"])}
    terms = actions.propose_terms(application, by=host, base=0, text=at["terms"], now=proposed, **days)
    if at["reaches"] == "terms":
        return
    actions.accept_terms(application, by=by, version=terms.version, now=proposed + timedelta(days=3))
    actions.start(application, by=host, now=now + timedelta(days=row["starts"]))
    if at["reaches"] in ("reporting", "completed"):
        actions.finish(application, by=host, now=now + timedelta(days=row["ends"]))


def _report(application, row, *, by, host, now):
    said = row["report"]
    writer, other = (by, host) if said["side"] == "company" else (host, by)
    application.refresh_from_db()
    written = now + timedelta(days=said["days"])
    report = report_actions.start_report(application, by=writer, side=said["side"], now=written, is_demo=True)
    host_word = {"goes_on": said["goes_on"], "goes_on_why": said["goes_on_why"]} if "goes_on" in said else {}
    report_actions.update_report(
        report, by=writer, texts=_texts(row), links=[{"url": url, "label": label} for url, label in said["links"]],
        results=[{name: value or None if name in RESULT[2:5] else value for name, value in zip(RESULT, one, strict=True)}
                 for one in said["results"]],
        embargo_until=localdate(now) + timedelta(days=said["embargo"]) if "embargo" in said else None,
        **(host_word if said["side"] == "lab" else {}),
    )  # fmt: skip
    report_actions.submit(report, by=writer, now=written)
    if "agreed" in said:
        agreed = now + timedelta(days=said["agreed"])
        report_actions.publish(report, by=other, now=agreed, **(host_word if said["side"] == "company" else {}))
        actions.complete(application, by=host, now=agreed)
    TestReport.objects.filter(pk=report.pk).update(created_at=written)


def _texts(row):
    said = row["report"]
    language = said.get("language", row["language"])
    original = {name: tidy(said.get(name, row.get(name, "")), language) for name in REPORTED}
    others = [
        {"language": code} | {name: tidy(said[code].get(name, ""), code) for name in REPORTED}
        for code in ("da", "sv", "en")
        if code in said
    ]
    return [{"language": language, "is_original": True, **original}, *others]
