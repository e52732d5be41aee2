"""The client for the OffersLook Affiliate API: offer ids in, tracking links out."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, SupportsIndex, TypeVar, final

__all__ = ["Application", "Client", "Error", "Link", "Run", "__version__"]

__version__: str

_T_co = TypeVar("_T_co", covariant=True)

class Error(Exception):
    """Whatever goes wrong with the client, a run or an offer.

    str() says what happened. It holds no credentials.
    """

    kind: str
    """One stable word for programs, such as 'authentication' or 'unapproved'."""
    advice: str
    """One sentence that tells a person what to do next."""
    offer_id: int | None
    """The offer, if the error is about one offer alone."""

@final
class Link:
    """What came of one offer: a link, or an error in its place."""

    @property
    def id(self) -> int:
        """The offer."""
    @property
    def url(self) -> str | None:
        """The tracking link, or None."""
    @property
    def impression_pixel(self) -> str | None:
        """The HTML snippet that counts impressions, if there is one."""
    @property
    def error(self) -> Error | None:
        """Why there is no link, or None."""

@final
class Application:
    """What came of the application to one offer."""

    @property
    def id(self) -> int:
        """The offer."""
    @property
    def status(self) -> str | None:
        """The status of the application, if the API reports one: 'approved', 'pending' …"""
    @property
    def error(self) -> Error | None:
        """Why it is not known that the application was made, or None."""

@final
class Run(Generic[_T_co]):
    """A running job: an iterator over what came of each offer. Other Python threads run while it waits.

    A run that ends early raises an Error after its last item. It ends when it is dropped, as after a break.
    """

    def __iter__(self) -> Iterator[_T_co]: ...
    def __next__(self) -> _T_co: ...
    @property
    def calls(self) -> int:
        """How many calls the run has made so far."""
    def stop(self) -> None:
        """Stops the run, from any thread.

        The rest of its items say that they were not attempted, and then the iteration raises an Error of the kind
        'interrupted'.
        """
    def close(self) -> None:
        """Ends the run and its calls at once: there are no more items.

        If another thread is iterating, that one is stopped.
        """

@final
class Client:
    """A client for the API of one account. Any number of threads may share it.

    Every constructor takes these options:

    quota: the rate limit, as CALLS/SECONDS. Default: '50/10', which all affiliates of a network share.
    timeout: seconds for one call. Default: 30.
    connect_timeout: seconds for connecting. Default: 10.
    max_time: seconds for a whole run. Default: no limit.
    retries: how many times a failed call is repeated at most. Default: 4.
    max_in_flight: how many calls a run makes at a time. Default: 8.
    ids_per_request: how many ids one call carries at most. Default: 100.
    trust_missing_rows: report ids without a row as absent without proof. Default: False.
    root_certificate: certificate authorities to trust besides the system's, in PEM.
    """

    def __new__(
        cls,
        *,
        email: str,
        api_key: str,
        network: str | None = None,
        base_url: str | None = None,
        quota: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_time: float | None = None,
        retries: int | None = None,
        max_in_flight: int | None = None,
        ids_per_request: int | None = None,
        trust_missing_rows: bool | None = None,
        root_certificate: bytes | None = None,
    ) -> Client: ...
    @staticmethod
    def from_env(
        *,
        quota: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_time: float | None = None,
        retries: int | None = None,
        max_in_flight: int | None = None,
        ids_per_request: int | None = None,
        trust_missing_rows: bool | None = None,
        root_certificate: bytes | None = None,
    ) -> Client:
        """Creates a client from the environment.

        It reads OFFERSLOOK_NETWORK or OFFERSLOOK_BASE_URL, OFFERSLOOK_EMAIL and OFFERSLOOK_API_KEY.
        """
    def links(self, ids: Iterable[SupportsIndex]) -> Run[Link]:
        """Gets the tracking links of any number of offers: one Link per id, in input order, as soon as it is known.

        A run that ends early, because of a wrong key for example, raises an Error after the last Link.
        """
    def apply(self, ids: Iterable[SupportsIndex]) -> Run[Application]:
        """Applies to these offers, each once: one Application per id, in input order.

        An application that may or may not have been made has an error of the kind 'in_doubt', and is never sent again.
        """
    def offers(self, *, personal: bool = False) -> Run[dict[str, Any]]:
        """Lists the offers that this account can see, or with personal=True those that it is approved for.

        Each is a dict like the API's row: offer["offer"]["id"], offer["offer"]["name"] …
        If the list is not complete, an Error after the last offer says why.
        """
