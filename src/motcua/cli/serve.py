"""`motcua serve`: the web server of a real installation. The worker runs beside it as a service of its own."""

from __future__ import annotations

import argparse

from motcua.cli import application, children, web
from motcua.cli.bootstrap.places import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định 127.0.0.1, sau máy chủ chuyển tiếp)"
    )
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    parser.add_argument("--workers", type=int, help="số tiến trình (mặc định theo số lõi, tối đa 4)")


def run(arguments: argparse.Namespace) -> int:
    web.check_port(arguments.host, arguments.port)
    web.install_assets()
    application.prepare()
    web.collect_static()
    server = web.start(host=arguments.host, port=arguments.port, workers=arguments.workers)
    say(f"Đang phục vụ tại http://{arguments.host}:{arguments.port}")
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0  # how a server is meant to end
    finally:
        children.stop([server])
