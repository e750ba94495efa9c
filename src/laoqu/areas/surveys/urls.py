"""Addresses of surveys."""

from django.urls import path

from laoqu.areas.surveys import views

urlpatterns = [
    path("surveys/<int:pk>/need/", views.survey_need, name="survey_need"),
    path("questionnaires/<int:pk>/paper/", views.paper_form, name="paper_form"),
    path("questionnaires/<int:pk>/results/", views.questionnaire_results,
         name="questionnaire_results"),
]  # fmt: skip
