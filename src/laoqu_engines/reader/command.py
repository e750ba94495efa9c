"""``laoqu-engines read``: the facts of one document."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from laoqu_engines.reader import read
from laoqu_engines.reader.documents import DocumentError, extract
from laoqu_engines.reader.explain import explain
from laoqu_engines.values.gazetteer import UnknownCounty, county_in_text
from laoqu_engines.values.nation import NationResolver
from laoqu_engines.values.places import Resolver

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: "Commands") -> None:
    """Adds the subcommand ``read``."""
    parser = commands.add_parser("read", help="从一份文字材料里读出事实")
    parser.add_argument("file", type=Path, metavar="FILE", help=".txt .docx .html .pdf")
    parser.add_argument("--county", metavar="CODE", help="县级区划代码，六位，例如 140881")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="输出 JSON（默认）")
    shown.add_argument("--explain", action="store_true", help="逐步列出每一阶段认出了什么")
    parser.set_defaults(run=_run, refusals=(DocumentError, UnknownCounty))


def _run(arguments: argparse.Namespace) -> None:
    text = extract(arguments.file.read_bytes(), arguments.file.name).text
    if arguments.explain:
        print(explain(text))
        return
    reading = read(text, resolver=_resolver(text, arguments.county))
    print(json.dumps(reading.to_json(), ensure_ascii=False, indent=1))


def _resolver(text: str, code: str | None) -> Resolver | NationResolver:
    """The places of the county named, else of the county the text is about, else of the nation."""
    found = None if code else county_in_text(text)
    code = code or (found.code if found else None)
    return Resolver.for_county(code) if code else NationResolver()
