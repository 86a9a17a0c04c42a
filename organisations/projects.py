"""What the pages of organisations ask of projects: through the relation, for projects stand above organisations."""

from django.db.models import Count, F, Func

from organisations.models import Organisation


def listed_projects(user):
    """The projects that `user` finds in lists."""
    projects = Organisation._meta.get_field("projects").related_model
    return projects._default_manager.visible_to(user).listed()


def term(organisation):
    """The facet term of an organisation: its own projects and those it takes part in."""
    return f"organisation:{organisation.slug}"


def project_counts(organisations, user):
    """`{organisation id: number of projects}` that `user` finds, in one query; those without any are missing."""
    by_term = {term(organisation): organisation.pk for organisation in organisations}
    rows = (
        listed_projects(user)
        .filter(facet_terms__overlap=list(by_term))
        .order_by()
        .values(named=Func(F("facet_terms"), function="unnest"))
        .annotate(number=Count("pk"))
    )
    return {by_term[row["named"]]: row["number"] for row in rows if row["named"] in by_term}
