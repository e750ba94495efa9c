"""Addresses of organisations."""

from django.urls import path

from laoqu.areas.organisations import aliases, views

urlpatterns = [
    path("organisations/stated/", views.stated_numbers, name="stated_numbers"),
    path("organisations/<int:pk>/names/", aliases.organisation_names, name="organisation_names"),
    path("places/<int:pk>/names/", aliases.place_names, name="place_names"),
]
