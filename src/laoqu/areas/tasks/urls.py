"""Addresses of tasks."""

from django.urls import path

from laoqu.areas.tasks import views

urlpatterns = [
    path("tasks/board/", views.task_board, name="task_board"),
    path("tasks/promises/", views.promises, name="promises"),
    path("tasks/<int:pk>/slip/", views.task_slip, name="task_slip"),
    path("meetings/<int:pk>/chase/", views.chase_resolutions, name="chase_resolutions"),
]
