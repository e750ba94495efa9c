"""Sums of money and counts in running text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from laoqu_engines.reader.lexicon import Lexicon
from laoqu_engines.reader.mentions import Amount, Count
from laoqu_engines.values.numbers import evaluate, plain_text

_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,15}(?:[.,]\d{1,4})?)[百千]?"
_CHINESE = r"[一二两三四五六七八九十百千零〇几数]{1,12}"
_NUMBER = rf"(?:{_DIGITS}|{_CHINESE})"
_VAGUE = "[余多来几]"
_STEPS = rf"{_NUMBER}{_VAGUE}?(?:[万亿]{_VAGUE}?(?:{_NUMBER}{_VAGUE}?)?){{0,3}}"
_ABOUT = (
    r"(?:(?<!附)(?<!最)近|(?<![节契合])约|大约|将近|超过?|逾|达到?|上(?=百|千|万|十)|接近|大概)"
)
_MONEY = re.compile(
    rf"(?P<about>{_ABOUT})?(?P<sum>{_STEPS})(?P<unit>元(?![镇乡村县市区街旦宵月谋氏])钱?|块钱|(?:港|美|欧|日|新台|台|澳)元|港币|美金|台币|新币)"
)
_BARE_WAN = re.compile(
    rf"(?P<about>{_ABOUT})?(?P<sum>{_NUMBER}{_VAGUE}?[万亿]{_VAGUE}?)(?![万亿\d.])"
)
_MONEY_WORD = re.compile(
    r"(?:投资|投入|资金|出资|筹资|拨款|拨付|补助|捐款|捐资|经费|争取|造价|预算|配套|自筹|援助|扶持|奖补)[^，。；\d]{0,6}$"
)
_MONEY_NEAR = re.compile(r"钱|款|投资|资金|经费|捐|补助|拨")
_COMPARED = re.compile(
    r"(?:[比较](?:上|去|前|往|同|上一|原|计划|任务|历|预期)[^，。；]{0,8}|同比[^，。；]{0,4}|环比[^，。；]{0,4})(?:增加|增长|增|多|减少|少|下降|提高|超)[了出订]{0,2}$"
)
_NAKED = re.compile(
    r"(?P<lead>(?:投资|总投资|出资|筹资|拨款|捐款|捐资|造价)(?:了|约|近)?)(?P<sum>\d+(?:\.\d+)?)(?=[，。；、）])"
)


def _sum(text: str) -> tuple[Decimal, bool] | None:
    """“1亿5000余万” → (150000000, True); None where no value is named (几, 数十)."""
    found = evaluate(plain_text(text), about=True)
    return None if found is None else (found[0], found[1])


def amounts(text: str, lexicon: Lexicon) -> list[Amount]:
    """Every sum of money: with 元; with 万 or 亿 alone; a bare figure right after 投资."""
    found = [_amount(match) for match in _MONEY.finditer(text)]
    taken = {index for item in found if item for index in range(item.start, item.end)}
    for match in _BARE_WAN.finditer(text):
        if match.start("sum") in taken or not _is_money(text, match.end(), lexicon):
            continue
        if not _MONEY_WORD.search(text, max(0, match.start() - 12), match.start()) and not (
            _MONEY_NEAR.search(text, max(0, match.start() - 30), match.start())
            and text[match.end() : match.end() + 1] in "，。；、）"
        ):
            continue
        found.append(_amount(match, guess="没有写“元”"))
    for match in _NAKED.finditer(text):
        if match.start("sum") not in taken and Decimal(match["sum"]) < 100000:
            scale = 1_000_000 if "万元" in text else 100
            fen = int(Decimal(match["sum"]) * scale)
            found.append(
                Amount(match.start("sum"), match.end("sum"), match["sum"], fen, False, "没有写单位")
            )
    kept = [item for item in found if item and not _compared(text, item.start)]
    return sorted(kept, key=lambda item: item.start)


def _compared(text: str, start: int) -> bool:
    """“比上年增加45份”: a difference, no level."""
    before = text[max(0, start - 24) : start]
    return bool(_COMPARED.search(before) or re.search(r"(?:任务|目标|指标)[^，。；]{0,2}$", before))


def _is_money(text: str, end: int, lexicon: Lexicon) -> bool:
    return not text.startswith((*lexicon.words("units.count"), "人", "字", "元"), end)


def _amount(match: re.Match[str], guess: str = "") -> Amount | None:
    parsed = _sum(match["sum"])
    if parsed is None:
        return None
    start, end = match.start(), match.end()
    unit = match.groupdict().get("unit") or "元"
    if unit[0] not in "元块":
        guess = f"原文是{unit}，没有折成人民币"
    return Amount(
        start, end, match[0], int(parsed[0] * 100), parsed[1] or bool(match["about"]), guess
    )


_AFTER_LI = ("镇", "乡", "村", "桥", "店", "铺", "坡", "墩", "街", "营", "河", "庙")


_STAGE = re.compile(r"(?:^|[^办了开举成过共第])[一二三四]期$")


@cache
def _count_pattern(lexicon_units: tuple[str, ...]) -> re.Pattern[str]:
    units = "|".join(map(re.escape, lexicon_units))
    return re.compile(
        rf"(?<![第\d.])(?<!最后)(?<!每)(?P<about>{_ABOUT})?(?P<sum>{_NUMBER}{_VAGUE}?[万亿百千]?{_VAGUE}?)"
        rf"(?P<unit>{units})(?![月])(?P<noun>[\u4e00-\u9fff]{{0,4}})"
    )


def counts(text: str, lexicon: Lexicon, taken: list[Amount]) -> Iterator[Count]:
    """Every quantity with a measure word that is no sum of money and no ordinal."""
    money = {index for item in taken for index in range(item.start, item.end)}
    at = 0
    pattern = _count_pattern(lexicon.words("units.count"))
    while match := pattern.search(text, at):
        at = match.end("unit")
        if match.start("sum") in money or _compared(text, match.start()):
            continue
        parsed = _sum(match["sum"])
        if match["unit"] == "里" and match["noun"][:1] in _AFTER_LI:
            continue  # “五里镇”
        if match["unit"] == "期" and _STAGE.search(
            text, max(0, match.start() - 1), match.end("unit")
        ):
            continue  # “二期又投资…”
        if parsed is None or (match["unit"] == "组" and not match["sum"][0].isdigit()):
            continue
        value = int(parsed[0]) if parsed[0] == int(parsed[0]) else parsed[0]
        yield Count(
            match.start(),
            match.end("unit"),
            text[match.start() : match.end("unit")],
            value,
            match["unit"],
            parsed[1] or bool(match["about"]),
            match["noun"],
        )
