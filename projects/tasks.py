"""Periodic work on projects: each task calls one function and may run twice without harm."""

from celery import shared_task

from projects.counts import refresh_counts
from projects.indexing import index_stale
from projects.words import refresh_words


@shared_task(name="projects.refresh_index")
def refresh_index():
    """Write facet terms and keywords anew where something below was renamed or merged."""
    index_stale()


@shared_task(name="projects.refresh_words")
def refresh_words_task():
    """Count the words of public projects anew for "did you mean"."""
    refresh_words()


@shared_task(name="projects.refresh_counts")
def refresh_counts_task():
    """Count what the public sees, for catalogues too large to be counted for each visitor."""
    refresh_counts()
