"""A closed loop over connections that stay open: each sends its next request once it has the last one's answer."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

CONNECTIONS = 32


class Unexpected(Exception):
    """An answer that is not the one that was asked for."""


def post(path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """A whole HTTP request."""
    lines = (f"POST {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items()))
    return "\r\n".join((*lines, f"Content-Length: {len(body)}", "", "")).encode() + body


async def drive(url: str, requests: Sequence[bytes], expected: bytes) -> None:
    """Sends them all. Raises Unexpected where an answer is no success, or lacks the words that are expected."""
    waiting = iter(requests)
    async with asyncio.TaskGroup() as group:
        for _ in range(CONNECTIONS):
            group.create_task(_keep_asking(url, waiting, expected))


async def _keep_asking(url: str, waiting: Iterator[bytes], expected: bytes) -> None:
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    for request in waiting:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        if not head.startswith(b"HTTP/1.1 20") or expected not in body:
            raise Unexpected((head + body).decode(errors="replace"))
    writer.close()
    await writer.wait_closed()


def _length(head: bytes) -> int:
    found = head.lower().partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
    return int(found or 0)
