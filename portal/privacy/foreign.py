"""The models of the libraries, declared like our own."""

from django.utils.translation import gettext_lazy as _

from portal.privacy.holdings import Holding

WORKFLOW = "workflow of editorial pages"

FOREIGN = (
    Holding("account.EmailAddress", _("Your e-mail addresses"), about=("user",), shows=("email", "verified", "primary")),
    Holding(
        "account.EmailConfirmation", _("Confirmations of addresses"), about=("email_address__user",), shows=("email_address",
        "created", "sent"),
        keys=("key",),
    ),
    Holding("mfa.Authenticator", _("Sign-in in two steps"), about=("user",), shows=("type", "created_at", "last_used_at"), keys=("data",)),
    Holding(
        "usersessions.UserSession", _("Where you are signed in"), about=("user",), shows=("ip", "user_agent", "created_at", "last_seen_at"),
        keys=("session_key", "data"),
    ),
    Holding(
        "wagtailcore.Page", _("Editorial pages you made"), did=("owner", "locked_by"), did_shows=("title", "url_path",
        "first_published_at"),
        keys=(
            "path", "depth", "numchild", "translation_key", "locale", "latest_revision", "live", "has_unpublished_changes",
            "last_published_at",
            "live_revision", "go_live_at", "expire_at", "expired", "locked", "locked_at", "draft_title", "slug", "content_type",
            "seo_title",
            "show_in_menus", "search_description", "latest_revision_created_at", "alias_of",
        ),
    ),
    Holding(
        "wagtailcore.Revision", _("Versions of editorial pages you saved"), did=("user",), did_shows=("object_str", "created_at"),
        keys=("content_type", "base_content_type", "object_id", "content", "approved_go_live_at"),
    ),
    Holding(
        "wagtailcore.PageLogEntry", _("What you did with editorial pages"), did=("user",), did_shows=("label", "action", "timestamp"),
        keys=("content_type", "uuid", "data", "content_changed", "deleted", "page", "revision"), scrub=("label", "data"),
    ),
    Holding(
        "wagtailcore.ModelLogEntry", _("What you did in the administration"), did=("user",), did_shows=("label", "action", "timestamp"),
        keys=("content_type", "uuid", "data", "content_changed", "deleted", "object_id", "revision"), scrub=("label", "data"),
    ),
    Holding(
        "wagtailcore.Comment", _("Comments on editorial pages"), did=("user", "resolved_by"),
        did_shows=("page", "text", "created_at", "updated_at", "resolved_at"), keys=("contentpath", "position", "revision_created"),
    ),
    Holding(
        "wagtailcore.CommentReply", _("Replies to comments"),
        did=("user",), did_shows=("text", "created_at", "updated_at"), keys=("comment",),
    ),
    Holding("wagtailcore.PageSubscription", _("Editorial pages you watch"), about=("user",), shows=("page", "comment_notifications")),
    Holding(
        "wagtailcore.WorkflowState", _("Editorial pages you submitted"), did=("requested_by",), did_shows=("status", "created_at"),
        keys=("content_type", "base_content_type", "object_id", "workflow", "current_task_state"),
    ),
    Holding(
        "wagtailcore.TaskState", _("Editorial pages you reviewed"), did=("finished_by",), did_shows=("status", "finished_at", "comment"),
        keys=("workflow_state", "revision", "task", "started_at", "content_type"),
    ),
    Holding(
        "wagtailcore.UploadedFile", _("Files on their way"),
        about=("uploaded_by_user",), shows=("file",), keys=("for_content_type",), files=("file",),
    ),
    Holding("wagtailadmin.EditingSession", _("Editorial pages you have open"), about=("user",), shows=("last_seen_at", "is_editing"),
            keys=("content_type", "object_id")),
    Holding(
        "wagtailadmin.FormState", _("Editorial pages you began to change"), about=("user",), shows=("data", "last_updated_at"),
        keys=("content_type", "object_id", "parent_object_id"),
    ),
    Holding(
        "wagtailusers.UserProfile", _("Choices in the administration"), about=("user",),
        shows=("submitted_notifications", "approved_notifications", "rejected_notifications", "updated_comments_notifications",
               "preferred_language", "current_time_zone", "theme", "contrast", "density", "keyboard_shortcuts"),
        keys=("dismissibles",), files=("avatar",),
    ),
    Holding(
        "wagtailimages.Image", _("Pictures of editorial pages you added"), did=("uploaded_by_user",), did_shows=("title", "created_at"),
        keys=("collection", "file", "description", "width", "height", "focal_point_x", "focal_point_y", "focal_point_width",
         "focal_point_height",
              "file_size", "file_hash", "tags"),
    ),
    Holding(
        "wagtaildocs.Document", _("Documents of editorial pages you added"), did=("uploaded_by_user",), did_shows=("title", "created_at"),
        keys=("collection", "file", "file_size", "file_hash", "tags"),
    ),
)  # fmt: skip

NOTHING_FOREIGN = {
    "auth.Group": "roles; a member's are shown with the account",
    "auth.Permission": "names of permissions",
    "contenttypes.ContentType": "names of models",
    "wagtailadmin.Admin": "permissions only",
    "wagtailcore.Collection": "folders of pictures and documents",
    "wagtailcore.CollectionViewRestriction": "rights of roles",
    "wagtailcore.GroupApprovalTask": WORKFLOW,
    "wagtailcore.GroupCollectionPermission": "rights of roles",
    "wagtailcore.GroupPagePermission": "rights of roles",
    "wagtailcore.GroupSitePermission": "rights of roles",
    "wagtailcore.Locale": "languages",
    "wagtailcore.PageViewRestriction": "rights of roles",
    "wagtailcore.ReferenceIndex": "which page uses what",
    "wagtailcore.Site": "the portal's host",
    "wagtailcore.Task": WORKFLOW,
    "wagtailcore.Workflow": WORKFLOW,
    "wagtailcore.WorkflowContentType": WORKFLOW,
    "wagtailcore.WorkflowPage": WORKFLOW,
    "wagtailcore.WorkflowTask": WORKFLOW,
    "wagtailembeds.Embed": "what other sites say of their own pages; no finder is switched on",
    "wagtailforms.FormSubmission": "no page of the portal has such a form",
    "wagtailimages.Rendition": "sizes of editorial pictures",
    "wagtailredirects.Redirect": "addresses",
    "wagtailsearch.IndexEntry": "words of editorial pages",
    "simple_translation.SimpleTranslation": "permissions only",
    "taggit.Tag": "tags of editorial pictures",
    "taggit.TaggedItem": "tags of editorial pictures",
    "sessions.Session": "keyed by a secret; ended when the member leaves, found by looking into each",
}
