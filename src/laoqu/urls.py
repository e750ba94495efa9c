"""Addresses of the product."""

from django.contrib.auth import views as auth
from django.urls import include, path

from laoqu import pages
from laoqu.register.api import make_api
from laoqu.reporting import home

urlpatterns = [
    path("api/", make_api().urls),
    path("", include("laoqu.access.urls")),
    path("", home.home, name="home"),
    path("registers/", pages.registers, name="registers"),
    path("display/", pages.choose_display, name="choose_display"),
    path("login/", auth.LoginView.as_view(template_name="login.html"), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("laoqu.register.urls")),
    path("", include("laoqu.areas.contributions.urls")),
    path("", include("laoqu.areas.activities.urls")),
    path("", include("laoqu.areas.surveys.urls")),
    path("", include("laoqu.areas.publicity.urls")),
    path("", include("laoqu.areas.organisations.urls")),
    path("", include("laoqu.areas.people.urls")),
    path("", include("laoqu.areas.heritage.urls")),
    path("", include("laoqu.areas.rules.urls")),
    path("", include("laoqu.areas.honours.urls")),
    path("", include("laoqu.areas.meetings.urls")),
    path("", include("laoqu.areas.tasks.urls")),
    path("", include("laoqu.areas.requests.urls")),
    path("", include("laoqu.areas.funds.urls")),
    path("", include("laoqu.areas.finances.urls")),
    path("", include("laoqu.areas.assessment.urls")),
    path("", include("laoqu.coordination.rounds.urls")),
    path("", include("laoqu.accounts.urls")),
    path("", include("laoqu.intake.urls")),
    path("", include("laoqu.coordination.overlaps.urls")),
    path("", include("laoqu.reporting.urls")),
]
