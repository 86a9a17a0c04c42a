"""Addresses of working groups."""

from django.urls import path

from workinggroups.views import joining, leading, members, reading

app_name = "workinggroups"

urlpatterns = [
    path("", reading.group_list, name="list"),
    path("feed/", reading.feed, name="feed"),
    path("export.csv", reading.export_csv, name="export_csv"),
    path("new/", leading.create, name="create"),
    path("mine/", reading.mine, name="mine"),
    path("invitations/<int:pk>/accept/", joining.accept_invitation, name="accept_invitation"),
    path("invitations/<int:pk>/decline/", joining.decline_invitation, name="decline_invitation"),
    path("invitations/<str:token>/", joining.invitation, name="invitation"),
    path("requests/<int:pk>/withdraw/", joining.withdraw_request, name="withdraw_request"),
    path("waiting/<int:pk>/leave/", joining.leave_waiting_list, name="leave_waiting_list"),
    path("<slug:slug>/", reading.group_detail, name="detail"),
    path("<slug:slug>/edit/", leading.edit, name="edit"),
    path("<slug:slug>/publish/", leading.publish, name="publish"),
    path("<slug:slug>/close/", leading.close, name="close"),
    path("<slug:slug>/reopen/", leading.reopen, name="reopen"),
    path("<slug:slug>/hide/", leading.hide, name="hide"),
    path("<slug:slug>/announcements/", reading.announcements, name="announcements"),
    path("<slug:slug>/announce/", leading.announce, name="announce"),
    path("<slug:slug>/join/", joining.join, name="join"),
    path("<slug:slug>/ask/", joining.ask, name="ask"),
    path("<slug:slug>/leave/", joining.leave, name="leave"),
    path("<slug:slug>/news/", joining.change_news, name="change_news"),
    path("<slug:slug>/members/", members.members, name="members"),
    path("<slug:slug>/members/<int:pk>/role/", members.change_role, name="change_role"),
    path("<slug:slug>/members/<int:pk>/remove/", members.remove, name="remove_member"),
    path("<slug:slug>/members/<int:pk>/hand-over/", members.hand_over, name="hand_over"),
    path("<slug:slug>/invite/", members.invite, name="invite"),
    path("<slug:slug>/invitations/<int:pk>/resend/", members.resend, name="resend_invitation"),
    path("<slug:slug>/invitations/<int:pk>/withdraw/", members.withdraw_invitation, name="withdraw_invitation"),
    path("<slug:slug>/requests/<int:pk>/accept/", members.accept, name="accept_request"),
    path("<slug:slug>/requests/<int:pk>/decline/", members.decline, name="decline_request"),
    path("<slug:slug>/seats/", members.give_seat, name="give_seat"),
    path("<slug:slug>/seats/<int:pk>/remove/", members.take_seat, name="take_seat"),
]
