"""The URL root: each app brings its own addresses."""

from django.urls import URLPattern, URLResolver, include, path

from homeward.web import metrics, views

handler400 = "homeward.web.error_pages.bad_request"
handler403 = "homeward.web.error_pages.permission_denied"
handler404 = "homeward.web.error_pages.page_not_found"
handler500 = "homeward.web.error_pages.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("homeward.public.urls")),
    path("", include("homeward.record.urls")),
    path("", include("homeward.jobs.urls")),
    path("", include("homeward.access.urls")),
    path("health", metrics.health, name="health"),
    path("metrics", metrics.metrics, name="metrics"),
    path("staff/journal/verify/", views.verify_journal, name="verify_journal"),
    path("", include("homeward.web.site_urls")),
    path("account/", include("allauth.urls")),
]
