"""Build the list of characters that sound alike, for names of villages that may be misspelt.

    pip install pypinyin==0.55.0 && python tools/build_sounds.py

Needs the project on the path and pypinyin (MIT) at build time only. Each line of the output holds
the characters of one syllable, tones apart; a character with two readings stands in two lines.
Kept are the characters of GB 2312 and those in three or more names of the national list.
"""

from collections import Counter
from pathlib import Path

import pypinyin

from laoqu_engines.values.gazetteer import every_county

OUT = Path(__file__).parents[1] / "src/laoqu_engines/overlap/data/sounds.txt"
FEWEST = 3


def main() -> None:
    counted = Counter(
        letter for county in every_county() for unit in county.villages for letter in unit.name
    )
    groups: dict[str, list[str]] = {}
    common = {letter for letter, count in counted.items() if count >= FEWEST}
    for letter in sorted(common | set(gb2312())):
        for sound in pypinyin.pinyin(letter, heteronym=True, style=pypinyin.Style.NORMAL)[0]:
            groups.setdefault(sound, []).append(letter)
    lines = ["".join(group) for _, group in sorted(groups.items()) if len(group) > 1]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{OUT}: {len(lines)} syllables, {OUT.stat().st_size:,} bytes")


def gb2312() -> str:
    """All Chinese characters of GB 2312."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return b"".join(rows).decode("gb2312", "ignore")


if __name__ == "__main__":
    main()
