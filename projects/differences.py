"""Two states of a project beside each other, field by field, in words: two editors, or two versions."""

from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from common.differences import marked
from common.formats import money, number
from common.publishing import Visibility
from organisations.models import Organisation
from projects.content import TEXT, TRANSLATION, changed_names
from projects.enums import Kind, LessonKind, PartnerRole, Phase
from projects.forms.fields import shown_period
from projects.forms.rows import LessonRows, LinkRows, MilestoneRows, PartnerRows, ResultRows, spoken
from projects.forms.step import STEPS
from taxonomy.models import Goal, Municipality, Theme


def label_of(name):
    """What the form calls a name of the content."""
    if name.startswith(TRANSLATION):
        return _("Text in %(language)s") % {"language": spoken(name.removeprefix(TRANSLATION))}
    sets = {"partners": PartnerRows, "results": ResultRows, "lessons": LessonRows, "milestones": MilestoneRows, "links": LinkRows}
    if name in sets:
        return str(sets[name].label)
    if name == "sites":
        return _("Places")
    return next((str(step.form.base_fields[name].label) for step in STEPS.values() if name in step.form.base_fields), name)


class Wording:
    """Values of the content in the reader's words. Names of all that is mentioned are read once, in at most four queries."""

    def __init__(self, *contents):
        self.themes = self._named(Theme, "slug", {slug for one in contents for slug in one.get("themes") or ()})
        self.goals = self._named(Goal, "number", {goal for one in contents for goal in one.get("goals") or ()})
        slugs = {site["municipality"] for one in contents for site in one.get("sites") or ()}
        self.places = {place.slug: str(place) for place in Municipality.objects.filter(slug__in=slugs)}
        pks = {one["organisation"] for one in contents if one.get("organisation")}
        self.organisations = dict(Organisation.objects.filter(pk__in=pks).values_list("pk", "name"))

    def _named(self, model, key, wanted):
        return {getattr(row, key): str(row) for row in model.objects.filter(**{f"{key}__in": wanted})}

    def lines(self, name, value):
        """One value as lines of text; [] for nothing."""
        if value in (None, "", []):
            return []
        if name.startswith(TRANSLATION):
            return [line for part in TEXT if value[part] for line in str(value[part]).split("\n")]
        write = getattr(self, f"_{name}", None)
        return write(value) if write else str(value).split("\n")

    def _language(self, code):
        return [spoken(code)]

    def _kind(self, value):
        return [str(Kind(value).label)]

    def _phase(self, value):
        return [str(Phase(value).label)]

    def _visibility(self, value):
        return [str(Visibility(value).label)]

    def _organisation(self, pk):
        return [self.organisations.get(pk, "")]

    def _themes(self, slugs):
        return [self.themes.get(slug, slug) for slug in slugs]

    def _goals(self, numbers):
        return [self.goals.get(one, str(one)) for one in numbers]

    def _tags(self, names):
        return [", ".join(names)]

    def _budget(self, amount):
        return [money(amount, "").strip()]

    def _start_date(self, day):
        return [shown_period(date.fromisoformat(day))]

    def _end_date(self, day):
        return [shown_period(date.fromisoformat(day), ends=True)]

    def _sites(self, rows):
        return [_joined(row["label"], self.places.get(row["municipality"], row["municipality"]), _point(row)) for row in rows]

    def _partners(self, rows):
        return [_joined(row["name"], PartnerRole(row["role"]).label) for row in rows]

    def _results(self, rows):
        return [self._result(row) for row in rows]

    def _result(self, row):
        numbers = [f"{words} {number(row[name])}" for name, words in
                   (("baseline", _("Before")), ("target", _("Aim")), ("actual", _("After"))) if row[name]]  # fmt: skip
        return _joined(row["indicator"], row["unit"], *numbers, row["method"], row["period"])

    def _lessons(self, rows):
        return [_joined(LessonKind(row["kind"]).label, row["title"], row["text"]) for row in rows]

    def _milestones(self, rows):
        return [_joined(shown_period(date.fromisoformat(row["date"])), row["title"], row["text"]) for row in rows]

    def _links(self, rows):
        return [_joined(row["label"], row["url"]) for row in rows]


def _joined(*parts):
    return ", ".join(str(part) for part in parts if part)


def _point(row):
    return f"{row['latitude']}, {row['longitude']}" if row["latitude"] is not None else ""


def paragraphs(lines):
    """Lines as markup; a dash where nothing was said."""
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines if line.strip())) or format_html("<p>{}</p>", "–")


def clash_rows(form, names):
    """What both have changed: `[{name, label, mine, theirs}]`, in the words of the reader."""
    mine = form.changes
    wording = Wording(form.content, mine)
    return [
        {
            "name": name,
            "label": label_of(name),
            "mine": paragraphs(wording.lines(name, mine.get(name))),
            "theirs": paragraphs(wording.lines(name, form.content.get(name))),
        }
        for name in names
    ]


def compared(old, new):
    """What differs between two contents: `[{label, before, after}]`, words marked."""
    wording = Wording(old, new)
    rows = []
    for name in changed_names(old, new):
        was, became = wording.lines(name, old.get(name)), wording.lines(name, new.get(name))
        if not was and not became:  # nothing, written in two ways
            continue
        before, after = marked(was, became)
        rows.append({"label": label_of(name), "before": before, "after": after})
    return rows
