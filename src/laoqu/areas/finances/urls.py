"""Addresses of the association's own money."""

from django.urls import path

from laoqu.areas.finances import views

urlpatterns = [
    path("budget/execution/", views.budget_execution, name="budget_execution"),
]
