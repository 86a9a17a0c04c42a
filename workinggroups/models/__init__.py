"""Working groups: peers with a mandate, who leads them, who belongs to them, what they keep, and an end."""

from workinggroups.models.groups import (
    MOST_MEMBERS,
    TEXT_LIMIT,
    Announcement,
    GroupInvitation,
    GroupMembership,
    GroupRequest,
    GroupText,
    Seat,
    WaitingPlace,
    WorkingGroup,
)
from workinggroups.models.resources import FileVersion, Folder, Resource

__all__ = [
    "MOST_MEMBERS", "TEXT_LIMIT", "Announcement", "FileVersion", "Folder", "GroupInvitation", "GroupMembership", "GroupRequest",
    "GroupText", "Resource", "Seat", "WaitingPlace", "WorkingGroup",
]  # fmt: skip
