"""Addresses of the intake."""

urlpatterns: list[object] = []
