"""Addresses of activities."""

from django.urls import path

from laoqu.areas.activities import views

urlpatterns = [
    path("activities/coverage/", views.village_coverage, name="village_coverage"),
    path("activities/goods/", views.goods_balance, name="goods_balance"),
    path("activities/visits/<int:pk>/need/", views.visit_need, name="visit_need"),
]
