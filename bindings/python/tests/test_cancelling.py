"""Loops that end early. The sandbox never answers in time: what does not end at once runs into a limit."""

import contextlib
import functools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Start

import offerslook

SILENT = {"when": {"after": 1}, "fault": {"kind": "delay", "seconds": 300}}
LIMIT = 60


def wait_until(is_true: Callable[[], bool]) -> None:
    limit = time.monotonic() + LIMIT
    while not is_true():
        assert time.monotonic() < limit
        os.sched_yield()


def calls() -> int:
    """The number of threads that make calls."""
    names = []
    for thread in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):  # It has ended.
            names.append((thread / "comm").read_text().strip())
    return names.count("offerslook")


def in_flight(sandbox: Start) -> "offerslook.Run[offerslook.Link]":
    """A run whose first id is answered, and whose next calls are in flight."""
    links = sandbox(SILENT).client(ids_per_request=1, timeout=200).links(range(1, 100))
    assert next(links).id == 1
    return links


def test_leaving_a_loop_ends_its_calls(sandbox: Start) -> None:
    for _ in sandbox(SILENT).client().links(range(1, 200)):
        break
    wait_until(lambda: calls() == 0)


def test_dropping_a_run_ends_its_calls(sandbox: Start) -> None:
    links = in_flight(sandbox)
    assert calls() > 0
    del links
    wait_until(lambda: calls() == 0)


def test_closing_a_run_ends_its_calls(sandbox: Start) -> None:
    links = in_flight(sandbox)
    links.close()
    wait_until(lambda: calls() == 0)
    assert list(links) == []


def test_another_thread_stops_a_run_that_waits(sandbox: Start) -> None:
    links = in_flight(sandbox)
    # It could not run if the loop held on to the interpreter.
    threading.Thread(target=links.stop).start()
    rest = []
    with pytest.raises(offerslook.Error) as raised:
        for link in links:
            rest.append(link)
    assert raised.value.kind == "interrupted"
    assert [link.id for link in rest] == list(range(2, 100))
    assert all(link.error and link.error.kind == "not_attempted" for link in rest)
    wait_until(lambda: calls() == 0)


def test_a_run_cannot_be_iterated_from_within() -> None:
    def ids() -> Iterator[int]:
        next(links)
        yield 1

    client = offerslook.Client(email="me@example.com", api_key="key", base_url="http://127.0.0.1:1")
    links = client.links(ids())
    with pytest.raises(RuntimeError, match="this run is being iterated already"):
        next(links)


PROGRAM = """
import offerslook
def ids():
    for offer in range(1, 100):
        if offer == 50:
            print("waiting", flush=True)
        yield offer
for link in offerslook.Client.from_env(timeout=200, ids_per_request=30).links(ids()):
    pass
"""


def test_ctrl_c(sandbox: Start) -> None:
    environment = {**os.environ, **sandbox(SILENT).environment}
    command = [sys.executable, "-c", PROGRAM]
    # Whoever runs the tests in the background has Ctrl-C ignored, also by what they start.
    heeded = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, env=environment, text=True, stdout=-1, stderr=-1, preexec_fn=heeded
    ) as process:
        try:
            assert process.stdout and process.stdout.readline() == "waiting\n"
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate(timeout=LIMIT)
        finally:
            process.kill()
    assert stderr.endswith("KeyboardInterrupt\n")
    assert process.returncode == -signal.SIGINT


def test_ctrl_c_while_an_id_is_read(sandbox: Start) -> None:
    def ids() -> Iterator[int]:
        yield from range(1, 5)
        raise KeyboardInterrupt

    links = sandbox({"fault": {"kind": "delay", "seconds": 300}}).client(timeout=200).links(ids())
    with pytest.raises(KeyboardInterrupt):
        next(links)
    wait_until(lambda: calls() == 0)
