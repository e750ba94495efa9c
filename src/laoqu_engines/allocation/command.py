"""``laoqu-engines allocate``: a problem in, a plan out."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from laoqu_engines.allocation import RULES, Problem, ProblemError, solve

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: "Commands") -> None:
    """Adds the subcommand ``allocate``."""
    parser = commands.add_parser("allocate", help="把各渠道的资金安排给需求，并说明理由")
    parser.add_argument("file", type=Path, metavar="PROBLEM", help="需求、渠道和限制，.json")
    parser.add_argument("--rule", choices=sorted(RULES), default="most_benefit", help="规则")
    parser.add_argument("--gap", type=float, default=1e-4, help="证明到多近，默认0.0001")
    parser.add_argument("--out", type=Path, metavar="PLAN", required=True, help="结果 .json")
    parser.set_defaults(run=_run, refusals=(ProblemError,))


def _run(arguments: argparse.Namespace) -> None:
    if not 0 <= arguments.gap < 1:
        raise ProblemError("--gap 应当是从0到1的小数，例如0.0001，请改正。")
    plan = solve(read_problem(arguments.file), arguments.rule, arguments.gap)
    text = json.dumps(plan.to_json(), ensure_ascii=False, indent=1, allow_nan=False)
    arguments.out.write_text(text + "\n", "utf-8")


def read_problem(path: Path) -> Problem:
    """The problem of a file; raises ``ProblemError``."""
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ProblemError(f"“{path.name}”不是 UTF-8 编码，请另存为 UTF-8。") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ProblemError(f"“{path.name}”不是完整的 JSON，请核对文件。") from error
    return Problem.from_json(data)
