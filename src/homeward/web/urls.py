"""The URL root: each app brings its own addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("homeward.public.urls")),
    path("", include("homeward.record.urls")),
    path("", include("homeward.jobs.urls")),
    path("", include("homeward.access.urls")),
    path("account/", include("allauth.urls")),
]
