"""Addresses of assessments."""

from django.urls import path

from laoqu.areas.assessment import views

urlpatterns = [
    path("assessments/<int:pk>/sheet/", views.assessment_sheet, name="assessment_sheet"),
    path("assessments/common/", views.add_common_schemes, name="add_common_schemes"),
]
