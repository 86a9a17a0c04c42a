"""Every door of the portal. Public pages carry the language; machines' addresses do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from common.styleguide import styleguide
from portal import health
from portal.errors import sample
from portal.sitemaps import robots, sitemap_index, sitemap_part
from portal.theming import theme_css

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("theme.css", theme_css, name="theme_css"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemap_part, name="sitemap_part"),
    path("documents/", include("wagtail.documents.urls")),
    path("files/", include("records.urls")),
    path("mail-events/", include("notifications.machine_urls")),
    path("cms/", include("editorial.cms_urls")),
]

urlpatterns += i18n_patterns(
    path("", include("portal.member_urls")),
    path("accounts/", include("members.urls")),
    path("accounts/", include("allauth.urls")),
    path("notifications/", include("notifications.urls")),
    path("digest/", include("digests.urls")),
    path("projects/", include("projects.urls")),
    path("organisations/", include("organisations.urls")),
    path("working-groups/", include("workinggroups.urls")),
    path("working-groups/", include("events.group_urls")),
    path("living-labs/", include("testreports.lab_urls")),
    path("living-labs/", include("bookings.urls")),
    path("living-labs/", include("livinglabs.urls")),
    path("visits/", include("bookings.visit_urls")),
    path("test-requests/", include("testrequests.urls")),
    path("test-reports/", include("testreports.urls")),
    path("events/", include("events.urls")),
    path("people/", include("organisations.people.urls")),
    path("", include("search.urls")),
    path("", include("editorial.moderation.urls")),
    path("", include("editorial.urls")),
    path("", include("editorial.page_urls")),
)

if settings.DEV_PAGES:
    urlpatterns.insert(0, path("dev/", include("portal.dev_urls")))
    urlpatterns.insert(0, path("styleguide/", styleguide, name="styleguide"))
    urlpatterns.insert(0, path("styleguide/<int:status>/", sample, name="styleguide_error"))

if settings.DEBUG:
    from django.conf.urls.static import static

    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
