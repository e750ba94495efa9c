"""Addresses of people."""

from django.urls import path

from laoqu.areas.people import views

urlpatterns = [
    path("people/ages/", views.age_structure, name="age_structure"),
    path("people/compliance/", views.compliance_calendar, name="compliance_calendar"),
    path("people/posts/<int:pk>/renew/", views.renew_post, name="renew_post"),
]
