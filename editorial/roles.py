"""Who is editor or moderator: handed out by administrators at /cms/users/. Members are made and erased by themselves, not here."""

from django import forms
from django.contrib.auth import get_user_model
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import EditView, UserViewSet

User = get_user_model()


class RolesPolicy(ModelPermissionPolicy):
    """An account cannot be made or deleted in the administration."""

    def user_has_permission(self, user, action):
        return action not in ("add", "delete") and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)


class MemberForm(UserEditForm):
    """A member's roles. The e-mail address is confirmed by its owner, so it cannot be changed here."""

    email = forms.EmailField(disabled=True, required=False)
    first_name = None
    last_name = None

    class Meta:
        model = User
        fields = ["email", "name", "is_active", "is_superuser", "groups"]
        widgets = {"groups": forms.CheckboxSelectMultiple}


class MemberEditView(EditView):
    template_name = "editorial/cms/member.html"


class MemberViewSet(UserViewSet):
    edit_view_class = MemberEditView

    @property
    def permission_policy(self):
        return RolesPolicy(self.model)

    def get_form_class(self, for_update=False):
        return MemberForm

    def get_edit_template(self):
        return MemberEditView.template_name


class OwnAccountView(AccountView):
    """An editor's own settings of the administration. Name and address belong to the portal's account pages."""

    def get_panels(self):
        elsewhere = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, elsewhere)]
