"""``laoqu-engines``: the engines from the command line, without the product.

Each engine brings its own ``command`` module, which adds a subcommand with ``run`` (what to do),
``refusals`` (its errors that are a sentence for the user) and ``file`` (what it reads).
"""

import argparse
import sys
from collections.abc import Sequence

import laoqu_engines.allocation.command
import laoqu_engines.overlap.command
import laoqu_engines.reader.command

COMMANDS = (
    laoqu_engines.reader.command,
    laoqu_engines.overlap.command,
    laoqu_engines.allocation.command,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; 0 is success, 2 a file or argument that cannot be used."""
    parser = argparse.ArgumentParser(prog="laoqu-engines", description="老区台账的计算引擎。")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        command.add_to(commands)
    arguments = parser.parse_args(argv)
    try:
        arguments.run(arguments)
    except arguments.refusals as error:
        print(error, file=sys.stderr)
    except OSError as error:
        name = error.filename or arguments.file
        print(f"打不开“{name}”：{error.strerror}。请检查文件名。", file=sys.stderr)
    else:
        return 0
    return 2


if __name__ == "__main__":
    sys.exit(main())
