"""The addresses that are open to everybody."""

from django.urls import path

from homeward.public import brief_views, views

app_name = "public"
urlpatterns = [
    path("", brief_views.home, name="home"),
    path("brief.pdf", brief_views.as_pdf, name="brief_pdf"),
    path("brief.json", brief_views.as_object, name="brief_json"),
    path("brief.csv", brief_views.as_csv, name="brief_csv"),
    path("exchanges/", views.exchanges, name="exchanges"),
    path("exchanges.csv", views.exchanges_csv, name="exchanges_csv"),
    path("exchanges.json", views.exchanges_json, name="exchanges_json"),
    path("exchanges/<slug:slug>/", views.exchange, name="exchange"),
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/<slug:slug>/", views.agreement, name="agreement"),
    path("gaps/", views.gaps, name="gaps"),
    path("sources/<int:number>/", views.source, name="source"),
    path("feed.atom", views.feed, name="feed"),
]
