"""The URL root: each app brings its own addresses."""

from django.urls import URLPattern, URLResolver, include, path

from homeward.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("homeward.public.urls")),
    path("", include("homeward.record.urls")),
    path("", include("homeward.jobs.urls")),
    path("", include("homeward.access.urls")),
    path("staff/journal/verify/", views.verify_journal, name="verify_journal"),
    path("account/", include("allauth.urls")),
]
