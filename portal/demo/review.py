"""Demo moderation: what waits for the demo moderator, and what the demo owner has to answer. Brought in by the verbs."""

from datetime import timedelta

from common.publishing import State
from conversations.actions import ask
from conversations.models import Question
from editorial.moderation.actions import report
from portal.demo.content import read, tidy
from projects.actions import confirm_partner, create_project, return_, submit
from projects.actions.questions import answer_question, confirm_question
from projects.enums import PartnerState
from projects.models import Project
from projects.telling import ask_partners
from records.models import Report
from taxonomy.models import Municipality, Theme

#: These wait or were sent back, so they are not among the published ones of `portal.demo.SOURCE`.
SOURCE = "demo-review"


def seed_review(organisations, members, projects, tally, *, now):
    """Make what is missing; what somebody has dealt with meanwhile stays as it is. `projects`: `{key: Project}`."""
    words = read("review.toml")
    for age, row in enumerate(words["project"], 3):
        _seed_project(row, organisations, members, tally, now - timedelta(days=2 * age))
    if partner := projects.get(words["partner"]["project"]):
        _seed_partner(partner, words["partner"], organisations, members, tally)
    for age, row in enumerate(words["question"], 1):
        if row["project"] in projects:
            _seed_question(projects[row["project"]], row, members, tally, now - timedelta(days=3 * age))
    if reported := projects.get(words["report"]["project"]):
        _seed_report(reported, words["report"], members, tally, now - timedelta(days=1))


def _seed_project(row, organisations, members, tally, then):
    known = Project.objects.filter(source=SOURCE, source_key=row["key"]).exists()
    tally.note("reviews", made=not known)
    if known:
        return
    by, moderator = members[row["by"]], members["moderator"]
    text = {name: tidy(row[name], row["language"]) for name in ("title", "summary", "story")}
    project = create_project(
        organisations[row["lead"]], by=by, now=then, texts=[{"language": row["language"], **text}], is_demo=True,
        source=SOURCE, source_key=row["key"], contact_name=by.name, contact_email=by.email,
        themes=list(Theme.objects.filter(slug__in=row["themes"])),
        sites=[{"municipality": Municipality.objects.get(code=row["municipality"], country="DK")}],
        **{name: row[name] for name in ("kind", "phase", "budget", "currency", "tags")},
        start_date=row["start"], end_date=row["end"],
    )  # fmt: skip
    submit(project, by=by, now=then)
    if row.get("returned"):
        return_(project, by=moderator, reason=row["returned"], now=then + timedelta(days=1))


def _seed_partner(project, row, organisations, members, tally):
    known = project.partners.exclude(state=PartnerState.UNASKED).exists()
    tally.note("partners", made=not known)
    if known or project.state != State.PUBLISHED:
        return
    ask_partners(project, by=None)
    for organisation, member in row["confirms"]:
        confirm_partner(project, organisations[organisation], by=members[member])


def _seed_question(project, row, members, tally, then):
    known = Question.objects.about(project).filter(text=row["text"]).exists()
    tally.note("questions", made=not known)
    if known:
        return
    by = members.get(row.get("by"))
    question, token = ask(project, by=by, text=row["text"], language=row["language"], name=row.get("name", ""),
                          email=row.get("email", ""), now=then)  # fmt: skip
    if token:
        confirm_question(token, now=then)
    if row.get("answer"):
        answer_question(question, by=members[row["answered_by"]], text=row["answer"], language=row["answer_language"],
                        now=then + timedelta(days=1))  # fmt: skip


def _seed_report(project, row, members, tally, then):
    known = Report.objects.filter(by=members[row["by"]], target_id=project.pk).exists()
    tally.note("reports", made=not known)
    if not known:
        report(project, by=members[row["by"]], reason=row["reason"], text=row["text"], now=then)
