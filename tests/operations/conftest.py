"""A model office, made once, and the copies of it that tests change."""

import shutil
from pathlib import Path

import pytest

from tests.operations.office import Office, copied


@pytest.fixture(scope="session")
def model_office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Path]:
    """An office on SQLite with one person and one uploaded file, and its backup."""
    folder = tmp_path_factory.mktemp("样板")
    office = Office(folder / "数据 文件夹")
    office.must("migrate")
    office.add_person("甲")
    office.report.parent.mkdir(parents=True)
    office.report.write_text("甲村", "utf-8")
    office.must("backup", str(folder / "备份.zip"))
    return office, folder / "备份.zip"


@pytest.fixture
def office(model_office: tuple[Office, Path], tmp_path: Path) -> Office:
    """A copy of the model office that a test may change."""
    return copied(model_office[0], tmp_path)


@pytest.fixture
def saved(model_office: tuple[Office, Path], tmp_path: Path) -> Path:
    """A copy of its backup that a test may damage."""
    return Path(shutil.copy(model_office[1], tmp_path / "备份.zip"))
