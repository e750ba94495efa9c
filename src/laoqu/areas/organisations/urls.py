"""Addresses of organisations."""

from django.urls import path

from laoqu.areas.organisations import views

urlpatterns = [path("organisations/stated/", views.stated_numbers, name="stated_numbers")]
