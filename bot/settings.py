"""The environment, as one frozen object; what is wrong with it is said in one clear sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from storage.vault import Vault, WrongKey


class Settings(BaseSettings):
    """Each name stands in .env.example with its default and meaning; a test keeps the two together."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore")

    database_url: str = "sqlite+aiosqlite:///var/phananh48.db"
    data_key: str = ""
    files_dir: Path = Path("var/files")
    provinces: Annotated[tuple[str, ...], NoDecode] = ("15", "24", "56", "91")
    web_host: str = "127.0.0.1"
    web_port: int = 8080
    public_url: str = "http://127.0.0.1:8080"
    sms_url: str = ""
    sms_method: str = "POST"
    sms_headers: str = "{}"
    sms_template: str = '{"to": "{phone}", "text": "{text}"}'
    sms_success: str = ""
    official_portal_url: str = "https://tiemchungcovid19.gov.vn"
    hotline: str = "1900 9095"
    keep_months: int = Field(24, ge=1, le=240)
    log_level: str = "INFO"

    @field_validator("provinces", mode="before")
    @classmethod
    def _provinces(cls, value: object) -> object:
        codes = tuple(p.strip() for p in value.split(",") if p.strip()) if isinstance(value, str) else value
        if isinstance(codes, tuple) and not all(
            isinstance(c, str) and c.isdigit() and len(c) == 2 for c in codes
        ):
            raise ValueError("must be province codes of the 2025 list, for example 15,24")
        return codes

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        try:
            backend = make_url(value).get_backend_name()
        except ArgumentError:
            raise ValueError(
                "must look like sqlite+aiosqlite:///var/phananh48.db or postgresql://user@host/name"
            ) from None
        if backend not in ("sqlite", "postgresql"):
            raise ValueError("must be SQLite or PostgreSQL")
        return value

    @field_validator("data_key")
    @classmethod
    def _key(cls, value: str) -> str:
        try:
            Vault(value)
        except WrongKey as error:
            raise ValueError(str(error)) from None
        return value

    @field_validator("public_url", "official_portal_url", "sms_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("sms_template")
    @classmethod
    def _template(cls, value: str) -> str:
        if "{phone}" not in value or "{text}" not in value:
            raise ValueError("must hold {phone} and {text}")
        return value

    @field_validator("web_port")
    @classmethod
    def _port(cls, value: int) -> int:
        if not 0 <= value <= 65535:
            raise ValueError("must be a port between 1 and 65535")
        return value


class WrongSetting(SystemExit):
    """Ends the start with one sentence."""


def load(**given: object) -> Settings:
    """The settings, or WrongSetting with a sentence that names the setting and what it must be."""
    try:
        return Settings(**{"data_key": "", **given} if "data_key" in given else given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "settings"
        message = str(first["msg"]).removeprefix("Value error, ")
        raise WrongSetting(message if message.startswith(name) else f"{name}: {message}") from None
