"""``laoqu-engines``: the engines from the command line, without the product."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from laoqu_engines.reader import read
from laoqu_engines.reader.documents import DocumentError, extract
from laoqu_engines.reader.explain import explain
from laoqu_engines.values.gazetteer import UnknownCounty, county_in_text
from laoqu_engines.values.places import Resolver


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; 0 is success, 2 a file or argument that cannot be used."""
    parser = argparse.ArgumentParser(prog="laoqu-engines", description="老区台账的计算引擎。")
    commands = parser.add_subparsers(dest="command", required=True)
    reader = commands.add_parser("read", help="从一份文字材料里读出事实")
    reader.add_argument("file", type=Path, metavar="FILE", help=".txt .docx .html .pdf")
    reader.add_argument("--county", metavar="CODE", help="县级区划代码，六位，例如 140881")
    shown = reader.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="输出 JSON（默认）")
    shown.add_argument("--explain", action="store_true", help="逐步列出每一阶段认出了什么")
    arguments = parser.parse_args(argv)
    try:
        return _read(arguments)
    except (DocumentError, UnknownCounty) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"打不开“{arguments.file}”：{error.strerror}。请检查文件名。", file=sys.stderr)
    return 2


def _read(arguments: argparse.Namespace) -> int:
    text = extract(arguments.file.read_bytes(), arguments.file.name).text
    if arguments.explain:
        print(explain(text))
        return 0
    reading = read(text, resolver=_resolver(text, arguments.county))
    print(json.dumps(reading.to_json(), ensure_ascii=False, indent=1))
    return 0


def _resolver(text: str, code: str | None) -> Resolver | None:
    """The places of the county named, else of the county that the text is about."""
    found = None if code else county_in_text(text)
    code = code or (found.code if found else None)
    return Resolver.for_county(code) if code else None


if __name__ == "__main__":
    sys.exit(main())
