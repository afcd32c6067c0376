"""Without QGIS: fetching through the package huggingface_hub's own session, and what its cache holds of a repository.

The package is optional and imported here alone. Nothing of it runs a model's code: it is asked for files.
"""

import os
from pathlib import Path
from typing import Any, Iterator, Optional

from ..cancel import CancelToken
from ..errors import DownloadFailed, RuntimeMissing
from .transfer import Ask, Fetch, Reply

#: Less is lost with a line that drops than in larger blocks.
_BLOCK = 1 << 16
_HUB = "https://huggingface.co/"


def headers_of(wish: Ask) -> "dict[str, str]":
    """The headers that ``wish`` is sent with."""
    told = {"Accept-Encoding": "identity"}
    if wish.start:
        told["Range"] = f"bytes={wish.start}-"
        if wish.tag:
            told["If-Range"] = wish.tag
    return told


def hub_fetch() -> Fetch:
    """A :data:`~.transfer.Fetch` with the proxy and certificates that the environment names. Raises RuntimeMissing."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        from huggingface_hub.utils import get_session
    except ImportError as error:
        raise RuntimeMissing("huggingface_hub") from error
    session = get_session()

    def fetch(wish: Ask, cancel: CancelToken) -> Reply:
        cancel.raise_if_cancelled()
        name = wish.address.rpartition("/")[2]
        request = session.build_request("GET", wish.address, headers=headers_of(wish))
        try:
            reply = session.send(request, stream=True, follow_redirects=False)
        except Exception as error:  # of the package's HTTP library, which has changed twice
            raise DownloadFailed(name, "tls" if "CERTIFICATE" in str(error).upper() else "network", str(error)) from error
        headers = {key.lower(): value for key, value in reply.headers.items()}
        return Reply(reply.status_code, headers, _body(reply, name), reply.close)

    return fetch


def _body(reply: Any, name: str) -> Iterator[bytes]:
    try:
        yield from reply.iter_raw(_BLOCK)
    except Exception as error:  # as above: whatever says that the line is dead
        raise DownloadFailed(name, "network", str(error)) from error


def cached(page: str, revision: str = "") -> Optional[Path]:
    """The folder in huggingface_hub's cache that holds the repository published at ``page``; None without. No network."""
    if not page.startswith(_HUB):
        return None
    try:
        from huggingface_hub import try_to_load_from_cache
    except ImportError:
        return None
    found = try_to_load_from_cache(page[len(_HUB):], "config.json", revision=revision or None)
    return Path(found).parent if isinstance(found, str) else None
