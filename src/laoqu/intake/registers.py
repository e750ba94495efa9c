"""词表: what an association taught the reader."""

from django.utils.translation import gettext_lazy as _

from laoqu.intake.models import ReaderWord
from laoqu.register.registry import Action, Line, Register, Section


class ReaderWordRegister(Register):
    """词表: names that the reader finds because a person of the association said so."""

    model = ReaderWord
    slug = "reader-words"
    purpose = _("识读时认得的本地叫法：改过一次就记住，记错了可以去掉。")
    line = Line.BASICS
    columns = ["word", "kind", "learned_from", "learned_on"]
    known_by = ["word"]
    search = ["word"]
    filters = ["kind"]
    form = [Section(_("叫法"), "kind", "word", "note")]
    shown = ["learned_from", "learned_on"]
    actions = [Action(_("去掉这个词"), "forget_word")]
