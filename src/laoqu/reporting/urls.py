"""Addresses of figures and reports."""

from django.urls import path

from laoqu.reporting import dossier_views, minutes, progress, request_letters, views

urlpatterns = [
    path("progress/", progress.progress, name="progress"),
    path("villages/<int:pk>/file/", dossier_views.village_file, name="village_file"),
    path("departments/<int:pk>/file/", dossier_views.department_file, name="department_file"),
    path("meetings/<int:pk>/minutes.docx", minutes.meeting_minutes, name="meeting_minutes"),
    path("requests/<int:pk>/letter.docx", request_letters.request_letter, name="request_letter"),
    path("figures/", views.figures, name="figures"),
    path("report/", views.report, name="report"),
    path("report/<int:year>/texts/", views.save_texts, name="report_texts"),
    path("report/<int:year>/<slug:kind>/", views.download, name="report_file"),
]
