"""Addresses of honours."""

from django.urls import path

from laoqu.areas.honours import views

urlpatterns = [path("honours/wall/", views.honour_wall, name="honour_wall")]
