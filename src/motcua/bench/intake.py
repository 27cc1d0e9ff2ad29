"""An authenticated API call that receives a dossier, over HTTP with 16 keep-alive clients, beside plain INSERTs."""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from datetime import datetime

import psycopg

from motcua.base.time import local_date
from motcua.bench import clients, plain_rows, province
from motcua.bench.context import Context, Line, at_most, beside_floor, free_port, percentile, running
from motcua.kit import clock

CLIENTS, PROCESSES, THREADS = 16, 2, 4
WARM_UP_SECONDS, ROUND_SECONDS, ROUNDS = 3.0, 3.0, 4
BAR_RATIO, BAR_P99_MS = 0.40, 100.0
PATH = "/api/v1/dossiers"


def run(context: Context) -> Iterator[Line]:
    """Server and floor in turn, so that a busy machine is unkind to both alike."""
    now = clock.now()
    requests = [_request(counter) for counter in province.build(now=now)]
    address = ("127.0.0.1", free_port())
    with running(context.serve(address[1], context.state / "bench-server.log")), _pool() as pool:
        _ours(pool, address, requests, WARM_UP_SECONDS)
        sample = _sample(context)
        _floor(pool, sample, 1.0)
        ours, floor = clients.Tally(), [0.0, 0.0]
        for number in range(1, ROUNDS + 1):
            done, spent = _floor(pool, sample, ROUND_SECONDS)
            floor = [floor[0] + done, floor[1] + spent]
            tally = _ours(pool, address, requests, ROUND_SECONDS)
            ours.milliseconds += tally.milliseconds
            ours.seconds += tally.seconds
            context.say(
                f"lượt {number}: API {len(tally.milliseconds) / tally.seconds:,.0f}/giây, nền {done / spent:,.0f}/giây"
            )
    _check_codes(now)
    value, least = len(ours.milliseconds) / ours.seconds, floor[0] / floor[1]
    yield beside_floor("intake", "dossiers received", value, "1/s", floor=least, bar=BAR_RATIO)
    yield at_most("intake", "p99", percentile(ours.milliseconds, 0.99), "ms", bar=BAR_P99_MS)


def _pool() -> multiprocessing.pool.Pool:  # type: ignore[name-defined]
    """Fresh processes: they share neither the lock nor the connections of this one."""
    return multiprocessing.get_context("spawn").Pool(PROCESSES)


def _ours(pool, address: tuple[str, int], requests: list[bytes], seconds: float) -> clients.Tally:  # type: ignore[no-untyped-def]
    tally = pool.apply(clients.drive, (address, requests), {"clients": CLIENTS, "seconds": seconds})
    if tally.failures:
        raise AssertionError(f"{tally.failures} requests were not accepted, the first: {tally.first_failure}")
    return tally


def _floor(pool, sample: plain_rows.Sample, seconds: float) -> tuple[int, float]:  # type: ignore[no-untyped-def]
    begun = time.perf_counter()
    work = (os.environ["DATABASE_URL"], sample)
    parts = [
        pool.apply_async(plain_rows.write_for, work, {"threads": THREADS, "seconds": seconds})
        for _ in range(PROCESSES)
    ]
    return sum(part.get() for part in parts), time.perf_counter() - begun


def _sample(context: Context) -> plain_rows.Sample:
    """The rows of a dossier that the server has written, with a word on what the server promises to keep."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        sure = [connection.execute(f"SHOW {name}").fetchone()[0] for name in ("synchronous_commit", "fsync")]  # type: ignore[index]
        (last,) = connection.execute("SELECT max(id) FROM dossiers_dossier").fetchone()  # type: ignore[misc]
        sample = plain_rows.sample_of(connection, last)
    if sure[0] != "on":
        raise AssertionError("synchronous_commit must be on")
    context.say(f"một hồ sơ: {sample.rows} dòng chèn ở nền; synchronous_commit {sure[0]}, fsync {sure[1]}")
    return sample


def _check_codes(now: datetime) -> None:
    """No gap and nothing twice in any counter's codes of the day, whoever wrote them."""
    query = """
        SELECT count(*) FROM (
            SELECT s.last, count(d.id) AS given FROM dossiers_dailysequence s
            LEFT JOIN dossiers_dossier d ON d.intake_unit_id = s.unit_id
            WHERE s.day = %s GROUP BY s.id, s.last) t WHERE last <> given
    """
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        (gaps,) = connection.execute(query, [local_date(now)]).fetchone()  # type: ignore[misc]
    if gaps:
        raise AssertionError(f"{gaps} counters have gaps in their codes")


def _request(counter: province.Counter) -> bytes:
    body = {
        "procedure": province.PROCEDURE.code, "unit": counter.unit, "intake_unit": counter.intake_unit,
        "channel": "direct",
        "owner": {
            "kind": "citizen", "number": clients.PLACEHOLDER.decode(), "name": "Nguyễn Văn Thử", "born": "1990-01-01",
            "sex": "Nam", "phone": "0900000001", "email": "thu@example.vn", "address": "Số 1, thôn Mẫu, xã Mẫu",
        },
        "components": [{"component": number, "originals": 1} for number in counter.papers],
    }  # fmt: skip
    return clients.post(PATH, key=counter.key, body=json.dumps(body, ensure_ascii=False).encode())

