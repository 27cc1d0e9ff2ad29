"""A small record of the portal's shape, files of records, the real data when it is at hand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REAL_DATA = Path(__file__).resolve().parents[5] / "shared" / "data" / "tthc"
CHANNELS = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
BASES = "Tên văn bản pháp lýMã văn bản"


def record(**changes: Any) -> dict[str, Any]:
    """A record that leaves nothing to remark, with `changes`."""
    return {
        "ma_thu_tuc": "1.900001",
        "detail_url": "https://example.vn/1",
        "formality_id": "1",
        "ten_thu_tuc": "Cấp giấy phép thử nghiệm",
        "so_quyet_dinh": "12/QĐ-BTP",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "loai_thu_tuc": "TTHC được giao luật quy định chi tiết",
        "linh_vuc": "Hộ tịch",
        "doi_tuong_thuc_hien": "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "trinh_tu_thuc_hien": "Bước 1: Nộp hồ sơ.",
        "cach_thuc_thuc_hien": f"{CHANNELS}Trực tuyến5 Ngày làm việcMiễn phíTrực tiếp5 Ngày làm việcMiễn phí",
        "thanh_phan_ho_so": f"--{PAPERS}- Tờ khai mẫuMẫu số 01.docx1 bản chínhGiấy tờ0 bản chính,1 bản sao",
        "can_cu_phap_ly": f"{BASES}Luật Hộ tịch60/2014/QH13",
        "ket_qua_xu_ly": "Giấy phépMã: KQ.G15.000031Từ khóaKhông có thông tinMô tảKhông có thông tin",
        **changes,
    }


def lines(*records: dict[str, Any]) -> bytes:
    """The records as a file's content."""
    return b"".join(json.dumps(r, ensure_ascii=False).encode() + b"\n" for r in records)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file of this content and gives its path; a name ending in .gz is packed."""

    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return write


@pytest.fixture
def real_files() -> list[Path]:
    """The national records beside the repository; a clear skip where they are not."""
    found = sorted(REAL_DATA.glob("*.jsonl.gz"))
    if not found:
        pytest.skip(f"the national records are not at {REAL_DATA}")
    return found
