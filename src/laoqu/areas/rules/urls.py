"""Addresses of rules."""

from django.urls import path

from laoqu.areas.rules import views

urlpatterns = [
    path("rules/reviews/", views.rule_reviews, name="rule_reviews"),
    path("rules/<int:pk>/wall/", views.rule_wall_sheet, name="rule_wall_sheet"),
    path("rules/versions/<int:pk>/changes/", views.rule_changes, name="rule_changes"),
]
