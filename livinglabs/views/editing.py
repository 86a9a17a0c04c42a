"""Making and changing a lab in steps, and its offers in one form. Each save is whole: what is wrong stays in the form as it was typed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from common.access import kept_post, member_required
from livinglabs.completeness import missing
from livinglabs.forms import STEPS, BasicsForm, OfferForm
from livinglabs.models import Offer
from livinglabs.verbs import LAB_VERBS, OFFER_VERBS, lab_verbs
from livinglabs.views.doors import lab_door, offer_door
from livinglabs.views.verbs import carry_out_permitted
from organisations.models import Organisation
from projects.files import FileChanges
from records.models import AttachmentKind

WHY = gettext_lazy("Living labs are run by organisations. Sign in, and you are led on.")
ORDER = list(STEPS)
METHODS = ("GET", "HEAD", "POST")


@require_http_methods(METHODS)
@member_required(reason=WHY, writes=True)
def create(request):
    """The first step of a new lab; it is a draft afterwards. Who writes for no organisation is told what to do."""
    if not Organisation.objects.writable_by(request.user).exists():
        return render(request, "livinglabs/no_organisation.html", status=200 if request.method != "POST" else 403)
    form = BasicsForm(request.POST or kept_post(request), user=request.user)
    if request.method == "POST" and form.is_valid() and (lab := form.start()):
        messages.success(request, _("Kept as a draft. Now say where it is."))
        return redirect(step_url(lab, "place"))
    return _show_step(request, None, STEPS["basics"], form)


@require_http_methods(METHODS)
@member_required(reason=WHY)
@lab_door(permission="livinglabs.change")
def edit(request, lab, step="basics"):
    """One step. “Add” shows one more row, “save” writes and goes on, back to the page, or to a verb."""
    if step not in STEPS:
        raise Http404
    data = request.POST or kept_post(request)
    form = STEPS[step].form(data, user=request.user, lab=lab, more=request.POST.get("add", ""))
    if request.method == "POST" and "add" not in request.POST and form.is_valid() and (saved := form.save()):
        return _go_on(request, saved, step)
    return _show_step(request, lab, STEPS[step], form)


def _go_on(request, lab, step):
    """Files come and go with the step they stand in; then where the button says."""
    if step == "words":
        wrong = FileChanges(lab, request.POST, request.FILES, by=request.user).carry_out()
        for _control, label, sentence in wrong:
            messages.warning(request, f"{label}: {sentence}")
        if wrong or "do" in request.POST:
            return redirect(f"{step_url(lab, step)}#files")
    then = request.POST.get("then", "")
    if then in LAB_VERBS and any(verb["name"] == then for verb in lab_verbs(request.user, lab)):
        carry_out_permitted(request, lab, LAB_VERBS[then], f"livinglabs.{then}")
        return redirect(lab)
    messages.success(request, _("Saved."))
    place = ORDER.index(step) + 1
    return redirect(step_url(lab, ORDER[place]) if then == "next" and place < len(ORDER) else lab)


def _show_step(request, lab, step, form):
    context = {
        "lab": lab, "form": form, "step": step, "steps": _steps(lab, step), "errors": _errors(form),
        "file_page": {"files": _files(lab)} if lab and step.slug == "words" else {},
        "gaps": [(step_url(lab, one.step), one.sentence) for one in missing(lab)] if lab and step.slug == "check" else [],
        "verbs": [verb for verb in lab_verbs(request.user, lab) if verb["primary"]] if lab and step.slug == "check" else [],
    }  # fmt: skip
    return render(request, "livinglabs/step.html", context)


def _errors(form):
    """[(id of the control, label, sentence)] of everything that needs another look."""
    if not form.is_bound or "add" in form.data:
        return []
    found = [("", "", sentence) for sentence in form.non_field_errors()]
    found += [(bound.id_for_label or bound.auto_id, bound.label, sentence) for bound in form for sentence in bound.errors]
    return found + form.row_errors


def _files(lab):
    files = list(lab.attachments.exclude(kind=AttachmentKind.LOGO))
    return [(one, one.title, one.alt, one is files[0], one is files[-1]) for one in files]


def _steps(lab, current):
    place = ORDER.index(current.slug)
    return [
        {"label": step.label, "url": step_url(lab, step.slug) if lab else "", "current": step is current, "done": number < place}
        for number, step in enumerate(STEPS.values())
    ]


def step_url(lab, slug):
    """The first step has the address of editing itself."""
    if slug == ORDER[0]:
        return reverse("livinglabs:edit", args=[lab.slug])
    return reverse("livinglabs:edit_step", args=[lab.slug, slug])


# ---- offers


@require_http_methods(METHODS)
@member_required(reason=WHY, writes=True)
@lab_door(permission="livinglabs.change")
def create_offer(request, lab):
    form = OfferForm(request.POST or kept_post(request), user=request.user, lab=lab)
    if request.method == "POST" and form.is_valid() and (offer := form.save()):
        return _offer_saved(request, offer)
    context = {"lab": lab, "form": form, "may_publish": request.user.has_perm("livinglabs.archive", lab)}
    return render(request, "livinglabs/offer_form.html", context)


@require_http_methods(METHODS)
@member_required(reason=WHY)
@offer_door(permission="livinglabs.change_offer")
def edit_offer(request, offer):
    form = OfferForm(request.POST or kept_post(request), user=request.user, lab=offer.lab, offer=offer)
    if request.method == "POST" and form.is_valid() and (saved := form.save()):
        return _offer_saved(request, saved)
    context = {"lab": offer.lab, "offer": offer, "form": form, "may_publish": _may_publish(request.user, offer)}
    return render(request, "livinglabs/offer_form.html", context)


def _may_publish(user, offer):
    return offer.state == "draft" and user.has_perm("livinglabs.publish_offer", offer)


def _offer_saved(request, offer):
    """A draft can be published with the same button."""
    offer = Offer.objects.select_related("lab__organisation").get(pk=offer.pk)
    if "publish" in request.POST and _may_publish(request.user, offer):
        carry_out_permitted(request, offer, OFFER_VERBS["publish"], "livinglabs.publish_offer")
    else:
        messages.success(request, _("Saved."))
    return redirect(offer)
