"""A lab's own numbers, for its people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from common.access import member_required
from livinglabs.views.doors import lab_door
from testreports.exports import table_csv
from testreports.numbers import LabNumbers

WHY = gettext_lazy("Sign in to see the numbers of your living lab.")


@require_safe
@member_required(reason=WHY)
@lab_door(permission="livinglabs.answer")
def numbers(request, lab):
    """Requests, answers, acceptance, use of the offers and reports over twelve months."""
    return render(request, "testreports/numbers.html", {"lab": lab, "numbers": LabNumbers(lab, now=timezone.now())})


@require_safe
@member_required(reason=WHY)
@lab_door(permission="livinglabs.answer")
def numbers_file(request, lab):
    now = timezone.now()
    response = HttpResponse(table_csv(LabNumbers(lab, now=now).table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{lab.slug}-{timezone.localdate(now):%Y-%m-%d}.csv"'
    return response
