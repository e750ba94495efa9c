"""Addresses of figures and reports."""

from django.urls import path

from laoqu.reporting import minutes, views

urlpatterns = [
    path("meetings/<int:pk>/minutes.docx", minutes.meeting_minutes, name="meeting_minutes"),
    path("figures/", views.figures, name="figures"),
    path("report/", views.report, name="report"),
    path("report/<int:year>/texts/", views.save_texts, name="report_texts"),
    path("report/<int:year>/<slug:kind>/", views.download, name="report_file"),
]
