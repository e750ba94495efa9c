"""Addresses of the registers."""

from django.urls import path

from laoqu.register import views

urlpatterns = [
    path("sources/<int:pk>/text/", views.source_text, name="source_text"),
    path("registers/<slug:slug>/", views.register_list, name="register_list"),
    path("registers/<slug:slug>/new/", views.register_create, name="register_create"),
    path("registers/<slug:slug>/export.xlsx", views.register_export, name="register_export"),
    path("registers/<slug:slug>/<int:pk>/", views.register_detail, name="register_detail"),
    path("registers/<slug:slug>/<int:pk>/move/", views.register_move, name="register_move"),
    path(
        "registers/<slug:slug>/<int:pk>/reverse/", views.register_reverse, name="register_reverse"
    ),
    path("registers/<slug:slug>/<int:pk>/edit/", views.register_edit, name="register_edit"),
]
