"""Addresses of the intake."""

from django.urls import path

from laoqu.intake import views

urlpatterns = [
    path("intake/", views.intake, name="intake"),
    path("intake/readings/<int:pk>/", views.reading, name="reading"),
    path("intake/sources/<int:pk>/", views.review, name="review"),
    path("intake/sources/<int:pk>/year/", views.year, name="source_year"),
    path("intake/sources/<int:pk>/names/", views.names, name="source_names"),
    path("intake/sources/<int:pk>/record/", views.record, name="record"),
    path("intake/sources/<int:pk>/record/<slug:slug>/", views.record, name="record_in"),
    path("intake/proposals/<int:pk>/", views.proposal, name="proposal"),
    path("intake/proposals/<int:pk>/decide/", views.decide, name="decide"),
    path("reader-words/<int:pk>/forget/", views.forget_word, name="forget_word"),
    path("sources/<int:pk>/file/", views.source_file, name="source_file"),
]
