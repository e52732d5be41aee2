import itertools

import pytest
from conftest import Start

import offerslook


def test_the_links_of_two_offers(sandbox: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in sandbox().environment.items():
        monkeypatch.setenv(name, value)
    links = list(offerslook.Client.from_env().links([16, 102]))
    assert [link.id for link in links] == [16, 102]
    for link in links:
        assert link.error is None
        assert link.url and f"offer_id={link.id}&" in link.url
        assert link.impression_pixel and link.impression_pixel.startswith("<img")
        assert repr(link) == f"Link(id={link.id}, url={link.url!r})"


def test_every_id_has_one_outcome_whatever_fails(sandbox: Start) -> None:
    kinds = [{"kind": "status", "status": 503}, {"kind": "reset"}, {"kind": "cut_body"}, {"kind": "code", "code": 500}]
    faults = [{"when": {"probability": 0.0125}, "fault": kind} for kind in kinds]
    failing = sandbox(*faults, offers=4900)
    client = failing.client(ids_per_request=20)
    run = client.links(range(1, 5001))
    links = list(run)
    assert run.calls >= 250, "retries count, too"
    assert [link.id for link in links] == list(range(1, 5001))
    assert all((link.url is None) != (link.error is None) for link in links)
    errors = {link.id: link.error.kind for link in links if link.error}
    assert all(kind in ("unapproved", "absent") for kind in errors.values())
    assert all(errors[offer] == "absent" for offer in range(4901, 5001))
    assert failing.faults() > 5


def test_ids_are_read_as_they_are_needed(sandbox: Start) -> None:
    links = sandbox().client().links(itertools.cycle(range(1, 201)))
    assert [next(links).id for _ in range(1000)] == [*range(1, 201)] * 5


def test_no_ids_are_no_error(sandbox: Start) -> None:
    client = sandbox().client()
    assert not list(client.links([])) and not list(client.apply([]))


def test_applications_and_lists(sandbox: Start) -> None:
    client = sandbox().client()
    offers = list(client.offers())
    visible = [row["offer"]["id"] for row in offers]
    assert visible == sorted(visible) and len(visible) > 100
    assert isinstance(offers[0]["offer"]["payout"], str), "money is exact"
    approved = {row["offer"]["id"] for row in client.offers(personal=True)}
    to_apply = [offer for offer in visible if offer not in approved][:5]
    applications = list(client.apply(to_apply * 2))
    assert [made.id for made in applications] == to_apply, "each once"
    assert {made.status for made in applications} <= {"approved", "pending"}
    assert repr(applications[0]) == f"Application(id={to_apply[0]}, status={applications[0].status!r})"
