"""What editors can pin to a digest, and how they find it: a chooser for each noun, searched by its title."""

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import PageChooserBlock

from common.text import clean_text
from events.models import Event
from livinglabs.models import LivingLab, Offer
from projects.models import Project
from testreports.models import TestReport
from workinggroups.models import WorkingGroup


class TitleForm(BaseFilterForm):
    """Every word one types stands in a title, in whichever language."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")}))

    def filter(self, objects):
        objects = super().filter(objects)
        texts = objects.model._meta.get_field("texts")
        title = "title" if any(field.name == "title" for field in texts.related_model._meta.fields) else "name"
        self.search_query = clean_text((self.cleaned_data.get("q") or "").replace("\x00", ""), single_line=True)
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split()[:8]:
            rows = texts.related_model._default_manager.filter(**{texts.field.name: OuterRef("pk"), f"{title}__icontains": word})
            objects = objects.filter(Exists(rows))
        return objects


class _Published:
    """What may be pinned: what stands in lists and this editor may see, the newest first."""

    filter_form_class = TitleForm

    def get_object_list(self):
        rows = self.model_class._default_manager
        return rows.visible_to(self.request.user).filter(pk__in=rows.listed().values("pk")).prefetch_related("texts").order_by("-pk")


class ChoosePublished(_Published, ChooseView):
    pass


class ChoosePublishedResults(_Published, ChooseResultsView):
    pass


class ChosenPublished(_Published, ChosenView):
    """Tells what one that was chosen is called: of those one may choose."""

    def get_object(self, pk):
        if not (pk.isascii() and pk.isdigit()):
            raise ObjectDoesNotExist
        return self.get_object_list().get(pk=pk)


class ChosenPublishedMultiple(_Published, ChosenMultipleView):
    def get_objects(self, pks):
        return self.get_object_list().filter(pk__in=[pk for pk in pks if pk.isascii() and pk.isdigit()])


def chooser(model, icon, label):
    """The chooser of one noun."""
    return ChooserViewSet(
        f"pin_{model._meta.model_name}", model=model, icon=icon, choose_one_text=label, choose_another_text=_("Choose another"),
        choose_view_class=ChoosePublished, choose_results_view_class=ChoosePublishedResults, register_widget=False, per_page=20,
        chosen_view_class=ChosenPublished, chosen_multiple_view_class=ChosenPublishedMultiple,
    )  # fmt: skip


projects = chooser(Project, "list-ul", _("Choose a project"))
labs = chooser(LivingLab, "site", _("Choose a living lab"))
offers = chooser(Offer, "tag", _("Choose an offer"))
events = chooser(Event, "calendar", _("Choose an event"))
groups = chooser(WorkingGroup, "group", _("Choose a working group"))
reports = chooser(TestReport, "doc-full", _("Choose a test report"))
CHOOSERS = (projects, labs, offers, events, groups, reports)

ProjectPin = projects.get_block_class("ProjectPin", module_path="digests.pins")
LabPin = labs.get_block_class("LabPin", module_path="digests.pins")
OfferPin = offers.get_block_class("OfferPin", module_path="digests.pins")
EventPin = events.get_block_class("EventPin", module_path="digests.pins")
GroupPin = groups.get_block_class("GroupPin", module_path="digests.pins")
ReportPin = reports.get_block_class("ReportPin", module_path="digests.pins")


class Pins(blocks.StreamBlock):
    """One thing after the other, in the order in which they stand in the mail."""

    project = ProjectPin(label=_("Project"))
    lab = LabPin(label=_("Living lab"))
    offer = OfferPin(label=_("Offer"))
    event = EventPin(label=_("Event"))
    group = GroupPin(label=_("Working group"))
    report = ReportPin(label=_("Test report"))
    article = PageChooserBlock(page_type="editorial.ArticlePage", label=_("Article"))


#: Word of a block → its model.
MODELS = {"project": Project, "lab": LivingLab, "offer": Offer, "event": Event, "group": WorkingGroup, "report": TestReport}
