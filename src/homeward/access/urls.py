"""The addresses of access."""

from django.urls import path

from homeward.access import preference_views, views

app_name = "access"
urlpatterns = [
    path("language/", preference_views.language, name="language"),
    path("keys/", preference_views.keys, name="keys"),
    path("staff/", views.start, name="start"),
    path("staff/account/", views.account, name="account"),
    path("staff/journal/", views.journal, name="journal"),
    path("staff/journal/checkpoints/<int:number>.json", views.checkpoint, name="checkpoint"),
]
