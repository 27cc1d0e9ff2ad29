"""A backup restored is the same database and the same files; a bad archive or a failure half-way changes nothing."""

from __future__ import annotations

import argparse
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from motcua.cli import archive, transfer

SOURCE, TARGET = "motcua_backup_source", "motcua_backup_target"


def _address(name: str) -> str:
    settings = connection.settings_dict
    user = f"{settings['USER']}:{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else settings["USER"]
    return (
        f"postgresql://{user}@/{name}?host={quote(settings['HOST'], safe='')}&port={settings['PORT'] or 5432}"
    )


@pytest.fixture
def databases(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Two databases beside the tests' own: a copy of it with rows of every kind, and an empty one."""
    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        for name in (SOURCE, TARGET):
            server.execute(f"drop database if exists {name} with (force)")
            server.execute(f"create database {name}")
        yield
        for name in (SOURCE, TARGET):
            server.execute(f"drop database if exists {name} with (force)")


def _fill(rows: int) -> None:
    with psycopg.connect(_address(SOURCE)) as source:
        source.execute("create extension if not exists pg_trgm")
        source.execute(
            "create table paper (id bigint generated always as identity primary key, words text, scan bytea)"
        )
        source.execute("create index on paper using gin (words gin_trgm_ops)")
        source.execute(
            "insert into paper (words, scan) select 'Nguyễn Văn Thử \\ ' || n || chr(9) || chr(10), decode(md5(n::text), 'hex')"
            " from generate_series(1, %s) n",
            [rows],
        )


def _content(name: str) -> list[tuple]:
    with psycopg.connect(_address(name)) as found:
        return found.execute("select * from paper order by id").fetchall()


def test_rows_come_back_equal_and_numbering_goes_on(databases, monkeypatch, tmp_path):
    _fill(500)
    monkeypatch.setenv("DATABASE_URL", _address(SOURCE))
    transfer.dump(tmp_path / "dump")
    monkeypatch.setenv("DATABASE_URL", _address(TARGET))
    transfer.replace(tmp_path / "dump")
    assert _content(TARGET) == _content(SOURCE)
    with psycopg.connect(_address(TARGET)) as target:
        assert target.execute("insert into paper (words) values ('x') returning id").fetchone() == (501,)


def test_a_restore_removes_what_the_backup_did_not_have(databases, monkeypatch, tmp_path):
    _fill(3)
    monkeypatch.setenv("DATABASE_URL", _address(SOURCE))
    transfer.dump(tmp_path / "dump")
    with psycopg.connect(_address(SOURCE)) as source:
        source.execute("create table later (id int)")
        source.execute("delete from paper")
    transfer.replace(tmp_path / "dump")
    assert len(_content(SOURCE)) == 3
    with psycopg.connect(_address(SOURCE)) as source:
        assert source.execute("select to_regclass('later')").fetchone() == (None,)


def test_a_dump_cut_short_leaves_the_database_as_it_was(databases, monkeypatch, tmp_path):
    _fill(20_000)
    monkeypatch.setenv("DATABASE_URL", _address(SOURCE))
    transfer.dump(tmp_path / "dump")
    whole = (tmp_path / "dump").read_bytes()
    (tmp_path / "dump").write_bytes(whole[: len(whole) * 2 // 3])
    before = _content(SOURCE)
    with pytest.raises(transfer.TransferFailed):
        transfer.replace(tmp_path / "dump")
    assert _content(SOURCE) == before


@pytest.fixture
def stored(tmp_path: Path) -> tuple[Path, Path]:
    """An archive with three files of awkward names and contents; gives it and the files' folder."""
    files = tmp_path / "files"
    for name, content in {
        "a/giấy tờ.pdf": b"%PDF",
        "b/trống": b"",
        "c.bin": bytes(range(256)) * 5000,
    }.items():
        (files / name).parent.mkdir(parents=True, exist_ok=True)
        (files / name).write_bytes(content)
    (tmp_path / "dump").write_bytes(b"rows" * 1000)
    archive.write(tmp_path / "b.tar", dump=tmp_path / "dump", files=files, facts={"server_version": 180006})
    return tmp_path / "b.tar", files


def test_files_come_back_equal(stored, tmp_path):
    packed, files = stored
    manifest = archive.unpack(packed, into=tmp_path / "out")
    assert manifest["server_version"] == 180006
    assert subprocess.run(["diff", "-r", files, tmp_path / "out" / "files"]).returncode == 0
    assert (tmp_path / "out" / archive.DUMP).read_bytes() == b"rows" * 1000


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_an_archive_cut_short_is_refused(stored, tmp_path, share):
    packed, _ = stored
    content = packed.read_bytes()
    packed.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(archive.ArchiveDamaged):
        archive.unpack(packed, into=tmp_path / "out")


@pytest.mark.parametrize("member", ["database.dump", "files/c.bin", "manifest"])
def test_one_changed_byte_is_found(stored, tmp_path, member):
    packed, _ = stored
    with tarfile.open(packed) as tar:
        entry = next(entry for entry in tar if entry.name.startswith(member))
    with packed.open("r+b") as file:
        file.seek(entry.offset_data + entry.size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(archive.ArchiveDamaged):
        archive.unpack(packed, into=tmp_path / "out")


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/../../outside", "other/file"])
def test_a_name_that_points_elsewhere_is_refused(tmp_path, name):
    (tmp_path / "x").write_text("x")
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        tar.add(tmp_path / "x", arcname=name)
    (tmp_path / "out").mkdir()
    with pytest.raises(archive.ArchiveDamaged):
        archive.unpack(tmp_path / "b.tar", into=tmp_path / "out")
    assert not (tmp_path / "outside").exists()


def test_a_link_in_an_archive_is_refused(tmp_path):
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        entry = tarfile.TarInfo("files/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)
    with pytest.raises(archive.ArchiveDamaged):
        archive.unpack(tmp_path / "b.tar", into=tmp_path / "out")


def test_an_existing_backup_is_not_overwritten(tmp_path, settings):
    from motcua.cli import backup

    kept = tmp_path / "old.tar"
    kept.write_text("precious")
    assert backup.run(argparse.Namespace(file=kept, force=False)) == 1
    assert kept.read_text() == "precious"
