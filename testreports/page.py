"""What the page of a report shows."""

from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.formats import date_range, iso_date
from common.markup import lang_attribute
from common.navigation import address
from common.publishing import READABLE
from livinglabs.models import LivingLab
from projects.models import Project
from projects.results import Results
from records.files import described
from records.models import AttachmentKind
from testreports import verbs
from testreports.enums import WRITTEN, State, Visibility
from testreports.forms import AgreeForm, FileForm
from testreports.models import TestReport
from testrequests.enums import Side
from testrequests.rules import sides_of

WITH = ("application__request", "lab__organisation", "organisation", "project", "grown_into", "created_by")
PARTS = ("texts", "results", "links", "attachments", "lab__texts", "lab__themes", "lab__sites__municipality")


def opened(user):
    """Reports as a page reads them."""
    return TestReport.objects.visible_to(user).select_related(*WITH).prefetch_related(*PARTS)


class ReportPage:
    """One report for one reader. `agree` is the form of the other side as it was sent."""

    def __init__(self, report, user, *, agree=None):
        self.report, self.user, self._agree = report, user, agree
        self.text = report.text

    @property
    def context(self):
        """What the template reads; `original_lang` marks what was measured, which is told in the original's language alone."""
        original = next((text for text in self.report.texts.all() if text.is_original), self.text)
        return {"page": self, "report": self.report, "original_lang": lang_attribute(original.language if original else "")}

    @cached_property
    def sides(self):
        return sides_of(self.user, self.report.application)

    @property
    def trail(self):
        lab = [(str(self.report.lab), self.report.lab.get_absolute_url())] if self.sees_lab else []
        return [
            (_("Home"), f"/{get_language()}/"), (_("Living labs"), address("livinglabs:list", get_language())), *lab,
            (_("Test reports"), reverse("testreports:list")),
        ]  # fmt: skip

    @cached_property
    def sees_lab(self):
        return self.report.lab.state in READABLE or bool(self.sides)

    @property
    def notices(self):
        """[(kind, title, words)]: where it stands, and who reads it."""
        report, found = self.report, []
        words = {
            State.DRAFT: ("info", _("Draft"), self._whose_draft()),
            State.SUBMITTED: ("info", _("Submitted"), self._what_next()),
            State.RETURNED: ("warning", _("Returned"), report.state_reason),
            State.HIDDEN: ("error", _("Hidden"), report.state_reason),
        }.get(report.state)
        if words:
            found.append(words)
        if report.is_under_embargo:
            day = date_format(report.released_at.astimezone(report.lab.zone), "DATE_FORMAT")
            text = _("Both sides have agreed. Others read it from %(day)s on.") % {"day": day}
            found.append(("info", _("Under embargo"), text))
        if report.state == State.PUBLISHED and report.visibility == Visibility.SIDES:
            found.append(("info", _("For the two sides"), _("Only the two organisations of this test can read the report.")))
        if report.state == State.PUBLISHED and report.visibility == Visibility.MEMBERS:
            found.append(("info", _("For members"), _("Only people with an account can read this report.")))
        return found

    def _whose_draft(self):
        name = self.report.organisation.name if self.report.side == Side.COMPANY else str(self.report.lab)
        return _("Only %(name)s reads it. The other side is asked to agree before anybody else does.") % {"name": name}

    def _what_next(self):
        name = str(self.report.lab) if self.report.side == Side.COMPANY else self.report.organisation.name
        return _("%(name)s is asked whether it says what happened.") % {"name": name}

    @property
    def facts(self):
        """[(term, words)]; the component leaves empty ones out."""
        report = self.report
        lab = format_html('<a href="{}">{}</a>', report.lab.get_absolute_url(), report.lab) if self.sees_lab else str(report.lab)
        return [
            (_("Living lab"), lab),
            (_("Who tested"), format_html('<a href="{}">{}</a>', report.organisation.get_absolute_url(), report.organisation.name)),
            (_("Municipality"), self._place()),
            (_("Tested"), date_range(report.start_date, report.end_date)),
            (_("Project"), self._linked(self.project)),
            (_("Went on as"), self._linked(self.grown_into)),
            (_("Published"), self._published()),
        ]

    def _place(self):
        town = self.report.lab.municipality
        return format_html('<a href="{}">{}</a>', town.get_absolute_url(), town) if town and town.in_portal else str(town or "")

    def _linked(self, noun):
        return format_html('<a href="{}">{}</a>', noun.get_absolute_url(), noun) if noun else ""

    def _published(self):
        if not self.report.released_at or self.report.state != State.PUBLISHED:
            return ""
        day = self.report.released_at.astimezone(self.report.lab.zone)
        return format_html('<time datetime="{}">{}</time>', iso_date(day.date()), date_format(day, "DATE_FORMAT"))

    @cached_property
    def _projects(self):
        """`{primary key: project}` of those it names that the reader may see; one query."""
        wanted = [pk for pk in (self.report.project_id, self.report.grown_into_id) if pk]
        if not wanted:
            return {}
        seen = Project.objects.visible_to(self.user).filter(pk__in=wanted).order_by().values("pk")
        return {one.pk: one for one in Project.objects.filter(pk__in=seen).prefetch_related("texts")}

    @property
    def project(self):
        return self._projects.get(self.report.project_id)

    @property
    def grown_into(self):
        return self._projects.get(self.report.grown_into_id)

    # ---- what it says

    @cached_property
    def results(self):
        return Results(list(self.report.results.all()))

    @property
    def measured(self):
        return bool(self.report.results.all())

    @property
    def pictures(self):
        """[(url, width, height, alt, title, attachment)]."""
        return [
            (one.get_absolute_url(), one.width, one.height, one.alt, one.title, one)
            for one in self.report.attachments.all()
            if one.kind == AttachmentKind.PICTURE
        ]

    @property
    def documents(self):
        """[(title, url, words, attachment)]: data sets and documents."""
        return [
            (str(one), one.get_absolute_url(), described(one), one)
            for one in self.report.attachments.all()
            if one.kind == AttachmentKind.DOCUMENT
        ]

    @property
    def links(self):
        return self.report.links.all()

    # ---- what can be done

    @cached_property
    def may_change(self):
        return self.report.state in WRITTEN and self.user.is_authenticated and self.user.has_perm("testreports.change", self.report)

    @property
    def edit_url(self):
        return reverse("testreports:edit", args=[self.report.slug]) if self.may_change else ""

    @cached_property
    def verbs(self):
        """The buttons; what the other side decides has a form of its own."""
        return [verb for verb in verbs.available(self.user, self.report) if not self._is_decided(verb)]

    def _is_decided(self, verb):
        return verb.name in ("publish", "return") and self.report.state == State.SUBMITTED

    @cached_property
    def decides(self):
        """The verbs of whoever is asked to agree, or nothing."""
        return [verb for verb in verbs.available(self.user, self.report) if self._is_decided(verb)]

    @property
    def agree_form(self):
        return self._agree or AgreeForm(report=self.report)

    @property
    def file_form(self):
        return FileForm()

    @property
    def leads_on(self):
        """Whether the reader may begin something from it: a project, the same test in another lab."""
        return self.report.state == State.PUBLISHED and bool(self.sides)

    @property
    def may_test_again(self):
        return self.leads_on and Side.COMPANY in self.sides

    @cached_property
    def other_labs(self):
        """Labs that work on the same themes: where it may be tried next."""
        if not self.may_test_again:
            return []
        rows = LivingLab.objects.visible_to(self.user).listed().exclude(pk=self.report.lab_id)
        near = rows.filter(pk__in=LivingLab.objects.filter(themes__in=self.report.lab.themes.all()).order_by().values("pk"))
        return list(near.prefetch_related("texts")[:4])

    @property
    def request_url(self):
        return self.report.application.get_absolute_url() if self.sides else ""

    @property
    def history_url(self):
        shown = self.user.is_authenticated and self.user.has_perm("testreports.history", self.report)
        return reverse("testreports:history", args=[self.report.slug]) if shown else ""

    @property
    def is_public(self):
        report = self.report
        return report.state == State.PUBLISHED and not report.is_under_embargo and report.visibility == Visibility.PUBLIC

    @property
    def linked_data(self):
        report = self.report
        data = {
            "@context": "https://schema.org", "@type": "Report", "name": str(report),
            "abstract": self.text.summary if self.text else "", "inLanguage": self.text.language if self.text else "",
            "url": settings.SITE_URL + report.get_absolute_url(),
            "datePublished": iso_date(report.released_at.date()) if report.released_at else "",
            "author": [{"@type": "Organization", "name": report.organisation.name}, {"@type": "Organization", "name": str(report.lab)}],
        }  # fmt: skip
        return {name: value for name, value in data.items() if value}
