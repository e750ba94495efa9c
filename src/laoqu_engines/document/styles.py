"""The styles and settings of our documents: few, named as Word names them (outline pane)."""

from __future__ import annotations

from .look import (
    FANGSONG,
    HEITI,
    KAITI,
    LINE,
    NAMESPACES,
    SIZE_2,
    SIZE_4,
    SONGTI,
    XIAOBIAOSONG,
    RunLook,
)

# No extra space between Chinese and digits (1449万元), lines broken at any character.
_TYPESETTING = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/>'


def _style(kind: str, key: str, name: str, content: str, *, default: bool = False) -> str:
    base = "" if default or kind != "paragraph" else '<w:basedOn w:val="Normal"/>'
    mark = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}"{mark} w:styleId="{key}"><w:name w:val="{name}"/>{base}'
        f"<w:qFormat/>{content}</w:style>"
    )


def _heading(level: int, font: str) -> str:
    outline = f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
    look = RunLook(font).xml()
    return _style("paragraph", f"Heading{level}", f"heading {level}", outline + look)


def _all() -> str:
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
    table = (
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    lang = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = RunLook(FANGSONG).xml().replace("</w:rPr>", lang + "</w:rPr>")
    small = RunLook(SONGTI, 21).xml()
    return "".join(
        (
            f"<w:docDefaults><w:rPrDefault>{defaults}</w:rPrDefault><w:pPrDefault/></w:docDefaults>",
            _style(
                "paragraph",
                "Normal",
                "Normal",
                f"<w:pPr>{_TYPESETTING}{spacing}</w:pPr>",
                default=True,
            ),
            _style("character", "DefaultParagraphFont", "Default Paragraph Font", "", default=True),
            _style("table", "TableNormal", "Normal Table", table, default=True),
            _style("paragraph", "Title", "Title", RunLook(XIAOBIAOSONG, SIZE_2).xml()),
            *(_heading(n, f) for n, f in enumerate((HEITI, KAITI, FANGSONG, FANGSONG), 1)),
            _style("paragraph", "Footer", "footer", RunLook(SONGTI, SIZE_4).xml()),
            _style(
                "paragraph",
                "CommentText",
                "annotation text",
                '<w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>' + small,
            ),
            _style("character", "CommentReference", "annotation reference", small),
        )
    )


STYLES = f"<w:styles {NAMESPACES}>{_all()}</w:styles>"

# Odd and even pages differ, punctuation keeps its full width, a line break does not stretch a line.
SETTINGS = f"""<w:settings {NAMESPACES}><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>\
<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/>\
<w:useFELayout/><w:compatSetting w:name="compatibilityMode" \
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>\
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"""
