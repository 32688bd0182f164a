"""Which addresses on the network a file that somebody sent may be fetched from: public ones, never one of ours."""

from __future__ import annotations

import ipaddress
import socket

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# IPv4 addresses, as networks without IPv4 write them, and as they were written once.
_IN_IPV6 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))


class Inside(aiohttp.ClientError):
    """An address of this machine, of a private network, or not one that a file of Zalo's could have."""


class Addresses(AbstractResolver):
    """api: the address of Zalo's service. Where that is this machine (a test), files may come from here too, and without
    HTTPS as it does. As the resolver of a session it sees to it that what is connected to is what was looked at."""

    def __init__(self, api: str) -> None:
        known = URL(api)
        literal = _literal(known.host or "")
        self._here = known.host == "localhost" or bool(literal and literal.is_loopback)
        self._schemes = ("https", known.scheme) if self._here else ("https",)
        self._resolver: aiohttp.ThreadedResolver | None = None

    def admit(self, url: str) -> URL:
        """Raises Inside. An address that stands in the URL itself is looked at here, because nobody resolves it."""
        try:
            found = URL(url)
        except ValueError:
            raise Inside("no address") from None
        host = found.host or ""
        if found.scheme not in self._schemes or not host:
            raise Inside("not https")
        if ":" in host or host.replace(".", "").isdigit():  # «127.1» is one too, to some
            literal = _literal(host)
            if literal is None or not self._allowed(literal):
                raise Inside("a private address")
        return found

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self._resolver = self._resolver or aiohttp.ThreadedResolver()
        try:
            found = await self._resolver.resolve(host, port, family)
        except UnicodeError:
            raise OSError("no name of a host") from None
        for one in found:
            literal = _literal(one["host"])
            if literal is None or not self._allowed(literal):
                raise OSError("a private address")
        return found

    async def close(self) -> None:
        if self._resolver is not None:
            await self._resolver.close()

    def _allowed(self, address: Address) -> bool:
        meant = _meant(address)
        if self._here and meant.is_loopback:
            return True
        return meant.is_global and not meant.is_multicast


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _meant(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one, where there is one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if any(address in network for network in _IN_IPV6) and not address.is_loopback:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
