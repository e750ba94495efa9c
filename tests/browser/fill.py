"""Run inside a demo office: rows in every register, long names, a very long list, more people.

Prints the addresses of the pages that the crawl would not come upon by itself.
"""

import json
from datetime import timedelta

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from laoqu.access.models import Appointment, Association, Role  # noqa: E402
from laoqu.areas.organisations.models import Organisation  # noqa: E402
from laoqu.areas.places.models import Place  # noqa: E402
from laoqu.areas.surveys.models import Question  # noqa: E402
from laoqu.intake.models import ReaderWord, Reading, Stage, WordKind  # noqa: E402
from tests.browser.demo import PASSWORD  # noqa: E402
from tests.cast import World  # noqa: E402
from tests.contract.builders import make  # noqa: E402
from tests.contract.samples import SAMPLES  # noqa: E402

VERY_MANY = 100_000
LONG = "为了让革命老区的乡亲们早日用上放心水" * 10
UNBROKEN = "Aa0123456789" * 20

association = Association.objects.get()
places = {place.name: place for place in Place.objects.order_by("-pk")}
water = Organisation.objects.filter(name__contains="水利").first()
assert water
world = World(association, association, association, places, water, water, water)
made = {slug: make(world, slug) for slug in SAMPLES}
long = [
    make(world, "needs", name=LONG[:100], works="\n".join([UNBROKEN, LONG])),
    make(world, "needs", name=UNBROKEN[:100]),
    make(world, "needs", name="等着审核", state="submitted"),
]
visit = make(world, "visits", name=UNBROKEN[:60], difficulties="吃水难")
version = make(world, "rule-versions", text="每月学习两次。", effective_on="2025-01")
named = make(world, "recipients", account="6217001234567890123")
word = ReaderWord.objects.create(association=association, kind=WordKind.values[0], word="情缘社")
Question.objects.bulk_create(
    Question(
        association=association, year=2024, code=f"题目2024-{n}", theme="养老", wording=f"{n}？"
    )
    for n in range(1000, VERY_MANY + 1000)
)
later = timezone.now() + timedelta(days=1)
Reading.objects.create(
    association=association, filename="很长的材料.docx", stage=Stage.READING, heartbeat_at=later
)
Reading.objects.create(
    association=association, filename="坏了的.docx", stage=Stage.FAILED, error="这个文件打不开。"
)
for name in ("shui", "lao"):
    person = get_user_model().objects.create_user(name, password=PASSWORD)
    Appointment.objects.create(
        user=person, role=Role.DEPARTMENT, association=association, organisation=water
    )
village = places["高市村"]
print(
    json.dumps(
        [
            *(reverse("register_detail", args=["needs", row.pk]) for row in long),
            reverse("register_detail", args=["visits", visit.pk]),
            reverse("rule_changes", args=[version.pk]),
            reverse("unseal", args=["recipients", named.pk]),
            reverse("forget_word", args=[word.pk]),
            reverse("village_file", args=[village.pk]),
            reverse("department_file", args=[water.pk]),
            f"{reverse('register_list', args=['questions'])}?page=1999",
            *(reverse("register_detail", args=[slug, row.pk]) for slug, row in made.items()),
        ]
    )
)
