"""Addresses of contributions."""

from django.urls import path

from laoqu.areas.contributions import views

urlpatterns = [
    path("contributions/by-village/", views.village_totals, name="village_totals"),
]
