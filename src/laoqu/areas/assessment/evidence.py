"""Evidence: figures and what stands now; which may be, and how they are named in a criterion.

Facts of service are evidence. Leaders' instructions, media articles, meetings held and study notes
are recorded, but not scored (burden reduction rules for grass-roots work).
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from laoqu.areas.assessment.standing import STANDING, Standing
from laoqu.register.figures import Figure, figure_called

NOT_SCORED = ("media.rows", "meetings.rows", "studies.rows")


def named_evidence(names: Iterable[str]) -> list[Figure | Standing]:
    """The figures of these Chinese names or keys, or what stands now, in their order.

    Errors: `ValidationError` with a sentence where there is no such figure, or it is not evidence.
    """
    with translation.override("zh-hans"):
        standing = {str(one.label): one for one in STANDING}
    found: list[Figure | Standing] = []
    for name in names:
        figure = standing.get(name) or figure_called(name)
        if figure is None:
            raise ValidationError(
                _("没有叫“%(name)s”的数据项，请到“看进度”里抄一个名称。") % {"name": name}
            )
        if isinstance(figure, Figure) and figure.key in NOT_SCORED:
            raise ValidationError(
                _("“%(name)s”只记录，不作考评依据。请换成服务老区群众的数据项。") % {"name": name}
            )
        found.append(figure)
    return found
