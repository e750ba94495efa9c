"""Addresses of figures and reports."""

urlpatterns: list[object] = []
