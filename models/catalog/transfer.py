"""Asking a server for a file: what is asked, what comes back, and to where a redirect may lead.

Who really speaks to the network is handed in: QGIS's network stack in QGIS, httpx headless, a script in tests.
"""

from dataclasses import dataclass, field
from typing import Callable, Iterator, Mapping, Sequence
from urllib.parse import urljoin, urlsplit

from ..cancel import CancelToken
from ..errors import DownloadFailed

#: Redirects that are followed.
_HOPS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Ask:
    """``start``: byte from which on; ``tag``: what the server called the file that the bytes before are of, "" unknown.

    Whoever fetches sends ``Range`` for a start above 0, ``If-Range`` with a tag, ``Accept-Encoding: identity``, and follows
    no redirect.
    """

    address: str
    start: int = 0
    tag: str = ""


@dataclass
class Reply:
    """``headers``: by lower-case name. ``body``: its bytes as they come; raises DownloadFailed of kind "network" or Cancelled.

    ``close``: lets go of the connection, at any time.
    """

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]
    close: Callable[[], None] = field(default=lambda: None)


#: Raises DownloadFailed of kind "network" (no answer) or "tls", and Cancelled. Called on a worker.
Fetch = Callable[[Ask, CancelToken], Reply]


def ask(fetch: Fetch, wish: Ask, name: str, hosts: Sequence[str], cancel: CancelToken) -> Reply:
    """The answer to ``wish``, after redirects to its own host or to one of ``hosts`` or below them, over https only.

    Raises DownloadFailed of kind "redirect", and what ``fetch`` raises.
    """
    address = wish.address
    first = urlsplit(address)
    if first.scheme != "https" and not (first.scheme == "http" and first.hostname in _HERE):
        raise DownloadFailed(name, "redirect", "its address is not https")
    for _ in range(_HOPS + 1):
        reply = fetch(Ask(address, wish.start, wish.tag), cancel)
        if reply.status not in _REDIRECTS:
            return reply
        reply.close()
        address = urljoin(address, reply.headers.get("location", ""))
        split = urlsplit(address)
        if split.scheme != first.scheme:
            raise DownloadFailed(name, "redirect", f"the server leads on to {split.scheme}")
        host = split.hostname or ""
        if host != first.hostname and not any(host == known or host.endswith(f".{known}") for known in hosts):
            raise DownloadFailed(name, "redirect", f"the server leads on to {host[:80]}")
    raise DownloadFailed(name, "redirect", "the server leads in circles")
