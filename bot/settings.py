"""The environment, as one frozen object; what is wrong with it is said in one clear sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from pydantic import AfterValidator, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot import settings_sms as sms
from bot import settings_telegram as telegram
from bot import settings_zalo as zalo
from storage.country import province_names
from storage.vault import Vault, WrongKey


class Settings(BaseSettings):
    """Each name stands in .env.example with its default and meaning; a test keeps the two together.

    A name in .env that is not here stops the start: a misspelt setting would otherwise silently keep its default.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8-sig", frozen=True, extra="forbid", hide_input_in_errors=True
    )

    database_url: str = "sqlite+aiosqlite:///var/phananh48.db"
    data_key: Annotated[str, Field(validate_default=True, repr=False)] = ""
    files_dir: Path = Path("var/files")
    provinces: Annotated[tuple[str, ...], NoDecode] = ("15", "24", "56", "91")
    web_host: str = Field("127.0.0.1", min_length=1)
    web_port: int = Field(8080, ge=1, le=65535)
    public_url: str = Field("http://127.0.0.1:8080", min_length=1)
    sms_url: Annotated[str, Field(repr=False), AfterValidator(sms.url)] = ""
    sms_method: Annotated[Literal["POST", "PUT", "PATCH", "GET"], AfterValidator(sms.method)] = "POST"
    sms_headers: Annotated[str, Field(repr=False), AfterValidator(sms.headers)] = "{}"
    sms_template: Annotated[str, Field(validate_default=True, repr=False), AfterValidator(sms.template)] = (
        '{"to": "{phone}", "text": "{text}"}'
    )
    sms_success: Annotated[str, AfterValidator(sms.success)] = ""
    sms_text: Literal["unicode", "plain"] = "unicode"
    sms_phone: Literal["0", "84", "+84"] = "0"
    telegram_token: Annotated[str, Field(repr=False), AfterValidator(telegram.token)] = ""
    telegram_api: Annotated[str, AfterValidator(telegram.api)] = "https://api.telegram.org"
    telegram_webhook_url: Annotated[str, AfterValidator(telegram.webhook)] = ""
    telegram_webhook_secret: Annotated[
        str, Field(validate_default=True, repr=False), AfterValidator(telegram.secret)
    ] = ""
    telegram_proxy: Annotated[str, Field(repr=False), AfterValidator(telegram.proxy)] = ""
    zalo_app_id: Annotated[str, AfterValidator(zalo.number)] = ""
    zalo_app_secret: Annotated[
        str, Field(validate_default=True, repr=False), AfterValidator(zalo.app_secret)
    ] = ""
    zalo_oa_secret: Annotated[
        str, Field(validate_default=True, repr=False), AfterValidator(zalo.oa_secret)
    ] = ""
    zalo_oa_id: Annotated[str, AfterValidator(zalo.number)] = ""
    zalo_refresh_token: Annotated[str, Field(repr=False), AfterValidator(zalo.refresh_token)] = ""
    zalo_api: str = Field("https://openapi.zalo.me", min_length=1)
    zalo_oauth: str = Field("https://oauth.zaloapp.com", min_length=1)
    zalo_billed: bool = False
    zalo_template: Annotated[str, AfterValidator(zalo.template)] = ""
    zalo_template_data: Annotated[str, AfterValidator(zalo.template_data)] = (
        '{"ma_phan_anh": "{code}", "don_vi": "{unit}", "ket_qua": "{state}"}'
    )
    zalo_bot_token: Annotated[str, Field(repr=False), AfterValidator(zalo.bot_token)] = ""
    zalo_bot_secret: Annotated[
        str, Field(validate_default=True, repr=False), AfterValidator(zalo.bot_secret)
    ] = ""
    zalo_bot_api: str = Field("https://bot-api.zaloplatforms.com", min_length=1)
    embed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    official_portal_url: str = "https://tiemchungcovid19.gov.vn"
    hotline: str = "1900 9095"
    keep_months: int = Field(24, ge=1, le=240)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("provinces", mode="before")
    @classmethod
    def _provinces(cls, value: object) -> object:
        codes = value.split(",") if isinstance(value, str) else value
        if not isinstance(codes, list | tuple):
            return value
        codes = tuple(dict.fromkeys(str(code).strip() for code in codes if str(code).strip()))
        known = province_names()
        wrong = [code for code in codes if code not in known]
        if wrong or not codes:
            raise ValueError(
                f"{', '.join(wrong) or 'an empty list'}: must be codes of the provinces since 1 July 2025, such as 15,24"
            )
        return codes

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        try:
            url = make_url(value)
        except (ArgumentError, ValueError):
            raise ValueError(
                "must look like sqlite+aiosqlite:///var/phananh48.db or postgresql://user@host/name"
            ) from None
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ValueError("must be SQLite or PostgreSQL")
        if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
            raise ValueError("must name a file, for example sqlite+aiosqlite:///var/phananh48.db")
        return value

    @field_validator("data_key")
    @classmethod
    def _key(cls, value: str) -> str:
        try:
            Vault(value)
        except WrongKey as error:
            raise ValueError(str(error)) from None
        return value

    @field_validator(
        "public_url",
        "official_portal_url",
        "telegram_api",
        "zalo_api",
        "zalo_oauth",
        "zalo_bot_api",
    )
    @classmethod
    def _url(cls, value: str) -> str:
        if value and not _is_address(value):
            raise ValueError("must be an address that begins with http:// or https://")
        return value.rstrip("/")

    @field_validator("sms_url")
    @classmethod
    def _gateway(cls, value: str) -> str:
        """As it is: some gateways want the slash at its end."""
        if value and not _is_address(value):
            raise ValueError("must be an address that begins with http:// or https://")
        return value

    @field_validator("embed_origins", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        """Where the chat may stand inside another page; compared with what a browser sends, so without a path."""
        if not isinstance(value, str):
            return value
        origins = tuple(dict.fromkeys(one.strip().lower() for one in value.split(",") if one.strip()))
        wrong = [one for one in origins if not re.fullmatch(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", one)]
        if wrong:
            raise ValueError(
                f"{wrong[0]}: must be an origin such as https://xa.laocai.gov.vn, without a path"
            )
        return origins

    @field_validator("sms_method", "log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value


def _is_address(value: str) -> bool:
    try:
        found = urlsplit(value)
        return found.scheme in ("http", "https") and bool(found.hostname) and found.port != 0
    except ValueError:  # a port that is no number, a bracket that does not close
        return False


class WrongSetting(SystemExit):
    """Ends the start with one sentence."""


def _readable(file: object) -> None:
    """A line that is no setting would be passed over, and the setting meant would keep its default."""
    if not isinstance(file, str | Path) or not Path(file).is_file():
        return
    with open(file, encoding="utf-8-sig") as text:
        wrong = next((one.original.line for one in parse_stream(text) if one.error), None)
    if wrong is not None:
        raise WrongSetting(f"{file}: line {wrong} cannot be read; put its value between single quotes")


def load(**given: object) -> Settings:
    """The settings, or WrongSetting with a sentence that names the setting and what it must be."""
    try:
        _readable(given.get("_env_file", ".env"))
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
    except UnicodeDecodeError:
        raise WrongSetting(".env: must be text in UTF-8") from None
    name = str(first["loc"][0]).upper() if first["loc"] else "settings"
    message = str(first["msg"]).removeprefix("Value error, ").replace("Input should be", "must be")
    if first["type"] == "extra_forbidden":
        message = "there is no such setting; all of them stand in .env.example"
    raise WrongSetting(message if message.startswith(name) else f"{name}: {message}")
