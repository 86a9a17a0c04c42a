"""Addresses of test requests, below `/<lang>/test-requests/`. One verb, one address."""

from django.urls import path

from testrequests import views

app_name = "testrequests"
REQUEST, APPLICATION = "<int:pk>/", "<int:pk>/<int:application>/"

urlpatterns = [
    path("", views.request_list, name="list"),
    path("new/", views.create, name="create"),
    path("new/save/", views.save_new, name="save_new"),
    path("labs/<slug:slug>/", views.board, name="board"),
    path(REQUEST, views.detail, name="detail"),
    path(f"{REQUEST}edit/", views.edit, name="edit"),
    path(f"{REQUEST}edit/<slug:step>/", views.edit, name="edit_step"),
    path(f"{REQUEST}save/", views.save, name="save"),
    path(f"{REQUEST}send/", views.send, name="send"),
    path(f"{REQUEST}delete/", views.delete, name="delete"),
    path(f"{REQUEST}ask/", views.ask_lab, name="ask_lab"),
    path(APPLICATION, views.application, name="application"),
    path(f"{APPLICATION}write/", views.write, name="write"),
    path(f"{APPLICATION}ask-back/", views.ask_back, name="ask_back"),
    path(f"{APPLICATION}terms/", views.propose_terms, name="propose_terms"),
    path(f"{APPLICATION}terms/accept/", views.accept_terms, name="accept_terms"),
    path(f"{APPLICATION}tasks/", views.add_task, name="add_task"),
    path(f"{APPLICATION}tasks/<int:task>/done/", views.finish_task, name="finish_task"),
    path(f"{APPLICATION}tasks/<int:task>/reopen/", views.reopen_task, name="reopen_task"),
    path(f"{APPLICATION}tasks/<int:task>/remove/", views.remove_task, name="remove_task"),
    path(f"{APPLICATION}files/", views.add_file, name="add_file"),
    path(f"{APPLICATION}files/<uuid:uuid>/remove/", views.remove_file, name="remove_file"),
    path(f"{APPLICATION}history/", views.history, name="history"),
    *(
        path(f"{APPLICATION}{verb}/", views.carry_out, {"verb": verb}, name=verb)
        for verb in ("accept", "decline", "withdraw", "cancel", "start", "finish", "complete")
    ),
]
