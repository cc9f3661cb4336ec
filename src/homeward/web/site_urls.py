"""The addresses of the pages that gather what every app brings."""

from django.urls import path

from homeward.web import views

app_name = "site"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("staff/today/", views.today, name="today"),
]
