"""Addresses of organisations."""

from django.urls import path

from organisations.views import directory, editing, joining, members

app_name = "organisations"

urlpatterns = [
    path("", directory.organisation_list, name="list"),
    path("mine/", joining.mine, name="mine"),
    path("join/", joining.join, name="join"),
    path("propose/", joining.propose, name="propose"),
    path("invitations/<int:pk>/accept/", joining.accept_invitation, name="accept_invitation"),
    path("invitations/<int:pk>/decline/", joining.decline_invitation, name="decline_invitation"),
    path("invitations/<str:token>/", joining.invitation, name="invitation"),
    path("requests/<int:pk>/withdraw/", joining.withdraw_request, name="withdraw_request"),
    path("<slug:slug>/", directory.organisation_detail, name="detail"),
    path("<slug:slug>/join/", joining.join_at_once, name="join_at_once"),
    path("<slug:slug>/ask/", joining.ask, name="ask"),
    path("<slug:slug>/leave/", joining.leave, name="leave"),
    path("<slug:slug>/edit/", editing.edit, name="edit"),
    path("<slug:slug>/domains/ask/", editing.ask_for_domain, name="ask_for_domain"),
    path("<slug:slug>/logo/remove/", editing.remove_logo, name="remove_logo"),
    path("<slug:slug>/propose-again/", editing.propose_again, name="propose_again"),
    path("<slug:slug>/members/", members.members, name="members"),
    path("<slug:slug>/members/<int:pk>/role/", members.change_role, name="change_role"),
    path("<slug:slug>/members/<int:pk>/remove/", members.remove, name="remove_member"),
    path("<slug:slug>/members/<int:pk>/hand-over/", members.hand_over, name="hand_over"),
    path("<slug:slug>/invite/", members.invite, name="invite"),
    path("<slug:slug>/invitations/<int:pk>/resend/", members.resend, name="resend_invitation"),
    path("<slug:slug>/invitations/<int:pk>/withdraw/", members.withdraw_invitation, name="withdraw_invitation"),
    path("<slug:slug>/requests/<int:pk>/accept/", members.accept, name="accept_request"),
    path("<slug:slug>/requests/<int:pk>/decline/", members.decline, name="decline_request"),
]
