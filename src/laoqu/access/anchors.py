"""The anchors table: how each model reaches its association, department, place and publication.

An anchor that a model lacks is left out. Viewing then falls back to the coarser anchor named in
`rules.py`; writing is denied.
"""

ASSOCIATION = "association"
DEPARTMENT = "department"
PLACE = "place"
PUBLIC = "public"
UPPER = "upper"

SHOWN_TO_DEPARTMENT = "shown to department"
SHOWN_AT_PLACE = "shown at place"
"""Anchors for viewing alone: such rows concern a department or place, but others change them."""

NOBODY = ""
"""As an anchor: no row is reached by it. So the association's own papers stay with its office."""

OWN_PAPERS: dict[str, str | dict[str, str]] = {
    ASSOCIATION: "association",
    DEPARTMENT: NOBODY,
    PLACE: NOBODY,
}
"""The association's own papers: for its office and the levels above it."""

PERSONAL: dict[str, str | dict[str, str]] = {**OWN_PAPERS, UPPER: NOBODY}
"""Data of persons: the association's own office alone."""

PUBLISHED = {"visibility": "public", "state": "reviewed"}

OF_A_PROJECT: dict[str, str | dict[str, str]] = {
    ASSOCIATION: "association",
    DEPARTMENT: "project__department",
    PLACE: "project__places",
    PUBLIC: PUBLISHED,
}

ANCHORS: dict[str, dict[str, str | dict[str, str]]] = {
    "access.Association": {ASSOCIATION: "self", PUBLIC: {}},
    "access.Appointment": {ASSOCIATION: "association"},
    "access.Token": {ASSOCIATION: "appointment__association"},
    "access.AuditEntry": PERSONAL,
    "places.Place": {ASSOCIATION: "area", PLACE: "self", PUBLIC: {}},
    "organisations.Organisation": {ASSOCIATION: "association", DEPARTMENT: "self", PUBLIC: {}},
    "places.VillageStatistics": {
        ASSOCIATION: "association",
        PLACE: "place",
        PUBLIC: PUBLISHED,
    },
    "places.Succession": {ASSOCIATION: "association", PLACE: "place", PUBLIC: PUBLISHED},
    "organisations.CouncilSeat": {
        ASSOCIATION: "association",
        DEPARTMENT: "organisation",
        PUBLIC: PUBLISHED,
    },
    "organisations.LiaisonVillage": {
        ASSOCIATION: "association",
        DEPARTMENT: "organisation",
        PLACE: "place",
        PUBLIC: PUBLISHED,
    },
    "intake.Reading": {ASSOCIATION: "association"},
    "intake.Proposal": {ASSOCIATION: "source__association"},
    "intake.ReaderWord": OWN_PAPERS,
    "register.Source": {ASSOCIATION: "association", PUBLIC: {"visibility": "public"}},
    "register.SheetImport": {ASSOCIATION: "association"},
    "register.ExportRequest": OWN_PAPERS,
    "register.BulkEdit": {ASSOCIATION: "association"},
    "contributions.Contribution": {
        ASSOCIATION: "association",
        DEPARTMENT: "funder",
        PLACE: "places",
        PUBLIC: PUBLISHED,
    },
    "activities.ReliefVisit": {
        ASSOCIATION: "association",
        DEPARTMENT: "host",
        PLACE: "places",
        PUBLIC: PUBLISHED,
    },
    "activities.Performance": {
        ASSOCIATION: "association",
        DEPARTMENT: "host",
        PLACE: "places",
        PUBLIC: PUBLISHED,
    },
    "activities.Training": {
        ASSOCIATION: "association",
        DEPARTMENT: "host",
        PLACE: "places",
        PUBLIC: PUBLISHED,
    },
    "activities.GoodsLine": {
        ASSOCIATION: "association",
        DEPARTMENT: "visit__host",
        PLACE: "visit__places",
        PUBLIC: PUBLISHED,
    },
    "activities.TrainingSession": {
        ASSOCIATION: "association",
        DEPARTMENT: "training__host",
        PLACE: "training__places",
        PUBLIC: PUBLISHED,
    },
    "activities.Attendee": PERSONAL,
    "surveys.Survey": {ASSOCIATION: "association", PLACE: "places", PUBLIC: PUBLISHED},
    "surveys.Recommendation": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "surveys.LookBack": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "surveys.Question": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "surveys.Questionnaire": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "surveys.Tally": PERSONAL,
    "publicity.MediaPlacement": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "publicity.Lecture": {ASSOCIATION: "association", PLACE: "places", PUBLIC: PUBLISHED},
    "publicity.Subscription": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "publicity.SubscriptionTarget": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "publicity.PeriodicalGift": {
        ASSOCIATION: "association",
        PLACE: "place",
        PUBLIC: PUBLISHED,
    },
    "publicity.Book": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "publicity.BookIssue": {ASSOCIATION: "association", PLACE: "place", PUBLIC: PUBLISHED},
    "publicity.Showing": {ASSOCIATION: "association", PLACE: "place", PUBLIC: PUBLISHED},
    "honours.Award": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "honours.Commendation": OWN_PAPERS,
    "honours.Nominee": PERSONAL,
    "meetings.Meeting": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "people.Member": PERSONAL,
    "people.Post": PERSONAL,
    "people.TrainingAttended": PERSONAL,
    "people.Recipient": PERSONAL,
    "heritage.Site": {ASSOCIATION: "association", PLACE: "place", PUBLIC: PUBLISHED},
    "heritage.Inspection": {ASSOCIATION: "association", PLACE: "site__place", PUBLIC: PUBLISHED},
    "heritage.Repair": {ASSOCIATION: "association", PLACE: "site__place", PUBLIC: PUBLISHED},
    "heritage.HistoricPerson": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "heritage.Event": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "rules.Rule": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "rules.RuleVersion": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "rules.Study": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "meetings.MeetingSeries": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "meetings.Resolution": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "tasks.Task": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "tasks.ColourRule": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "tasks.PlanItem": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "tasks.Directive": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "tasks.DirectiveShare": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "requests.Request": {ASSOCIATION: "association", DEPARTMENT: "addressee", PLACE: "place"},
    "requests.ClockRule": {ASSOCIATION: "association"},
    "needs.Need": {
        ASSOCIATION: "association",
        DEPARTMENT: "lead",
        PLACE: "places",
        PUBLIC: PUBLISHED,
    },
    "needs.Deliberation": {
        ASSOCIATION: "association",
        DEPARTMENT: "need__lead",
        PLACE: "need__places",
        PUBLIC: PUBLISHED,
    },
    "projects.Project": {
        ASSOCIATION: "association",
        DEPARTMENT: "department",
        PLACE: "places",
        PUBLIC: PUBLISHED,
    },
    "projects.Indicator": OF_A_PROJECT,
    "projects.Change": OF_A_PROJECT,
    "projects.Followup": OF_A_PROJECT,
    "funds.FundPolicy": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "funds.FundClause": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "funds.Fund": {ASSOCIATION: "association", DEPARTMENT: "manager", PLACE: "places"},
    "funds.FundFlow": {
        ASSOCIATION: "association",
        DEPARTMENT: "fund__manager",
        PLACE: "fund__places",
    },
    "finances.BudgetItem": OWN_PAPERS,
    "finances.BudgetExpense": OWN_PAPERS,
    "finances.SpecialFund": OWN_PAPERS,
    "finances.FundDonation": PERSONAL,
    "finances.FundUse": OWN_PAPERS,
    "assessment.Scheme": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "assessment.Criterion": {ASSOCIATION: "association", PUBLIC: PUBLISHED},
    "assessment.Assessment": {
        ASSOCIATION: "association",
        DEPARTMENT: NOBODY,
        PLACE: "organisation__place",
    },
    "assessment.Mark": {
        ASSOCIATION: "association",
        DEPARTMENT: NOBODY,
        PLACE: "assessment__organisation__place",
    },
    "rounds.Round": {ASSOCIATION: "association"},
    "rounds.Opinion": {
        ASSOCIATION: "association",
        DEPARTMENT: "organisation",
        PLACE: NOBODY,
    },
    "overlaps.OverlapPair": {
        ASSOCIATION: "association",
        SHOWN_TO_DEPARTMENT: "departments",
        SHOWN_AT_PLACE: "places",
    },
    "reporting.ReportText": {ASSOCIATION: "association"},
    "reporting.ReportRun": {ASSOCIATION: "association"},
}
