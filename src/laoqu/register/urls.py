"""Addresses of the registers."""

from django.urls import path

from laoqu.register import bulk_views, edit_views, history_views, import_views, persons, views

ALL = "registers/<slug:slug>/"
ROW = "registers/<slug:slug>/<int:pk>/"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("sources/<int:pk>/text/", views.source_text, name="source_text"),
    path(ALL, views.register_list, name="register_list"),
    path(f"{ALL}new/", edit_views.register_create, name="register_create"),
    path(f"{ALL}guide/", views.register_guide, name="register_guide"),
    path(f"{ALL}ask/", persons.ask_export, name="ask_export"),
    path(f"{ALL}export.xlsx", views.register_export, name="register_export"),
    path(f"{ALL}template.xlsx", import_views.template, name="import_template"),
    path(f"{ALL}import/", import_views.upload, name="import_upload"),
    path(f"{ALL}import/<int:pk>/", import_views.preview, name="import_preview"),
    path(f"{ALL}bulk/", bulk_views.choose, name="bulk_choose"),
    path(f"{ALL}bulk/<int:pk>/", bulk_views.preview, name="bulk_preview"),
    path("exports/", persons.exports, name="exports"),
    path("exports/<int:pk>/decide/", persons.decide_export, name="decide_export"),
    path("exports/<int:pk>/file/", persons.fetch_export, name="fetch_export"),
    path(ROW, views.register_detail, name="register_detail"),
    path(f"{ROW}numbers/", persons.unseal, name="unseal"),
    path(f"{ROW}edit/", edit_views.register_edit, name="register_edit"),
    path(f"{ROW}move/", edit_views.register_move, name="register_move"),
    path(f"{ROW}review/", edit_views.register_review, name="register_review"),
    path(f"{ROW}reverse/", edit_views.register_reverse, name="register_reverse"),
    path(f"{ROW}void/", edit_views.register_void, name="register_void"),
    path(f"{ROW}restore/", edit_views.register_restore, name="register_restore"),
    path(f"{ROW}history/", history_views.register_history, name="register_history"),
    path(f"{ROW}history/<int:entry>/", history_views.register_version, name="register_version"),
]
