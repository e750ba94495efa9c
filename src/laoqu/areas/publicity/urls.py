"""Addresses of publicity."""

from django.urls import path

from laoqu.areas.publicity import views

urlpatterns = [
    path("subscriptions/targets/", views.subscription_targets, name="subscription_targets"),
    path("media/never/", views.never_reported, name="never_reported"),
]
