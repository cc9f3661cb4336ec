"""The addresses of background work."""

from django.urls import path

from homeward.jobs import views

app_name = "jobs"
urlpatterns = [
    path("staff/jobs/<slug:code>/", views.job, name="job"),
    path("staff/jobs/<slug:code>/cancel/", views.cancel, name="cancel"),
]
