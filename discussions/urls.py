"""Addresses of the discussions on one noun; its app includes them with `{"noun": …}` behind the noun's slug."""

from django.urls import path

from discussions.views import beside, leading, reading, writing

app_name = "discussions"

urlpatterns = [
    path("", reading.thread_list, name="list"),
    path("new/", writing.new, name="new"),
    path("new/keep/", beside.keep_new, name="keep_new"),
    path("new/discard/", beside.discard_new, name="discard_new"),
    path("names/", beside.names, name="names"),
    path("read/", reading.mark_all_read, name="read_all"),
    path("<int:pk>/", reading.topic, name="topic"),
    path("<int:pk>/write/", writing.write, name="write"),
    path("<int:pk>/keep/", beside.keep, name="keep"),
    path("<int:pk>/discard/", beside.discard, name="discard"),
    path("<int:pk>/follow/", beside.follow, name="follow"),
    path("<int:pk>/unfollow/", beside.unfollow, name="unfollow"),
    path("<int:pk>/mute/", beside.mute, name="mute"),
    path("<int:pk>/read/", reading.mark_read, name="read"),
    path("<int:pk>/pin/", leading.pin, name="pin"),
    path("<int:pk>/unpin/", leading.unpin, name="unpin"),
    path("<int:pk>/close/", leading.close, name="close"),
    path("<int:pk>/reopen/", leading.reopen, name="reopen"),
    path("<int:pk>/remove/", leading.remove_thread, name="remove_thread"),
    path("<int:pk>/unmark-answer/", leading.unmark_answer, name="unmark_answer"),
    path("<int:pk>/<int:number>/", reading.post, name="post"),
    path("<int:pk>/<int:number>/edit/", writing.edit, name="edit"),
    path("<int:pk>/<int:number>/history/", beside.history, name="history"),
    path("<int:pk>/<int:number>/remove/", writing.remove, name="remove"),
    path("<int:pk>/<int:number>/answer/", leading.mark_answer, name="mark_answer"),
    path("<int:pk>/<int:number>/useful/", writing.find_useful, name="find_useful"),
    path("<int:pk>/<int:number>/not-useful/", writing.take_back_useful, name="take_back_useful"),
]
