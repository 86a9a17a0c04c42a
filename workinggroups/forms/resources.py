"""Adding a file or a link, changing what is said of it, a new version, folders."""

import uuid

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from common.fields import CleanText
from common.stale import Revised
from common.widgets import NotedRadio
from workinggroups.enums import Audience

AUDIENCE_NOTES = {
    Audience.MEMBERS: gettext_lazy("For what is not finished, or not for others."),
    Audience.EVERYBODY: gettext_lazy("Of a public group also visitors without an account."),
}
ALT_NOTE = gettext_lazy("Only for pictures: read aloud to those who do not see it.")
FILE_NOTE = gettext_lazy("PDF, office document, CSV table, text or picture, at most 20 MB.")


def key_field():
    """Makes the form one act, however often it is sent."""
    return forms.UUIDField(widget=forms.HiddenInput)


def file_field(label, note=FILE_NOTE):
    return forms.FileField(label=label, allow_empty_file=False, max_length=400, help_text=note)


class FolderChoice(forms.ChoiceField):
    """One of the folders of a group, or none; `folders` come in the order of a list, those in others after these."""

    def __init__(self, **options):
        super().__init__(required=False, **options)
        self.folders = {}

    def offer(self, folders, top):
        self.folders = {str(folder.pk): folder for folder in folders}
        self.choices = [("", top), *((str(folder.pk), path_of(folder)) for folder in folders)]

    def clean(self, value):
        return self.folders.get(super().clean(value))


def path_of(folder):
    return f"{folder.parent.name} / {folder.name}" if folder.parent_id else folder.name


class SaidOfResource(forms.Form):
    """What every resource says: description, folder, readers, language."""

    description = CleanText(
        label=gettext_lazy("Description"), max_length=2_000, single_line=False, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What it is for, and where it comes from. Search finds these words."),
    )  # fmt: skip
    folder = FolderChoice(label=gettext_lazy("Folder"))
    audience = forms.ChoiceField(
        label=gettext_lazy("Who reads it"), choices=Audience, widget=NotedRadio(notes=AUDIENCE_NOTES), initial=Audience.MEMBERS
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    def __init__(self, data=None, files=None, *, folders, initial=None, **options):
        super().__init__(data, files, initial={"language": get_language(), **(initial or {})}, use_required_attribute=False, **options)
        self.fields["folder"].offer(folders, _("No folder"))
        self.fields["language"].choices = [*settings.LANGUAGES, ("", _("Another, or none"))]


class FileForm(SaidOfResource):
    key = key_field()
    file = file_field(gettext_lazy("File"))
    title = CleanText(
        label=gettext_lazy("Title"), max_length=200, required=False, words=True,
        help_text=gettext_lazy("What it is called in the list. Without one, the name of the file."),
    )  # fmt: skip
    alt = CleanText(label=gettext_lazy("What the picture shows"), max_length=300, required=False, help_text=ALT_NOTE)
    field_order = ["key", "file", "title", "alt", "description", "folder", "audience", "language"]

    def __init__(self, data=None, files=None, **options):
        super().__init__(data, files, **options)
        self.fields["key"].initial = uuid.uuid4


class LinkForm(SaidOfResource):
    key = key_field()
    url = CleanText(
        label=gettext_lazy("Address"), max_length=500, widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=gettext_lazy("Of a page on the web. The portal shows it and does not open it."),
    )  # fmt: skip
    title = CleanText(label=gettext_lazy("Title"), max_length=200, words=True)
    field_order = ["key", "url", "title", "description", "folder", "audience", "language"]

    def __init__(self, data=None, files=None, **options):
        super().__init__(data, **options)
        self.fields["key"].initial = uuid.uuid4


class EditResourceForm(Revised, SaidOfResource):
    """Title and the rest; of a link also its address, of a picture what it shows."""

    title = CleanText(label=gettext_lazy("Title"), max_length=200, words=True)
    url = LinkForm.base_fields["url"]
    alt = CleanText(label=gettext_lazy("What the picture shows"), max_length=300, help_text=ALT_NOTE)
    field_order = ["revision", "title", "url", "alt", "description", "folder", "audience", "language"]

    def __init__(self, data=None, *, resource, folders):
        self.standing = resource
        names = ("title", "description", "language", "audience", "url")
        initial = {name: getattr(resource, name) for name in names} | {"folder": str(resource.folder_id or "")}
        if resource.file:
            initial["alt"] = resource.file.alt
        super().__init__(data, folders=folders, initial=initial)
        if not resource.is_link:
            del self.fields["url"]
        if not (resource.file and resource.file.width):
            del self.fields["alt"]

    def said(self):
        """What the verb takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"} | {"revision": self.opened_at}


class VersionForm(forms.Form):
    """`base` is the number of the version that its author had before the eyes: only to say so when there is another one by now."""

    key = key_field()
    base = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    file = file_field(gettext_lazy("File of the new version"))
    note = CleanText(
        label=gettext_lazy("What has changed"), max_length=300, required=False,
        help_text=gettext_lazy("One line for those who know the version before."),
    )  # fmt: skip
    alt = CleanText(label=gettext_lazy("What the picture shows"), max_length=300, required=False, help_text=ALT_NOTE)

    def __init__(self, data=None, files=None, *, resource):
        initial = {"key": uuid.uuid4, "base": resource.current.number if resource.current else 0}
        super().__init__(data, files, initial=initial, use_required_attribute=False)
        if not (resource.file and resource.file.width):
            self.fields["alt"].widget = forms.HiddenInput()


class FolderForm(forms.Form):
    """A new folder, or another name and place for one. Folders that stand in another one take none themselves."""

    name = CleanText(label=gettext_lazy("Name of the folder"), max_length=120, words=True)
    parent = FolderChoice(label=gettext_lazy("Stands in"))

    def __init__(self, data=None, *, folders, folder=None, parent=None):
        initial = {"name": folder.name, "parent": str(folder.parent_id or "")} if folder else {"parent": str(parent.pk) if parent else ""}
        super().__init__(data, initial=initial, use_required_attribute=False, auto_id=f"{'this_' if folder else ''}folder_%s")
        offered = [one for one in folders if one.parent_id is None and one != folder]
        self.fields["parent"].offer(offered, _("No other folder"))
        if not offered or (folder and any(one.parent_id == folder.pk for one in folders)):
            self.fields["parent"].widget = forms.HiddenInput()
