"""The forms of working groups."""

from workinggroups.forms.group import FoundForm, GroupForm
from workinggroups.forms.people import AnnounceForm, AskForm, CloseForm, InviteForm, JoinForm, SeatForm
from workinggroups.forms.resources import EditResourceForm, FileForm, FolderForm, LinkForm, VersionForm

__all__ = [
    "AnnounceForm", "AskForm", "CloseForm", "EditResourceForm", "FileForm", "FolderForm", "FoundForm", "GroupForm", "InviteForm",
    "JoinForm", "LinkForm", "SeatForm", "VersionForm",
]  # fmt: skip
