"""Settings of the private server: safe above all, sized to the machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_MB = 1024 * 1024


def settings(*, sockets: Path, memory: int | None = None) -> dict[str, str]:
    """PostgreSQL settings for a machine shared with the application. memory: bytes, measured when not given.

    Nothing is traded for speed that an acknowledged write could pay for: fsync and synchronous_commit stay on.
    """
    megabytes = (memory or usable_memory()) // _MB
    return {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "120",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "shared_buffers": f"{_between(64, megabytes // 6, 4096)}MB",
        "effective_cache_size": f"{_between(256, megabytes // 2, 16384)}MB",
        "work_mem": f"{_between(8, megabytes // 256, 64)}MB",
        "maintenance_work_mem": f"{_between(64, megabytes // 24, 1024)}MB",
        "max_wal_size": "4GB",
        "min_wal_size": "256MB",
        "wal_compression": "on",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "effective_io_concurrency": "100",
        "jit": "off",
        "timezone": "Asia/Ho_Chi_Minh",
        "log_timezone": "Asia/Ho_Chi_Minh",
        "dynamic_shared_memory_type": "posix" if _roomy(Path("/dev/shm")) else "mmap",
    }


def usable_memory() -> int:
    """Bytes of the machine, or of the container if that is less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
    except OSError:
        return machine
    return min(machine, int(limit)) if limit.isdigit() else machine


def _between(low: int, value: int, high: int) -> int:
    return max(low, min(value, high))


def _roomy(folder: Path) -> bool:
    """Containers often give 64 MB of shared memory, too little for a parallel query."""
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).total >= 512 * _MB
