"""The `laoqu` command: everything an office runs, on Windows too, with plain Chinese answers."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from laoqu.operations.refusal import Refusal

Arguments = argparse.Namespace


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong usage."""
    _speak_any_language()
    os.umask(0o077)  # the ledger, its files and its copies are for this account alone
    arguments = parser().parse_args(argv)
    try:
        _start_django()
        arguments.command(arguments)
    except KeyboardInterrupt:
        return 0
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 1
    return 0


class ChineseParser(argparse.ArgumentParser):
    """An argument parser whose own few words are Chinese too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=ChineseFormatter)
        self._positionals.title = "要写的"
        self._optionals.title = "可选的"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"命令没有写对，请看说明：{self.prog} --help\n")


class ChineseFormatter(argparse.HelpFormatter):
    """The line of usage in Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def parser() -> argparse.ArgumentParser:
    """All commands with their Chinese help."""
    top = ChineseParser(prog="laoqu", description="老区：老促会的工作台账。")
    commands = top.add_subparsers(title="命令", metavar="", required=True)

    def command(name: str, run: Callable[[Arguments], None], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(command=run)
        return added

    for name, run, text in (
        ("run", run_demo_or_ledger, "没有台账时先建演示台账，然后启动"),
        ("serve", serve, "启动，用浏览器打开显示的地址即可使用，按 Ctrl-C 停止"),
    ):
        starting = command(name, run, text)
        starting.add_argument("--host", default="127.0.0.1", help="监听地址，默认只有本机能打开")
        starting.add_argument("--port", default=8000, type=int, help="端口，默认 8000")
    command("demo", demo, "重建演示台账，原来的先留一份")
    starting = command("init", init, "为一个县（或省、市、乡镇）建立老促会")
    starting.add_argument("--county", required=True, metavar="代码", help="区划代码，如 140881")
    starting.add_argument("--name", default="", help="老促会名称，不填按区划名称取")
    account = command("operator", operator, "查看操作员账号，或换一个新密码")
    account.add_argument("--new-password", action="store_true", help="换一个新密码并显示一次")
    saving = command("backup", backup, "把全部数据存成一个备份文件")
    saving.add_argument("file", type=Path, metavar="文件", help="备份文件名，如 备份.zip")
    restoring = command("restore", restore, "用备份文件恢复，现有数据先另存一份")
    restoring.add_argument("file", type=Path, metavar="文件", help="备份文件名")
    restoring.add_argument("--verify", action="store_true", help="只检查备份是否完好，不动数据")
    counting = command("figures", figures, "列出一年的全部数据项")
    counting.add_argument("year", type=int, metavar="年度")
    counting.add_argument("--json", action="store_true", help="用 JSON 格式输出")
    writing = command("report", report, "写出一年的工作报告、核对稿和附表")
    writing.add_argument("year", type=int, metavar="年度")
    writing.add_argument("--out", required=True, type=Path, metavar="文件夹", help="存到哪里")
    command("overlaps", overlaps, "把需求、项目、帮扶资金比对一遍，找出可能重复建设的")
    command("migrate", migrate, "升级以后，让数据库跟上新版本（启动时会自动做）")
    passing = command("manage", manage, "运行 Django 管理命令（供技术人员使用）")
    passing.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")
    return top


def serve(arguments: Arguments) -> None:
    from laoqu.operations import server

    server.serve(arguments.host, arguments.port)


def run_demo_or_ledger(arguments: Arguments) -> None:
    from laoqu.operations import database, demonstration

    database.migrate()
    if not database.has_ledger():
        print("正在建立演示台账……", flush=True)
        demonstration.create()
    serve(arguments)


def demo(_arguments: Arguments) -> None:
    from laoqu.operations import demonstration, operators

    aside = demonstration.recreate()
    if aside:
        print(f"原来的演示台账已存为：{aside}")
    print("演示台账已建好。运行 laoqu serve 打开它。")
    print(operators.announcement(operators.ensure_operator()))


def init(arguments: Arguments) -> None:
    from laoqu.areas.places.services import set_up_association
    from laoqu.operations import database, demonstration, operators
    from laoqu_engines.values.gazetteer import UnknownCounty

    database.migrate()
    aside = demonstration.put_aside()
    if aside:
        print(f"原来的演示台账已存为：{aside}")
    try:
        association = set_up_association(arguments.county, name=arguments.name)
    except UnknownCounty as error:
        raise Refusal(str(error)) from None
    print(f"已建立：{association}。运行 laoqu serve 打开它。")
    print(operators.announcement(operators.ensure_operator()))


def operator(arguments: Arguments) -> None:
    from laoqu.operations import database, operators

    database.migrate()
    password = operators.ensure_operator()
    if arguments.new_password and password is None:
        password = operators.set_new_password()
    print(operators.announcement(password))


def backup(arguments: Arguments) -> None:
    from laoqu.operations.backup import back_up, key_file

    manifest = back_up(arguments.file)
    print(f"备份完成：{arguments.file}（{manifest.summary()}）。")
    print(f"个人号码的钥匙不在备份里，请另外抄存一份：{key_file()}")


def restore(arguments: Arguments) -> None:
    from laoqu.operations.backup import key_file
    from laoqu.operations.restore import needs_other_key, restore_from, verify

    if arguments.verify:
        print(f"备份完好：{verify(arguments.file).summary()}。")
        return
    aside = restore_from(arguments.file)
    print("恢复完成。")
    if aside:
        print(f"恢复前的数据已存为：{aside}")
    if needs_other_key(arguments.file):
        print(
            "备份里的身份证号、电话等是用另一把钥匙加密的，现在打不开。"
            f"请把原来的 personal_key 文件抄到 {key_file()}，再启动。"
        )


def figures(arguments: Arguments) -> None:
    from laoqu.reporting.commands import year_figures

    found = year_figures(arguments.year)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for figure in found["figures"]:
        print(f"{figure['label']}：{figure['shown']}")


def report(arguments: Arguments) -> None:
    from laoqu.reporting.commands import changed_figures, write_report

    changed = changed_figures(arguments.year)
    for path in write_report(arguments.year, arguments.out):
        print(path)
    for sentence in changed:
        print(sentence)


def overlaps(_arguments: Arguments) -> None:
    from laoqu.coordination.overlaps.commands import check_all
    from laoqu.operations import database

    database.migrate()
    told = check_all(watched=sys.stderr.isatty())
    if not told:
        raise Refusal("还没有台账。请先运行 laoqu demo，或者 laoqu init --county 区划代码。")
    print("\n".join(told))


def migrate(_arguments: Arguments) -> None:
    from laoqu.operations import database

    database.migrate()
    print("数据库已是最新。")


def manage(arguments: Arguments) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["laoqu manage", *arguments.rest])


def _start_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laoqu.settings")
    django.setup()


def _sentence(error: Exception) -> str | None:
    """What a person is told about an error that has a plain answer; None for a fault of ours."""
    from django.core.exceptions import ImproperlyConfigured, ValidationError
    from django.db import OperationalError

    if isinstance(error, Refusal | ImproperlyConfigured):
        return str(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, OperationalError):
        return f"数据库打不开：{error}。请检查 LAOQU_HOME 和 LAOQU_DATABASE_URL。"
    if isinstance(error, PermissionError):
        return f"没有权限写入：{error.filename}。请换一个文件夹或改它的权限。"
    return None


def _speak_any_language() -> None:
    """Never fail because a console cannot show a character; write UTF-8 into files and pipes."""
    for stream in (sys.stdout, sys.stderr):
        if stream.isatty():
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]


if __name__ == "__main__":
    sys.exit(main())
