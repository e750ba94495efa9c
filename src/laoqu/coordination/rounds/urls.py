"""Addresses of allocation rounds."""

from django.urls import path

from laoqu.coordination.rounds.views import choosing, deciding, issuing, solving

urlpatterns = [
    path("rounds/<int:pk>/", issuing.front, name="round"),
    path("rounds/<int:pk>/needs/", choosing.needs, name="round_needs"),
    path("rounds/<int:pk>/funds/", choosing.funds, name="round_funds"),
    path("rounds/<int:pk>/weights/", choosing.weights, name="round_weights"),
    path("rounds/<int:pk>/limits/", choosing.limits, name="round_limits"),
    path("rounds/<int:pk>/limits/remove/", choosing.remove_limit, name="round_remove_limit"),
    path("rounds/<int:pk>/solve/", solving.solve, name="round_solve"),
    path("rounds/<int:pk>/compare/", solving.compare, name="round_compare"),
    path("rounds/<int:pk>/plans/<int:solution>/", solving.plan, name="round_plan"),
    path("rounds/<int:pk>/plans/<int:solution>/take/", solving.present, name="round_present"),
    path("rounds/<int:pk>/pin/", solving.pin, name="round_pin"),
    path("rounds/<int:pk>/needs/<int:need>/", solving.need, name="round_need"),
    path("rounds/<int:pk>/move/", deciding.move_on, name="round_move"),
    path("rounds/<int:pk>/opinions/", deciding.opinions, name="round_opinions"),
    path("rounds/<int:pk>/opinions/handle/", deciding.handle_opinion, name="round_handle_opinion"),
    path("rounds/<int:pk>/meeting/", deciding.meeting, name="round_meeting"),
    path("rounds/<int:pk>/meeting/<int:need>/", deciding.depart, name="round_depart"),
    path("rounds/<int:pk>/meeting/withdraw/", deciding.withdraw, name="round_withdraw"),
    path("rounds/<int:pk>/meeting/reopen/", deciding.reopen, name="round_reopen"),
    path("rounds/<int:pk>/issue/", issuing.issue, name="round_issue"),
    path("rounds/<int:pk>/issue/take-back/", issuing.take_back, name="round_take_back"),
    path("rounds/<int:pk>/letters/<int:organisation>.docx", issuing.letter, name="round_letter"),
    path("rounds/<int:pk>/table.<str:kind>", issuing.table, name="round_table"),
    path("rounds/<int:pk>/execution/", issuing.compare_execution, name="round_execution"),
]
