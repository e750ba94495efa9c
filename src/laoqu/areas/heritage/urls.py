"""Addresses of heritage."""

from django.urls import path

from laoqu.areas.heritage import views

urlpatterns = [path("heritage/gaps/", views.heritage_gaps, name="heritage_gaps")]
