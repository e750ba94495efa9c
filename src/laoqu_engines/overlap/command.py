"""``laoqu-engines overlap``: rows of works in, pairs that may overlap out."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from laoqu_engines.overlap import FaultyRow, Work, find_overlaps

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: "Commands") -> None:
    """Adds the subcommand ``overlap``."""
    parser = commands.add_parser("overlap", help="找出可能重复的需求、项目和资金")
    parser.add_argument("file", type=Path, metavar="ROWS", help="每行一条记录的 .jsonl")
    parser.add_argument("--out", type=Path, metavar="PAIRS", required=True, help="结果 .jsonl")
    parser.set_defaults(run=_run, refusals=(FaultyRow,))


def _run(arguments: argparse.Namespace) -> None:
    found = find_overlaps(read_works(arguments.file))
    lines = [json.dumps(pair.to_json(), ensure_ascii=False) + "\n" for pair in found.pairs]
    arguments.out.write_text("".join(lines), "utf-8")
    for note in found.notes:
        print(note, file=sys.stderr)


def read_works(path: Path) -> list[Work]:
    """The works of a file with one JSON record a line; raises ``FaultyRow``."""
    works: dict[str, Work] = {}
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FaultyRow(f"“{path.name}”不是 UTF-8 编码，请另存为 UTF-8。") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            work = Work.from_json(json.loads(line))
        except (json.JSONDecodeError, RecursionError) as error:
            raise FaultyRow(f"第 {number} 行不是 JSON，请核对这一行。") from error
        except FaultyRow as error:
            raise FaultyRow(f"第 {number} 行：{error}") from error
        if work.id in works:
            raise FaultyRow(f"第 {number} 行的编号“{work.id}”前面已经用过，请改成不重复的编号。")
        works[work.id] = work
    return list(works.values())
