"""The addresses of the brief."""

from django.urls import path

from homeward.brief import views

app_name = "brief"
urlpatterns = [
    path("", views.home, name="home"),
    path("brief.pdf", views.as_pdf, name="pdf"),
    path("brief.json", views.as_object, name="json"),
    path("brief.csv", views.as_csv, name="csv"),
]
