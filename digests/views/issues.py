"""Issues of the digest in the administration: the list, the form with its preview, and what editors do with an issue."""

from django.contrib import messages
from django.forms import CheckboxSelectMultiple
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import log
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, SnippetViewSet

from common.errors import WrongState
from common.verbs import attempt
from digests import issuing
from digests.issue_form import LANGUAGES, IssueForm
from digests.models import Issue
from organisations.enums import OrganisationType

READY, BACK = "action-ready", "action-back"
WHOM = ("themes", "municipalities", "regions")


class StatePanel(HelpPanel):
    """Where the issue stands, who made it ready and when."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"lines": state_lines(self.instance)}


def state_lines(issue):
    """Sentences about where it stands."""
    if not issue.pk:
        return [_("A new issue is a draft. Nobody gets it before it is ready.")]
    lines = [_("It is a draft: nobody gets it.")]
    if issue.is_ready:
        who = {
            "who": issue.ready_by.shown_name if issue.ready_by else _("somebody"),
            "when": _moment(issue.ready_at),
        }
        lines = [_("Made ready by %(who)s on %(when)s. It stands in the digests of its week, once for each reader.") % who]
    if issue.used_at:
        used = {"when": _moment(issue.used_at)}
        lines.append(_("It stands in mails since %(when)s. Who has it does not get it again, whatever you change.") % used)
    return lines


def _moment(at):
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def shown_state(issue):
    return pgettext("issue", "In use") if issue.is_ready and issue.used_at else issue.get_state_display()


def audience_words(issue):
    """Whom it is for, in a few words."""
    kinds = [str(OrganisationType(kind).label) for kind in issue.organisation_types]
    parts = [kinds, *([str(one) for one in rows.all()] for rows in (issue.themes, issue.municipalities, issue.regions))]
    return " · ".join(", ".join(part) for part in parts if part) or _("Everybody")


class _Kept:
    """Saved by the verb, with its audit entry; the button “save and make ready” does both."""

    def save_instance(self):
        issue = issuing.keep(self.form.save(commit=False), by=self.request.user)
        self.form.save_m2m()
        self.has_content_changes = self.form.has_changed()
        log(instance=issue, action=self.logged, content_changed=self.has_content_changes)
        return issue

    def form_valid(self, form):
        response = super().form_valid(form)
        for name, (verb, done) in VERBS.items():
            if name in self.request.POST:
                attempt(self.request, done, verb, self.object)
        return response


VERBS = {
    READY: (issuing.make_ready, gettext_lazy("It is ready: it stands in the digests of its week.")),
    BACK: (issuing.take_back, gettext_lazy("It is a draft again: nobody else gets it.")),
}


class IssueCreateView(_Kept, CreateView):
    logged = "wagtail.create"


class IssueEditView(_Kept, EditView):
    logged = "wagtail.edit"


class IssueDeleteView(DeleteView):
    """Only what never stood in a mail."""

    def delete_action(self):
        issuing.throw_away(self.object, by=self.request.user)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except WrongState as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            return redirect(self.get_success_url())


def one_by_one(request, action, objects):
    """Issues are not thrown away in heaps: some may have stood in mails."""
    if action != "delete" or not any(isinstance(one, Issue) for one in objects):
        return None
    messages.error(request, _("Throw issues away one by one: what stood in mails is kept."))
    return redirect(IssueViewSet().get_url_name("list"))


class ReadyItem(ActionMenuItem):
    """Save, and let it stand in the digests of its week."""

    name, label, icon_name, order = READY, gettext_lazy("Save and make ready"), "check", 10

    def is_shown(self, context):
        return not (context.get("instance") and context["instance"].is_ready)


class BackItem(ActionMenuItem):
    """Save, and let nobody else get it."""

    name, label, icon_name, order = BACK, gettext_lazy("Save and take back to draft"), "undo", 10

    def is_shown(self, context):
        return bool(context.get("instance") and context["instance"].is_ready)


class IssueViewSet(SnippetViewSet):
    model = Issue
    icon = "mail"
    menu_label = gettext_lazy("Editors' issues")
    menu_order = 266
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class, edit_view_class, delete_view_class = IssueCreateView, IssueEditView, IssueDeleteView
    ordering = ["-week", "-pk"]
    list_per_page = 30
    list_display = [
        "__str__",
        Column("audience", label=gettext_lazy("For whom"), accessor=audience_words),
        Column("state", label=gettext_lazy("State"), accessor=shown_state),
        Column("ready_by", label=gettext_lazy("Made ready by"), accessor=lambda issue: issue.ready_by.shown_name if issue.ready_by else ""),
    ]
    edit_handler = ObjectList(
        [
            StatePanel(template="digests/cms/_issue_state.html", heading=gettext_lazy("State")),
            FieldPanel("week"),
            MultiFieldPanel(
                [FieldPanel(name) for name, _code, _label in LANGUAGES], heading=gettext_lazy("Introduction"),
                help_text=gettext_lazy("Readers get it in their own language; where it is missing, in another one that is named."),
            ),
            FieldPanel("pinned"),
            MultiFieldPanel(
                [FieldPanel("organisation_types"), *(FieldPanel(name, widget=CheckboxSelectMultiple) for name in WHOM)],
                heading=gettext_lazy("For whom"),
                help_text=gettext_lazy(
                    "Leave all empty for everybody. Otherwise it is for those who fit each part you fill in. A reader gets one issue a"
                    " week: the one with the narrowest audience."
                ),
            ),
        ],
        base_form_class=IssueForm,
    )  # fmt: skip

    def get_queryset(self, request):
        return Issue.objects.select_related("ready_by").prefetch_related("themes", "municipalities", "regions")
