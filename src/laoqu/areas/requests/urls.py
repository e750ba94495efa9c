"""Addresses of requests."""

from django.urls import path

from laoqu.areas.requests import views

urlpatterns = [path("requests/response/", views.request_response, name="request_response")]
