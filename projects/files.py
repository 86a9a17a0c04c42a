"""The files of a project as its form changes them: one more, another description, another place, one less."""

from uuid import UUID

from django.core.exceptions import ValidationError

from records.actions import add_attachment, change_attachment, move_attachment, remove_attachment
from records.models import AttachmentKind

FIELDS = ("title", "alt")


class FileChanges:
    """What a form that was sent says about the files of `project`. Ids of other nouns' files are nothing here."""

    def __init__(self, project, data, uploads, *, by):
        self.project, self.data, self.uploads, self.by = project, data, uploads, by
        self.standing = list(project.attachments.exclude(kind=AttachmentKind.LOGO))

    def carry_out(self):
        """Do all of it; returns `[(id of the control, label, sentence)]` of what could not be done."""
        wrong = []
        for attachment in self.standing:
            wrong += self._attempt(lambda one=attachment: self._describe(one), f"file-{attachment.uuid}", attachment.name)
        upload = self.uploads.get("new_file")
        if upload:
            wrong += self._attempt(lambda: self._add(upload), "new", upload.name)
        word, _colon, uuid = self.data.get("do", "").partition(":")
        chosen = next((one for one in self.standing if str(one.uuid) == _uuid(uuid)), None)
        if chosen and word == "remove":
            remove_attachment(chosen, by=self.by)
        if chosen and word in ("up", "down"):
            move_attachment(chosen, by=self.by, up=word == "up")
        return wrong

    def _describe(self, attachment):
        words = {name: self.data[f"file-{attachment.uuid}-{name}"] for name in FIELDS if f"file-{attachment.uuid}-{name}" in self.data}
        change_attachment(attachment, by=self.by, **words)

    def _add(self, upload):
        words = {name: self.data.get(f"new_{name}", "")[:2_000] for name in FIELDS}
        add_attachment(self.project, upload, by=self.by, **words)

    def _attempt(self, change, control, label):
        try:
            change()
        except ValidationError as error:
            by_field = error.message_dict if hasattr(error, "error_dict") else {"file": error.messages}
            mark = "_" if control == "new" else "-"
            return [(f"id_{control}{mark}{name}", label[:80], sentence) for name, found in by_field.items() for sentence in found]
        return []


def _uuid(text):
    try:
        return str(UUID(text))
    except ValueError:
        return ""
