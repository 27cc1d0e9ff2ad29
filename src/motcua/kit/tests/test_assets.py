"""The lock names packages and hashes, never a registry; the built assets survive the manifest.

Fonts have our letters.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from motcua.kit import assets

ROOT = Path(__file__).resolve().parents[4]
TONES = "\u0300\u0309\u0303\u0301\u0323"
VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY" + "".join(
    unicodedata.normalize("NFC", letter + tone) for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in TONES
)


def _packages() -> dict[str, Any]:
    return json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]


def test_the_lock_has_hashes_and_no_addresses() -> None:
    assert "://" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert all(package.get("integrity") for name, package in _packages().items() if name)


def test_packages_are_pinned_exactly() -> None:
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = {**manifest["dependencies"], **manifest["devDependencies"]}
    assert all(version[0].isdigit() for version in versions.values())
    assert versions == {name: _packages()[f"node_modules/{name}"]["version"] for name in versions}


def _repository(folder: Path) -> Path:
    for name in map(str, assets._INPUTS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_a_second_install_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = _repository(tmp_path)
    (root / ".motcua/assets").mkdir(parents=True)
    (root / ".motcua/assets/STAMP").write_text(assets._stamp(root), encoding="utf-8")
    monkeypatch.setattr(assets, "_fetch", lambda *args, **kwargs: pytest.fail("fetched again"))
    assert assets.install(root, progress=lambda line: None) == root / ".motcua/assets"


def test_a_changed_lock_makes_a_new_install(tmp_path: Path) -> None:
    root = _repository(tmp_path)
    before = assets._stamp(root)
    (root / "package-lock.json").write_text("other", encoding="utf-8")
    assert assets._stamp(root) != before


def test_a_failed_command_is_told_and_leaves_the_old_assets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _repository(tmp_path)
    (root / ".npmrc").write_text("", encoding="utf-8")
    (root / ".motcua/assets").mkdir(parents=True)
    (root / ".motcua/assets/old.css").write_text("", encoding="utf-8")
    monkeypatch.setattr(assets, "_tools", lambda: (Path("/bin/false"), ["/bin/false"]))
    with pytest.raises(assets.AssetsError):
        assets.install(root, progress=lambda line: None)
    assert (root / ".motcua/assets/old.css").exists()


def test_without_node_the_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets.shutil, "which", lambda name: None)
    monkeypatch.setattr(assets.sysconfig, "get_path", lambda name: str(tmp_path))
    with pytest.raises(assets.AssetsError, match="Node ≥ 18"):
        assets._tools()


def test_every_address_in_the_styles_resolves_under_the_manifest(tmp_path: Path) -> None:
    manifest = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=str(tmp_path), STORAGES={**settings.STORAGES, "staticfiles": manifest}
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    paths = json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    tokens = (tmp_path / paths["motcua/tokens.css"]).read_text(encoding="utf-8")
    assert Path(paths["fonts/be-vietnam-pro-vietnamese-400.woff2"]).name in tokens
    assert "vendor/govuk.css" in paths


def test_the_print_fonts_miss_no_vietnamese_letter() -> None:
    from fontTools.ttLib import TTFont

    for path in sorted((Path(settings.ASSETS) / "fonts").glob("*.ttf")):
        letters = TTFont(path).getBestCmap()
        assert [letter for letter in VIETNAMESE if ord(letter) not in letters] == [], path.name
