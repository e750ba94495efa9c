"""Addresses of accounts."""

from django.urls import path

from laoqu.accounts import views

urlpatterns = [
    path("account/", views.own_account, name="own_account"),
    path("account/password/", views.change_password, name="change_password"),
    path("account/devices/", views.devices, name="devices"),
    path("accounts/", views.people, name="people"),
    path("accounts/new/", views.add_person, name="add_person"),
    path("accounts/<int:pk>/", views.person_detail, name="person"),
    path("accounts/<int:pk>/password/", views.new_password, name="new_password"),
    path("accounts/<int:pk>/active/", views.set_active, name="set_active"),
    path("accounts/duties/<int:pk>/end/", views.end_duty, name="end_duty"),
    path("audit/", views.audit, name="audit"),
]
