"""What a report says: its texts, what was measured, where more is to be found, and who may read it from when."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.fields import CleanText
from common.stale import Revised
from common.widgets import NotedRadio, RichTextArea
from projects.forms.rows import LINKS, RESULTS
from projects.models import Project
from testreports import actions
from testreports.enums import GoesOn, Visibility
from testreports.models import TEXT_LIMIT
from testrequests.enums import Side

TEXTS = ("title", "summary", "done", "worked", "failed")
PLAIN = ("visibility", "embargo_until", "start_date", "end_date", "goes_on", "goes_on_why")
RESULT = ("indicator", "unit", "baseline", "target", "actual", "method", "period")
NOTES = {
    Visibility.PUBLIC: gettext_lazy("Everybody finds and reads it: what you learnt is there for the next one."),
    Visibility.MEMBERS: gettext_lazy("Only those who are signed in."),
    Visibility.SIDES: gettext_lazy("Only your two organisations. Nobody else learns that there is a report."),
}


def _day(label, **options):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, **options)


def _story(label, **options):
    return CleanText(
        label=label, max_length=TEXT_LIMIT, single_line=False, required=False, widget=RichTextArea(attrs={"rows": 7}), **options
    )


class ReportForm(Revised, forms.Form):
    """One page; rows of results and links come and go by their buttons, without a script, too."""

    language = forms.ChoiceField(label=gettext_lazy("Language of these texts"))
    title = CleanText(label=gettext_lazy("Title"), max_length=200, words=True,
                      help_text=gettext_lazy("What you found out, or the question you had."))  # fmt: skip
    summary = CleanText(
        label=gettext_lazy("In two sentences"), max_length=600, single_line=False, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("What somebody remembers who reads nothing else."),
    )  # fmt: skip
    done = _story(gettext_lazy("What was done"), help_text=gettext_lazy("Where, how long, with how many, compared with what."))
    worked = _story(gettext_lazy("What worked"))
    failed = _story(gettext_lazy("What did not work"), help_text=gettext_lazy("The most read part. It saves the next ones months."))
    start_date = _day(gettext_lazy("Tested from"))
    end_date = _day(gettext_lazy("Tested until"))
    goes_on = forms.ChoiceField(
        label=gettext_lazy("Would you, the host, go on with it?"), choices=GoesOn, widget=forms.RadioSelect, required=False
    )
    goes_on_why = CleanText(label=gettext_lazy("Why"), max_length=2_000, single_line=False, required=False,
                            widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip
    project = forms.ModelChoiceField(
        label=gettext_lazy("Belongs to the project"), queryset=Project.objects.none(), required=False, to_field_name="slug",
        empty_label=gettext_lazy("None"), help_text=gettext_lazy("The report stands on its page, too."),
    )  # fmt: skip
    visibility = forms.ChoiceField(label=gettext_lazy("Who may read it"), choices=Visibility, widget=NotedRadio(notes=NOTES))
    embargo_until = _day(
        gettext_lazy("Embargo until"),
        help_text=gettext_lazy("Others read it from this day on. Without a day they read it as soon as both sides have agreed."),
    )

    def __init__(self, data=None, *, user, report):
        self.user, self.report = user, report
        super().__init__(data, initial=self._initial(), use_required_attribute=False)
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["project"].queryset = projects_of(user, report)
        if report.side != Side.LAB:
            del self.fields["goes_on"], self.fields["goes_on_why"]
        self.sets = {"results": self._rows("results", RESULTS), "links": self._rows("links", LINKS)}

    @property
    def standing(self):
        return self.report

    @property
    def original(self):
        return next(text for text in self.report.texts.all() if text.is_original)

    def _initial(self):
        one, text = self.report, self.original
        said = {name: getattr(one, name) for name in PLAIN} | {name: getattr(text, name) for name in TEXTS}
        return said | {"language": text.language, "project": one.project.slug if one.project else ""}

    # ---- rows

    def _rows(self, name, made):
        data, more = self.data if self.is_bound else None, self.data.get("add") == name if self.is_bound else False
        if more:
            data = data.copy()
            data[f"{name}-TOTAL_FORMS"] = str(_counted(data.get(f"{name}-TOTAL_FORMS")) + 1)
        initial = None if self.is_bound else self._rows_now(name)
        return made(data, initial=initial, prefix=name, context={}, auto_id="id_%s")

    def _rows_now(self, name):
        rows = getattr(self.report, name).all()
        if name == "links":
            return [{"url": row.url, "label": row.label} for row in rows] or [{}]
        return [{part: "" if (value := getattr(row, part)) is None else str(value) for part in RESULT} for row in rows] or [{}]

    @property
    def wants_a_row(self):
        """Sent only to get one more empty row: nothing is judged and nothing is kept."""
        return self.is_bound and self.data.get("add") in self.sets

    def is_valid(self):
        return all([super().is_valid(), *(rows.is_valid() for rows in self.sets.values())])

    @property
    def media(self):
        return super().media + self.sets["results"].empty_form.media

    # ---- the page

    @property
    def groups(self):
        """[(id, heading, fields)] in the order of the page; the rows stand behind the first."""
        host = [name for name in ("goes_on", "goes_on_why") if name in self.fields]
        found = [
            ("what", _("What was tried, and how it went"), ["language", *TEXTS, "start_date", "end_date"]),
            ("host", _("The host's word"), host),
            ("readers", _("Who reads it, and from when"), ["project", "visibility", "embargo_until"]),
        ]
        return [(key, title, [self[name] for name in names]) for key, title, names in found if names]

    def clean(self):
        said = super().clean()
        if said.get("start_date") and said.get("end_date") and said["end_date"] < said["start_date"]:
            self.add_error("end_date", _("The end lies before the start."))
        return said

    # ---- saving

    def save(self):
        """Whether it was written; a refusal of the verb stands at its field."""
        said = self.cleaned_data
        data = {name: said[name] for name in (*PLAIN, "project") if name in self.fields}
        text = {name: said[name] for name in ("language", *TEXTS)} | {"is_original": True}
        others = [
            {"language": one.language, **{name: getattr(one, name) for name in TEXTS}}
            for one in self.report.texts.all()
            if not one.is_original and one.language != said["language"]
        ]
        results = [{name: value if value != "" or name not in ("baseline", "target", "actual") else None for name, value in row.items()}
                   for row in self.sets["results"].values()]  # fmt: skip
        try:
            actions.update_report(
                self.report,
                by=self.user,
                opened_at=self.opened_at,
                texts=[text, *others],
                results=results,
                links=self.sets["links"].values(),
                **data,
            )
        except ValidationError as refusal:
            self.take(refusal)
        return not self.errors


def projects_of(user, report):
    """Published projects of the two organisations that `user` may see."""
    mine = Project.objects.filter(organisation__in=[report.organisation_id, report.lab.organisation_id])
    seen = Project.objects.visible_to(user).listed().filter(pk__in=mine.order_by().values("pk"))
    return seen.prefetch_related("texts").order_by("-published_at", "-pk")


def _counted(text):
    return int(text) if str(text or "").isdecimal() and len(str(text)) < 5 else 0
