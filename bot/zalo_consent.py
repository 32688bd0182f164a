"""python -m bot zalo-consent: an administrator of the Official Account lets the desk speak for it; the tokens are kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp

from bot import chance
from bot.channels import zalo_oauth
from bot.channels.zalo_answer import ZaloError
from bot.channels.zalo_oauth import Pair
from bot.channels.zalo_request import Request
from bot.clock import Clock
from bot.opening import open_database
from bot.settings import Settings, WrongSetting
from storage import tokens
from storage.tokens import Token

PATH = "/v4/oa/permission"
SAY = """1. At developers.zalo.me, on the app's page for its Official Account, enter
     callback address  {callback}
     code challenge    {challenge}
2. Open this as an administrator of the account, and agree:
     {address}
3. The browser ends at an address that begins with {callback}?
   Within 10 minutes, paste all of it here: """


async def main(settings: Settings, callback: str | None, ask: Callable[[str], str] = input) -> None:
    if not settings.zalo_app_id:
        raise WrongSetting("ZALO_APP_ID is missing; see docs/channels.md")
    callback = callback or f"{settings.public_url}/healthz"  # the chat's own page would clear its address
    verifier, state = _verifier(settings), chance.token()
    challenge = _text(hashlib.sha256(verifier.encode()).digest())
    asked = {
        "app_id": settings.zalo_app_id,
        "redirect_uri": callback,
        "code_challenge": challenge,
        "state": state,
    }
    address = f"{settings.zalo_oauth}{PATH}?{urlencode(asked)}"
    async with open_database(settings) as db:
        code = _code(
            settings, ask(SAY.format(callback=callback, challenge=challenge, address=address)), state
        )
        pair = await _begin(settings, code, verifier)
        now = Clock().machine()
        first = hashlib.sha256(settings.zalo_refresh_token.encode()).digest()
        made = Token(pair.access, pair.refresh, now + timedelta(seconds=pair.seconds), now, first, None)
        await db.write(lambda tx: tokens.keep(tx, f"zalo:{settings.zalo_app_id}", made))
    print("Zalo's tokens are kept; the desk renews them by itself, and ZALO_REFRESH_TOKEN is not needed.")


def _verifier(settings: Settings) -> str:
    """The same at every consent, because its challenge stands in Zalo's console; nobody knows it without the secret."""
    return _text(hmac.digest(settings.zalo_app_secret.encode(), b"phananh48 consent", "sha256"))


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _code(settings: Settings, pasted: str, state: str) -> str:
    """From the whole address, because only that says whose consent it is."""
    found = {name: values[0] for name, values in parse_qs(urlsplit(pasted.strip()).query).items()}
    if not found.get("code"):
        raise WrongSetting("there is no code in that address; nothing was changed")
    if found.get("state", state) != state:
        raise WrongSetting("that address belongs to another try: begin again; nothing was changed")
    if settings.zalo_oa_id and found.get("oa_id") not in (None, settings.zalo_oa_id):
        raise WrongSetting(f"that was the account {found['oa_id']}, but ZALO_OA_ID is {settings.zalo_oa_id}")
    return found["code"]


async def _begin(settings: Settings, code: str, verifier: str) -> Pair:
    request = Request(settings.zalo_api)
    try:
        return await zalo_oauth.begin(settings, request, code, verifier)
    except ZaloError as error:
        raise WrongSetting(f"Zalo gives no token ({error}); begin again") from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise WrongSetting(f"Zalo could not be asked ({type(error).__name__}); begin again") from None
    finally:
        await request.close()
