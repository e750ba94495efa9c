"""Addresses of meetings."""

from django.urls import path

from laoqu.areas.meetings import views

urlpatterns = [path("meetings/reminders/", views.meeting_reminders, name="meeting_reminders")]
