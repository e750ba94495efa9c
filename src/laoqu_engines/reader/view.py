"""A tidied view of a text in which every character still knows where it stood.

The view has one spelling for what offices write in several: half-width digits and letters,
Chinese punctuation, simplified forms of common traditional characters, no invisible marks, no
line break inside a sentence. ``View.span`` leads back to the text as given.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from laoqu_engines.reader.flat_tables import tabbed

_TRADITIONAL = (
    "萬億元鎮鄉縣區會為於與對個戶給學員單資幫組織辦實場隊協調開設總報舉訓講評獎榮譽黨團"
    "經費贈獻領導問題農業產發東張莊灣嶺陽陳趙馬壩溝龍鳳樓橋廟門園屬處聯財備電線燈衛廣劉楊",
    "万亿元镇乡县区会为于与对个户给学员单资帮组织办实场队协调开设总报举训讲评奖荣誉党团"
    "经费赠献领导问题农业产发东张庄湾岭阳陈赵马坝沟龙凤楼桥庙门园属处联财备电线灯卫广刘杨",
)
_FULL_WIDTH = "".join(map(chr, range(0xFF01, 0xFF5F)))
_HALF_WIDTH = "".join(chr(ord(char) - 0xFEE0) for char in _FULL_WIDTH)
_SPELLINGS = (
    (_FULL_WIDTH, _HALF_WIDTH),
    _TRADITIONAL,
    (";:?!()〔〕[]「」『』｡､", "；：？！（）（）（）“”“”。、"),
    ("；：？！（），", "；：？！（），"),
    ("\u3000\u00a0\u2002\u2003", "    "),
)
_TABLE = {ord(a): b for left, right in _SPELLINGS for a, b in zip(left, right, strict=True)}
_INVISIBLE = (
    "\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
)
_MARKER = (
    r"(?:[一二三四五六七八九十]+[、.是]|（[一二三四五六七八九十\d]+）|\d{1,2}[、.](?!\d)"
    r"|第[一二三四五六七八九十]+[，、章节]|[●◆■★•-])"
)
_DROP = re.compile(
    rf"[{_INVISIBLE}]+"  # marks without a shape
    r"|^ +| +$"  # indents
    r"|(?<=[^\sA-Za-z，。；]) (?=[^\sA-Za-z])|(?<=[，。；、]) +"  # “投资 80 万元”
    rf"|(?<=[，、\d])\n(?! *{_MARKER}| *\n)"  # a line broken after a comma or a figure
    rf"|(?<=[^\n。！？；：”）》…]{{20}})\n(?= *[^\n]*[。，；])(?! *{_MARKER})",  # or mid-word
    re.MULTILINE,
)
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")


@dataclass(frozen=True)
class View:
    """``text`` to read; ``starts`` and ``origins`` say where each kept piece begins in both."""

    text: str
    source: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, index: int) -> int:
        """Where the view's character ``index`` stands in the source."""
        piece = bisect_right(self.starts, index) - 1
        return self.origins[piece] + index - self.starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of ``text[start:end]``, which must not be empty."""
        return self.origin(start), self.origin(end - 1) + 1

    def quote(self, start: int, end: int) -> str:
        """The source characters of ``text[start:end]`` as they were written."""
        begin, stop = self.span(start, end)
        return self.source[begin:stop]


def look(source: str) -> View:
    """Tidy a text; the cost is linear in its length."""
    even = _COMMA.sub("，", tabbed(source.translate(_TABLE)))
    pieces, starts, origins = [], [], []
    at = size = 0
    for gap in _DROP.finditer(even):
        if gap[0] == "\n" and "\t" in even[even.rfind("\n", 0, gap.start()) + 1 : gap.start()]:
            continue  # the end of a row
        if gap.start() > at:
            pieces.append(even[at : gap.start()])
            starts.append(size)
            origins.append(at)
            size += gap.start() - at
        at = gap.end()
    pieces.append(even[at:])
    starts.append(size)
    origins.append(at)
    return View("".join(pieces), source, tuple(starts), tuple(origins))
