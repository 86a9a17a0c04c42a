"""The page of one project."""

import re

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from projects.models import Project
from projects.page import ProjectPage

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")


@require_safe
def project_detail(request, slug):
    """A project to those who may see it; `?language=da` shows its text in that language where there is one."""
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("organisation"), slug=slug)
    asked = request.GET.get("language", "")
    language = asked if LANGUAGE.fullmatch(asked) else request.LANGUAGE_CODE
    return render(request, "projects/detail.html", ProjectPage(project, request.user, language).context)
