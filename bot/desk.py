"""What of the settings a handler may know."""

from __future__ import annotations

from typing import Protocol

from handlers.turn import Desk


class Told(Protocol):
    """The settings that reach a handler; see bot/settings.py."""

    @property
    def official_portal_url(self) -> str: ...
    @property
    def hotline(self) -> str: ...
    @property
    def sms_url(self) -> str: ...
    @property
    def public_url(self) -> str: ...
    @property
    def keep_months(self) -> int: ...
    @property
    def zalo_oa_id(self) -> str: ...


def desk_of(settings: Told, demo: bool = False) -> Desk:
    return Desk(
        portal_url=settings.official_portal_url,
        hotline=settings.hotline,
        sms=bool(settings.sms_url),
        public_url=settings.public_url,
        keep_months=settings.keep_months,
        demo=demo,
        zalo_oa=settings.zalo_oa_id,
    )
