"""The addresses of the registrar's pages: the reading of articles."""

from django.urls import path

from homeward.record import article_views

app_name = "record"
urlpatterns = [
    path("staff/articles/", article_views.articles, name="articles"),
    path("staff/articles/submit/", article_views.submit, name="submit_article"),
    path("staff/articles/<int:number>/", article_views.article, name="article"),
    path("staff/articles/<int:number>/read/", article_views.read_again, name="read_article"),
    path("staff/articles/<int:number>/claims/<int:position>/accept/", article_views.accept, name="accept_claim"),
    path("staff/articles/<int:number>/claims/<int:position>/reject/", article_views.reject, name="reject_claim"),
    path("staff/articles/<int:number>/claims/<int:position>/reopen/", article_views.reopen, name="reopen_claim"),
    path("staff/articles/<int:number>/claims/<int:position>/correct/", article_views.correct, name="correct_claim"),
]
