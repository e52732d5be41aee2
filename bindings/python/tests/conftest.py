import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

import offerslook


class Sandbox:
    """A fake service on this machine, in a process of its own."""

    def __init__(self, *arguments: str) -> None:
        command = [os.environ.get("OFFERSLOOK_COMMAND", "offerslook"), "sandbox", "--quiet", "--max-time", "600"]
        self.process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.account: dict[str, str] = json.loads(self.process.stdout.readline())

    @property
    def environment(self) -> dict[str, str]:
        return {f"OFFERSLOOK_{name.upper()}": value for name, value in self.account.items()}

    def client(self, **options: Any) -> offerslook.Client:
        return offerslook.Client(**{**self.account, "quota": "10000/1", **options})

    def end(self) -> None:
        self.process.kill()
        self.process.wait()

    def faults(self) -> int:
        """The number of calls that faults have changed."""
        passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
        address = self.account["base_url"]
        passwords.add_password(None, address, self.account["email"], self.account["api_key"], is_authenticated=True)
        opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords))
        with opener.open(f"{address}/sandbox/v1/faults") as answer:
            return sum(json.load(answer)["data"]["faults"]["fired"])


class Start(Protocol):
    def __call__(self, *rules: dict[str, Any], offers: int = 200) -> Sandbox: ...


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Start]:
    """Starts sandboxes with faults, and ends them with the test."""
    started: list[Sandbox] = []

    def start(*rules: dict[str, Any], offers: int = 200) -> Sandbox:
        faults = tmp_path / f"faults{len(started)}.json"
        faults.write_text(json.dumps({"seed": 7, "rules": rules}))
        started.append(Sandbox("--no-quota", "--offers", str(offers), "--faults", str(faults)))
        return started[-1]

    yield start
    for each in started:
        each.end()
