"""Addresses of funds."""

from django.urls import path

from laoqu.areas.funds import views

urlpatterns = [
    path("funds/balance/", views.fund_balance, name="fund_balance"),
    path("funds/uses/", views.fund_uses, name="fund_uses"),
    path("funds/policies/load/", views.load, name="load_policies"),
    path("needs/<int:pk>/funds/", views.need_funds, name="need_funds"),
    path("projects/<int:pk>/funds/", views.project_funds, name="project_funds"),
]
