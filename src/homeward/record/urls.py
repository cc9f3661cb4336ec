"""The addresses of the record: public pages, and the reading of articles for staff."""

from django.urls import path

from homeward.record import article_views, views

app_name = "record"
urlpatterns = [
    path("exchanges/", views.exchanges, name="exchanges"),
    path("exchanges.csv", views.exchanges_csv, name="exchanges_csv"),
    path("exchanges.json", views.exchanges_json, name="exchanges_json"),
    path("exchanges/<slug:slug>/", views.exchange, name="exchange"),
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/<slug:slug>/", views.agreement, name="agreement"),
    path("sources/<int:number>/", views.source, name="source"),
    path("feed.atom", views.feed, name="feed"),
    path("staff/articles/", article_views.articles, name="articles"),
    path("staff/articles/submit/", article_views.submit, name="submit_article"),
    path("staff/articles/<int:number>/", article_views.article, name="article"),
    path("staff/articles/<int:number>/claims/<int:position>/accept/", article_views.accept, name="accept_claim"),
    path("staff/articles/<int:number>/claims/<int:position>/reject/", article_views.reject, name="reject_claim"),
    path("staff/articles/<int:number>/claims/<int:position>/correct/", article_views.correct, name="correct_claim"),
]
