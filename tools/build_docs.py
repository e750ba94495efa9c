"""Write docs/registers/ from the declarations: one page a register, and a list of all.

python tools/build_docs.py
"""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "registers"


def pages() -> dict[str, str]:
    """The pages by file name, in Chinese."""
    from django.utils.translation import override

    from laoqu.register.guide import guide_of
    from laoqu.register.registry import Line, Register

    with override("zh-hans"):
        registers = Register.registers.values()
        made = {f"{one.slug}.md": page(guide_of(one)) for one in registers}
        index = [
            "# 台账 · Registers",
            "",
            "每一页由程序里的登记自动写成：`python tools/build_docs.py`。",
        ]
        for line in Line:
            index += ["", f"## {line.value}", ""]
            index += [
                f"- [{one.label}]({one.slug}.md)：{one.purpose}"
                for one in registers
                if one.line is line
            ]
        made["README.md"] = "\n".join(index) + "\n"
    return made


def page(guide) -> str:  # type: ignore[no-untyped-def]
    """One register's page."""
    register = guide.register
    lines = [f"# {register.label}台账", "", str(register.purpose), ""]
    for title, entries in guide.sections:
        lines += [f"## {title}", "", "| 栏目 | 填什么 | 说明 |", "|---|---|---|"]
        for entry in entries:
            label = entry.label + ("（必填）" if entry.required else "")
            kind = entry.kind + (f"（{entry.care}）" if entry.care else "")
            lines.append(f"| {label} | {kind} | {entry.help} |")
        lines.append("")
    if guide.steps:
        lines += ["## 一步一步怎么走", "", "| 现在 | 接着可以到 |", "|---|---|"]
        lines += [f"| {step.state} | {'；'.join(step.following)} |" for step in guide.steps]
        lines.append("")
    lines += ["## 谁能看、谁能改", "", "| 谁 | 能做什么 |", "|---|---|"]
    lines += [f"| {one.role} | {'；'.join(one.actions) or '看不到'} |" for one in guide.rights]
    if guide.figures:
        lines += ["", "## 从这本台账算出的数", ""]
        lines += [f"- **{label}**：{definition}" for label, definition in guide.figures]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the folder anew."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"LAOQU_HOME": home, "DJANGO_SETTINGS_MODULE": "laoqu.settings"}
        import django

        django.setup()
        FOLDER.mkdir(exist_ok=True)
        for old in FOLDER.glob("*.md"):
            old.unlink()
        for name, text in pages().items():
            (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
