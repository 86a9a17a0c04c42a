"""How far members have read. Nothing here happens by opening a page: only by a post of one's own or by saying so."""

from django.utils import timezone

from conversations.models import ReadMarker, Thread


def mark_read(thread, user, upto, *, now=None):
    """`user` has read the posts up to number `upto`; a marker never goes back, and never beyond the last post. Returns where it stands."""
    count = Thread.objects.filter(pk=thread.pk).values_list("post_count", flat=True).first() or 0
    number = max(0, min(upto, count))
    if number:
        raise_marker(thread, user, number, now=now or timezone.now())
    return number


def raise_marker(thread, user, number, *, now):
    """Insert, else raise: two at once leave the greater number."""
    mine = ReadMarker.objects.filter(thread=thread, user=user)
    if mine.filter(last_number__lt=number).update(last_number=number, at=now) == 0:
        ReadMarker.objects.bulk_create([ReadMarker(thread=thread, user=user, last_number=number, at=now)], ignore_conflicts=True)
        mine.filter(last_number__lt=number).update(last_number=number, at=now)


def mark_all_read(target, user, *, now=None):
    """`user` has read every discussion on a noun. Returns how many were unread."""
    now = now or timezone.now()
    unread = Thread.objects.about(target).listed().unread_by(user, now).order_by("pk").values_list("pk", "post_count")
    rows = [ReadMarker(thread_id=pk, user=user, last_number=count, at=now) for pk, count in unread]
    ReadMarker.objects.bulk_create(
        rows, batch_size=1_000, update_conflicts=True, update_fields=["last_number", "at"], unique_fields=["thread", "user"]
    )
    return len(rows)
