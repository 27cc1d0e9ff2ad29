"""`motcua processes`: whether every procedure in force has an electronic process, and which only have the default."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    """0 when every procedure has a process; lists those that follow the default one."""
    from motcua.base.time import local_date
    from motcua.kit import clock
    from motcua.processes import queries

    today = local_date(clock.now())
    own, default = queries.uses(today)
    whole = not default or "" in queries.versions_on(today)
    share = "100" if whole else f"{100 * len(own) / (len(own) + len(default)):.1f}".replace(".", ",")
    print(f"{share} % thủ tục đang có hiệu lực có quy trình điện tử.")
    print(f"{len(own)} thủ tục có quy trình riêng; {len(default)} thủ tục dùng quy trình mặc định:")
    for code, name in default:
        print(f"  {code}  {name}")
    return 0 if whole else 1
