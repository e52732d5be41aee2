import copy
import pickle
import traceback
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Start

import offerslook


def check(error: offerslook.Error, kind: str, offer_id: int | None = None) -> None:
    assert (error.kind, error.offer_id) == (kind, offer_id)
    assert str(error) and error.advice.endswith(".")


def test_a_wrong_key_ends_the_run(sandbox: Start) -> None:
    key = "feedfacefeedfacefeedfacefeedface"
    client = sandbox().client(api_key=key)
    links = client.links([16, 102])
    for offer in 16, 102:
        error = next(links).error
        assert error
        check(error, "not_attempted", offer)
        assert isinstance(error, offerslook.Error) and pickle.loads(pickle.dumps(error)).offer_id == offer
        assert copy.copy(error).advice == error.advice
    with pytest.raises(offerslook.Error) as raised:
        next(links)
    check(raised.value, "authentication")
    assert next(links, None) is None
    ended = raised.value
    link, application = next(client.links([16])), next(client.apply([16]))
    shown = [repr(each) for each in (offerslook.Client, client, links, link, application, ended, vars(ended))]
    for text in [*shown, str(ended), *traceback.format_exception(ended)]:
        assert key not in text and "@" not in text
    assert key.encode() not in pickle.dumps(ended)
    for secret in client, links:
        with pytest.raises(TypeError, match="cannot pickle"):
            pickle.dumps(secret)


@pytest.mark.parametrize("bad", [0, -1, 2**64, "16", None, 1.5, float("nan"), [16]])
def test_a_bad_id_ends_the_run_after_those_before_it(sandbox: Start, bad: Any) -> None:
    client = sandbox().client()
    links = client.links([16, 102, bad, 103])
    assert [next(links).id, next(links).id] == [16, 102]
    with pytest.raises(offerslook.Error, match="at position 2 of the input is not an offer id") as raised:
        next(links)
    check(raised.value, "invalid_offer_id")
    assert next(links, None) is None
    with pytest.raises(offerslook.Error, match="at position 2 of the input"):
        client.apply([16, 102, bad])


def test_an_error_of_the_input_is_raised_after_the_ids_before_it(sandbox: Start) -> None:
    def ids() -> Iterator[int]:
        yield 16
        raise FileNotFoundError("ids.txt")

    links = sandbox().client().links(ids())
    assert next(links).id == 16
    with pytest.raises(FileNotFoundError, match="ids.txt"):
        next(links)
    with pytest.raises(TypeError, match="not iterable|object is not"):
        sandbox().client().links(16)  # type: ignore[arg-type]


def test_a_dead_server(sandbox: Start) -> None:
    dead = sandbox()
    dead.end()
    links = dead.client(retries=0).links([16, 102])
    for offer in 16, 102:
        error = next(links).error
        assert error and "cannot connect to 127.0.0.1" in str(error)
        check(error, "transient", offer)
    with pytest.raises(offerslook.Error, match="cannot connect") as raised:
        list(dead.client(retries=0).offers())
    check(raised.value, "transient")


def test_offers_without_a_link(sandbox: Start) -> None:
    errors = [link.error for link in sandbox().client().links(range(1, 301)) if link.error]
    assert {error.kind for error in errors} == {"unapproved", "absent"}
    error = next(error for error in errors if error.offer_id == 300)
    check(error, "absent", 300)
    with pytest.raises(offerslook.Error, match="the API has no row for this id"):
        raise error


@pytest.mark.parametrize(
    "wrong",
    [
        {"network": "acme"},
        {"base_url": None},
        {"base_url": "http://gateway.internal"},
        {"email": ""},
        {"api_key": "two\nlines"},
        {"quota": "fast"},
        {"timeout": -1},
        {"retries": 1000},
        {"root_certificate": b"no certificate"},
    ],
)
def test_wrong_settings(sandbox: Start, wrong: dict[str, Any]) -> None:
    with pytest.raises(offerslook.Error) as raised:
        sandbox().client(**wrong)
    check(raised.value, "configuration")
    assert "lines" not in str(raised.value)


def test_an_option_that_does_not_exist(sandbox: Start) -> None:
    with pytest.raises(TypeError, match="there is no option 'retry'"):
        sandbox().client(retry=1)


def test_a_missing_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "NETWORK", "BASE_URL", "EMAIL", "API_KEY":
        monkeypatch.delenv(f"OFFERSLOOK_{name}", raising=False)
    with pytest.raises(offerslook.Error, match="OFFERSLOOK_NETWORK") as raised:
        offerslook.Client.from_env()
    check(raised.value, "configuration")
    assert offerslook.Error("mine").kind == "other"
