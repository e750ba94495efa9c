"""Run inside a demo office: one more row in every register, and two readings to look at."""

from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from laoqu.access.models import Association  # noqa: E402
from laoqu.areas.organisations.models import Organisation  # noqa: E402
from laoqu.areas.places.models import Place  # noqa: E402
from laoqu.intake.models import Reading, Stage  # noqa: E402
from tests.cast import World  # noqa: E402
from tests.contract.builders import make  # noqa: E402
from tests.contract.samples import SAMPLES  # noqa: E402

association = Association.objects.get()
places = {place.name: place for place in Place.objects.order_by("-pk")}
water = Organisation.objects.filter(name__contains="水利").first()
assert water
world = World(association, association, association, places, water, water, water)
for slug in SAMPLES:
    make(world, slug)
later = timezone.now() + timedelta(days=1)
Reading.objects.create(
    association=association, filename="很长的材料.docx", stage=Stage.READING, heartbeat_at=later
)
Reading.objects.create(
    association=association, filename="坏了的.docx", stage=Stage.FAILED, error="这个文件打不开。"
)
