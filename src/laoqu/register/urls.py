"""Addresses of the registers."""

from django.urls import path

from laoqu.register import import_views, persons, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("sources/<int:pk>/text/", views.source_text, name="source_text"),
    path("registers/<slug:slug>/", views.register_list, name="register_list"),
    path("registers/<slug:slug>/new/", views.register_create, name="register_create"),
    path("registers/<slug:slug>/guide/", views.register_guide, name="register_guide"),
    path("registers/<slug:slug>/ask/", persons.ask_export, name="ask_export"),
    path("registers/<slug:slug>/<int:pk>/numbers/", persons.unseal, name="unseal"),
    path("exports/", persons.exports, name="exports"),
    path("exports/<int:pk>/decide/", persons.decide_export, name="decide_export"),
    path("exports/<int:pk>/file/", persons.fetch_export, name="fetch_export"),
    path("registers/<slug:slug>/export.xlsx", views.register_export, name="register_export"),
    path("registers/<slug:slug>/template.xlsx", import_views.template, name="import_template"),
    path("registers/<slug:slug>/import/", import_views.upload, name="import_upload"),
    path("registers/<slug:slug>/import/<int:pk>/", import_views.preview, name="import_preview"),
    path("registers/<slug:slug>/<int:pk>/", views.register_detail, name="register_detail"),
    path("registers/<slug:slug>/<int:pk>/move/", views.register_move, name="register_move"),
    path(
        "registers/<slug:slug>/<int:pk>/reverse/", views.register_reverse, name="register_reverse"
    ),
    path("registers/<slug:slug>/<int:pk>/edit/", views.register_edit, name="register_edit"),
]
