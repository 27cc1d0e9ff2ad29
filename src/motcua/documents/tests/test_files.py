"""Files are judged by what they are, kept once, and refused in words."""

from __future__ import annotations

import errno
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotFound
from motcua.base.time import VN
from motcua.documents import queries, services
from motcua.documents.models import StoredFile
from motcua.documents.rules import ALLOWED, FileEmpty, FileTooLarge, FileTypeForbidden, agrees

NOW = datetime(2026, 3, 10, 8, tzinfo=VN)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 40
EXE = b"MZ" + b"\0" * 100
HTML = b"<html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored(name: str, content: bytes) -> queries.FileFacts:
    return queries.file(services.store(name, [content], actor=SYSTEM, now=NOW))


@pytest.mark.parametrize(
    ("suffix", "found", "fits"),
    [
        (".pdf", {".pdf"}, True), (".pdf", {".png"}, False), (".jpg", {".jfif"}, True), (".docx", {".xlsx"}, False),
        (".exe", {".exe"}, False), (".pdf", set(), False), ("", {".pdf"}, False),
    ],
)  # fmt: skip
def test_content_must_be_what_the_name_promises(suffix, found, fits):
    assert agrees(suffix, found) is fits


def test_no_kind_runs_in_a_browser():
    assert not {".html", ".svg", ".xml", ".js"} & set(ALLOWED)


@pytest.mark.django_db
class TestStore:
    @pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("a.PNG", PNG), ("ảnh thẻ.jpg", JPEG)])
    def test_a_permitted_file_comes_back_as_it_was(self, name, content):
        kept = stored(name, content)
        assert (kept.name, kept.size, queries.content(kept.id)) == (name, len(content), content)

    @pytest.mark.parametrize(
        ("name", "content"),
        [("a.exe", EXE), ("a.pdf", EXE), ("a.pdf", HTML), ("a.html", HTML), ("a.svg", b"<svg/>"), ("a", PDF), ("a.pdf.exe", PDF)],
    )
    def test_a_forbidden_or_disguised_file_is_refused_by_name(self, name, content):
        with pytest.raises(FileTypeForbidden, match=name.replace(".", r"\.")):
            stored(name, content)
        assert not StoredFile.objects.exists()

    def test_an_empty_file_is_refused(self):
        with pytest.raises(FileEmpty):
            stored("a.pdf", b"")

    def test_too_large_is_noticed_while_reading_and_the_rest_is_never_read(self, settings):
        settings.MAX_UPLOAD_BYTES = 1024 * 1024
        read = []

        def chunks():
            for number in range(100):
                read.append(number)
                yield b"x" * 500_000

        with pytest.raises(FileTooLarge, match="1 MB"):
            services.store("a.pdf", chunks(), actor=SYSTEM, now=NOW)
        assert len(read) == 3

    @pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\Users\\x\\passwd.pdf", "/etc/passwd.pdf"])
    def test_a_path_in_a_name_leads_nowhere(self, name):
        kept = stored(name, PDF)
        assert kept.name == "passwd.pdf" and ".." not in kept.path

    def test_the_same_content_lies_on_the_storage_once(self, tmp_path):
        one, two = stored("a.pdf", PDF), stored("b.pdf", PDF)
        assert one.path == two.path and one.id != two.id
        assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
        assert queries.names([one.id, two.id]) == {one.id: "a.pdf", two.id: "b.pdf"}

    def test_a_full_disk_is_said_and_leaves_no_row(self, monkeypatch):
        def full(*args: object, **kwargs: object) -> str:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(default_storage, "save", full)
        with pytest.raises(services.StorageFull, match="đã đầy"):
            stored("a.pdf", PDF)
        assert not StoredFile.objects.exists()

    def test_an_unknown_file_is_not_found(self):
        with pytest.raises(NotFound):
            queries.file(0)
