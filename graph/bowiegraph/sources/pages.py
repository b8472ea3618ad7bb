"""Documents at the edge: a file or a web page, as plain text. Only what the user names is ever fetched."""

from __future__ import annotations

import re
import time
from http.client import HTTPException
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast
from urllib import request
from urllib.error import URLError

from bowiegraph.errors import MissingPackageError, SourceReadError

if TYPE_CHECKING:
    from trafilatura.settings import Document

#: the largest document taken, in bytes; an article has some ten thousand
LIMIT: Final = 10 * 1024 * 1024
#: seconds to wait for an answer, and seconds for the whole of it
PATIENCE: Final = 20
LONGEST: Final = 60
_CHUNK: Final = 64 * 1024
_WEB: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_MARKUP: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
#: what trafilatura's tree calls the elements that stand on lines of their own
_BLOCKS: Final = ("p", "head", "item", "list", "quote", "code", "row", "cell", "table")


def is_web_address(location: str) -> bool:
    """Tell an address from a file's name."""
    return _WEB.fullmatch(location) is not None


def source_text(location: str, *, stop_at: str | None = None) -> str:
    """Read a document as plain text.

    Args:
        location: a file of UTF-8 text or of HTML, or an http(s) address of either.
        stop_at: how the first line begins that no longer belongs to the text, such as a page's footer.

    Returns:
        the title and the paragraphs, with blank lines between them.

    Raises:
        SourceReadError: it cannot be fetched, read or decoded, is too large, or has no such line.
        MissingPackageError: it is HTML, and trafilatura is not installed.
    """
    data = _fetch(location) if is_web_address(location) else _read_file(location)
    text = page_text(data) if _MARKUP.match(data) else _decode(location, data)
    return text if stop_at is None else _cut(location, text, stop_at)


def page_text(html: str | bytes) -> str:
    """Take the article out of a web page: its title and its paragraphs, with blank lines between them.

    Returns:
        nothing ("") where there is no article.

    Raises:
        MissingPackageError: trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction  # noqa: PLC0415 — lazy: an optional package, and costs 300 ms
    except ImportError as error:
        raise MissingPackageError("trafilatura", "sources") from error
    page = cast("Document | None", bare_extraction(html, include_comments=False))  # a dict only where asked for
    if page is None:
        return ""
    text = _body_text(page)
    titled = not page.title or _words(text).startswith(_words(page.title))
    return text if titled else f"{page.title}\n\n{text}"


def _body_text(page: Document) -> str:
    """Write a page's tree out, with blank lines around blocks; text beside nested blocks is kept."""
    body = page.body
    for element in body.iter(*_BLOCKS):
        element.text = "\n\n" + (element.text or "")
        element.tail = "\n\n" + (element.tail or "")
    for element in body.iter("lb"):
        element.tail = "\n" + (element.tail or "")
    return "".join(map(str, body.itertext())).strip()


def _words(text: str) -> str:
    return " ".join(text.split())


def _decode(location: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"it is not UTF-8 text (byte 0x{data[error.start]:02X} at offset {error.start})"
        raise SourceReadError(location, reason, "Save it as UTF-8 text or as HTML") from error


def _cut(location: str, text: str, stop_at: str) -> str:
    lines = text.splitlines(keepends=True)
    for index, line in enumerate(lines):
        if line.strip().startswith(stop_at):
            return "".join(lines[:index])
    reason = f"no line begins with {stop_at!r}"
    raise SourceReadError(location, reason, "Look at how the line after the text begins, and give that")


def _read_file(location: str) -> bytes:
    if _SCHEME.match(location):
        raise SourceReadError(location, "only http and https addresses are fetched", "Save the document to a file")
    try:
        with Path(location).open("rb") as file:
            data = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise SourceReadError(location, reason, "Give a file that can be read, or an http(s) address") from error
    return _small_enough(location, data)


def _small_enough(location: str, data: bytes) -> bytes:
    if len(data) > LIMIT:
        reason = f"it is larger than {LIMIT // 1024**2} MB"
        raise SourceReadError(location, reason, "Save the text of the article alone to a file, and give that")
    return data


def _fetch(address: str) -> bytes:
    """Fetch a page. The opener knows http and https only, so no redirect leads to a file or elsewhere."""
    asked = request.Request(address, headers={"User-Agent": "bowiegraph", "Accept": "text/html, text/plain"})  # noqa: S310 — is_web_address let http(s) only pass
    try:
        with _opener().open(asked, timeout=PATIENCE) as answer:
            return _small_enough(address, _download(answer))
    except (
        OSError,
        ValueError,
        HTTPException,
    ) as error:  # OSError has URLError, HTTPError and time-outs below it
        if isinstance(error, SourceReadError):
            raise
        reason = str(error.reason if type(error) is URLError else error)
        mend = "Try again later, or save the page to a file and give that"
        raise SourceReadError(address, reason, mend) from error


def _download(answer: IO[bytes]) -> bytes:
    """Read an answer until its end, one byte more than the limit, or the end of our patience."""
    started, data = time.monotonic(), bytearray()
    while len(data) <= LIMIT and (chunk := answer.read(_CHUNK)):
        data += chunk
        if time.monotonic() - started > LONGEST:
            raise TimeoutError(f"it took longer than {LONGEST} seconds")
    return bytes(data)


def _opener() -> request.OpenerDirector:
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler,
        request.HTTPHandler,
        request.HTTPSHandler,
        request.HTTPRedirectHandler,
        request.HTTPDefaultErrorHandler,
        request.HTTPErrorProcessor,
        request.UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener
