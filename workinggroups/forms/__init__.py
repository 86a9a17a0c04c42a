"""The forms of working groups."""

from workinggroups.forms.group import FoundForm, GroupForm
from workinggroups.forms.people import AnnounceForm, AskForm, CloseForm, InviteForm, JoinForm, SeatForm

__all__ = ["AnnounceForm", "AskForm", "CloseForm", "FoundForm", "GroupForm", "InviteForm", "JoinForm", "SeatForm"]
