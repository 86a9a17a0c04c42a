"""The models of working groups, declared for the inventory, and what becomes of groups whose members leave the portal."""

from django.utils.translation import gettext_lazy as _

from portal.privacy.holdings import Holding

GROUPS = (
    Holding(
        "workinggroups.WorkingGroup", _("Working groups you founded"), did=("created_by",), did_shows=("slug", "state", "created_at"),
        keys=("organisation", "state_reason", "state_changed_at", "published_at", "visibility", "joining", "member_limit",
              "mandate_from", "mandate_to", "themes", "projects", "tags", "last_activity_at", "revision", "index_stale", "is_demo",
              "source_key", "updated_at"),
        scrub=("state_reason",),
    ),
    Holding(
        "workinggroups.GroupMembership", _("Your working groups"), about=("user",),
        shows=("group", "organisation", "role", "news", "created_at"),
    ),
    Holding(
        "workinggroups.WaitingPlace", _("Waiting lists you are on"), about=("user",),
        shows=("group", "organisation", "role", "created_at"),
    ),
    Holding(
        "workinggroups.GroupRequest", _("Requests to join working groups"), about=("user",), did=("answered_by",),
        shows=("group", "organisation", "note", "answer", "state", "answered_at", "created_at"),
        did_shows=("group", "state", "answered_at"),
    ),
    Holding(
        "workinggroups.GroupInvitation", _("Invitations to working groups"), addresses=("email",), did=("invited_by", "answered_by"),
        shows=("group", "email", "role", "language", "note", "state", "times_sent", "sent_at", "expires_at", "answered_at", "created_at"),
        did_shows=("group", "role", "note", "state", "created_at"), keys=("token_hash",), scrub=("note",),
    ),
    Holding(
        "workinggroups.Announcement", _("Announcements you made"), did=("by",),
        did_shows=("group", "subject", "text", "language", "created_at"), keys=("key",), scrub=("subject", "text"),
    ),
    Holding(
        "workinggroups.Resource", _("Files and links you added to working groups"), did=("created_by", "changed_by", "removed_by"),
        did_shows=("group", "folder", "kind", "title", "description", "language", "audience", "url", "created_at", "changed_at",
                   "removed_at"),
        keys=("key", "current", "revision", "keywords", "vector"), scrub=("title", "description", "keywords"),
    ),
    Holding(
        "workinggroups.FileVersion", _("Versions of files you added"), did=("by",), did_shows=("resource", "number", "note", "at"),
        keys=("key", "attachments"), scrub=("note",),
    ),
    Holding("workinggroups.Folder", _("Folders you made"), did=("created_by",), did_shows=("group", "name", "created_at"),
            keys=("parent",), scrub=("name",)),
)  # fmt: skip

NOTHING_OF_GROUPS = {
    "workinggroups.GroupText": "what a group says of itself",
    "workinggroups.Seat": "organisations; their holders are shown as memberships",
}
