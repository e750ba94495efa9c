"""Addresses of overlaps beyond the register."""

from django.urls import path

from laoqu.coordination.overlaps import views

urlpatterns = [
    path("overlaps/accuracy/", views.overlap_accuracy, name="overlap_accuracy"),
    path("overlaps/<int:pk>/decide/", views.overlap_decide, name="overlap_decide"),
    path("overlaps/<int:pk>/undo/", views.overlap_undo, name="overlap_undo"),
    path("overlaps/<int:pk>/ask/", views.overlap_ask, name="overlap_ask"),
    path("overlaps/<int:pk>/answer/", views.overlap_answer, name="overlap_answer"),
    path(
        "overlaps/<int:pk>/letters/<int:department>/", views.overlap_letter, name="overlap_letter"
    ),
]
