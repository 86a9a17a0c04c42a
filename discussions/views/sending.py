"""What arrives with a form of a post: its words and files go out together, or wait together."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.access import kept_post
from conversations.models import Post, Thread
from discussions import actions
from discussions.widgets import brought_by, nobody_called

#: The button that only keeps what is typed.
KEEP = "keep"


def typed(request):
    """What was sent, also when that is nothing; else what was kept when its author was signed out."""
    return request.POST if request.method == "POST" else kept_post(request)


def sent(request, form, place, verb, *, thread=None):
    """What `verb` made of the form, what is to be mended, or that it was only kept. Its files are taken in either way."""
    is_valid = form.is_valid() and KEEP not in request.POST
    data, key = form.cleaned_data, form.cleaned_data.get("key")
    said = {name: value for name, value in data.items() if name != "files"}
    if thread is not None:
        said["quoted"] = quoted_post(thread, data.get("quoted"))
    outcome = actions.send(
        place.target, by=request.user, brought=brought_by(form), thread=thread, title=_typed(request, "title"),
        text=_typed(request, "text"), quoted=said.get("quoted"), do=(lambda: verb(**said)) if is_valid else None,
        known=lambda: _made_before(place, thread, key),
    )  # fmt: skip
    for field, words in outcome.errors.items():
        form.add_error(field if field in form.fields else None, words)
    if outcome.draft:
        form.show_waiting(outcome.draft)
    if KEEP in request.POST and not outcome.errors:
        outcome.is_kept = True
        messages.success(request, _("Kept as a draft. Only you see it."))
    _say_of_names(request, outcome.made)
    return outcome


def _typed(request, name):
    return request.POST.get(name, "").replace("\x00", "")


def quoted_post(thread, number):
    return Post.objects.standing().filter(thread=thread, number=number).first() if number else None


def _made_before(place, thread, key):
    if key is None:
        return None
    made = Post.objects.filter(thread=thread) if thread is not None else Thread.objects.about(place.target)
    return made.filter(key=key).first()


def mended(request, form, post):
    """Whether the post says and shows now what the form says. New files are kept when nothing else is wrong."""
    if not form.is_valid():
        return False
    said = {name: value for name, value in form.cleaned_data.items() if name != "files"}
    try:
        row = actions.edit(post, by=request.user, brought=brought_by(form), **said)
    except ValidationError as refusal:
        known = hasattr(refusal, "error_dict") and set(refusal.error_dict) <= set(form.fields)
        form.add_error(None, refusal if known else refusal.messages)
        return False
    _say_of_names(request, row)
    return True


def _say_of_names(request, made):
    if names := getattr(made, "unknown", None):
        messages.warning(request, nobody_called(names))
