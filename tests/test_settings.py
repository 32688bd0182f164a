"""A wrong setting stops the start with one clear sentence, whichever it is."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from bot.settings import Settings, WrongSetting, load
from storage.vault import new_key
from tests.running import address, bot, write_env
from tests.world import KEY

WRONG = {
    ("WEB_PORT", "abc"): "integer",
    ("WEB_PORT", "0"): "greater than or equal to 1",
    ("WEB_PORT", "70000"): "less than or equal to 65535",
    ("WEB_HOST", ""): "at least 1 character",
    ("DATABASE_URL", "nonsense"): "must look like sqlite",
    ("DATABASE_URL", "mysql://user@host/name"): "must be SQLite or PostgreSQL",
    ("DATABASE_URL", "sqlite://"): "must name a file",
    ("DATABASE_URL", "sqlite:///:memory:"): "must name a file",
    ("DATA_KEY", ""): "DATA_KEY is missing; make one with: python -m bot key",
    ("DATA_KEY", "abc"): "base64",
    ("DATA_KEY", "YWJj"): "32 bytes",
    ("DATA_KEY", f"{KEY},YWJj"): "32 bytes",
    ("SMS_TEMPLATE", '{"text": "{text}"}'): "must hold {phone} and {text}",
    ("SMS_HEADERS", "Authorization: x"): "must be a JSON object",
    ("SMS_HEADERS", '["a"]'): "must be a JSON object",
    ("SMS_HEADERS", '{"a": 1}'): "must be a JSON object",
    ("SMS_HEADERS", '{"a": "b\\nc"}'): "must be a JSON object",
    ("SMS_METHOD", "FETCH"): "must be 'POST'",
    ("SMS_URL", "https://gateway.example/?to={phone}"): "must hold {phone} and {text}, or neither",
    ("SMS_HEADERS", '{"Content-Type": "image/png"}'): "Content-Type must be JSON",
    ("SMS_TEMPLATE", '{"to": {phone}, "text": {text}}'): "must be JSON, as the Content-Type",
    ("SMS_SUCCESS", "(100"): "must be a regular expression",
    ("SMS_URL", "gateway.example"): "http://",
    ("SMS_URL", "http://"): "http://",
    ("PUBLIC_URL", "https://[desk"): "http://",
    ("PUBLIC_URL", "https://desk.example:port"): "http://",
    ("PROVINCES", "15,99"): "99: must be codes of the provinces since 1 July 2025",
    ("PROVINCES", "Lào Cai"): "must be codes of the provinces",
    ("PROVINCES", " , "): "must be codes of the provinces",
    ("TELEGRAM_TOKEN", "AAE-no-number-before-it"): "must be the token that BotFather gave",
    ("TELEGRAM_TOKEN", "123456789:short"): "must be the token that BotFather gave",
    ("TELEGRAM_API", ""): "http://",
    ("TELEGRAM_API", "api.telegram.org"): "http://",
    ("TELEGRAM_API", "https://api.telegram.org/{token}"): "http://",
    ("TELEGRAM_WEBHOOK_URL", "http://desk.example/telegram"): "must be https://…/telegram",
    ("TELEGRAM_WEBHOOK_URL", "https://desk.example:8444/telegram"): "443, 80, 88 or 8443",
    ("TELEGRAM_WEBHOOK_URL", "https://desk.example/"): "must be https://…/telegram",
    ("TELEGRAM_WEBHOOK_SECRET", "a secret with blanks"): "must be 16 to 256 letters",
    ("TELEGRAM_WEBHOOK_SECRET", "short"): "must be 16 to 256 letters",
    ("TELEGRAM_PROXY", "127.0.0.1:1080"): "must look like socks5://host:1080",
    ("TELEGRAM_PROXY", "socks4://127.0.0.1:1080"): "must look like socks5://host:1080",
    ("TELEGRAM_PROXY", "socks5://127.0.0.1"): "must look like socks5://host:1080",
    ("ZALO_APP_ID", "abc"): "must be the digits that Zalo shows",
    ("ZALO_REFRESH_TOKEN", "two words"): "must be the refresh token that Zalo gave",
    ("ZALO_TEMPLATE", "ket-qua"): "must be the digits of the template",
    ("ZALO_TEMPLATE_DATA", "[]"): "must be a JSON object of texts",
    ("ZALO_TEMPLATE_DATA", '{"a": "{name}"}'): "{name} is not known",
    ("EMBED_ORIGINS", "https://xa.example/trang"): "must be an origin such as",
    ("SMS_TEXT", "latin"): "must be 'unicode'",
    ("KEEP_MONTHS", "0"): "greater than or equal to 1",
    ("LOG_LEVEL", "LOUD"): "must be 'DEBUG'",
}


@pytest.mark.parametrize("name, value", WRONG)
def test_each_wrong_value_is_named_with_what_it_must_be(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as stop:
        load(**{"_env_file": None, "data_key": KEY, name.lower(): value})
    sentence = str(stop.value)
    assert sentence.startswith(name) and WRONG[name, value] in sentence
    assert "\n" not in sentence and "validation error" not in sentence


def test_no_secret_is_repeated_in_a_complaint() -> None:
    with pytest.raises(WrongSetting) as stop:
        load(_env_file=None, data_key="c2VjcmV0c2VjcmV0")
    assert "c2VjcmV0" not in str(stop.value)
    assert KEY not in repr(load(_env_file=None, data_key=KEY))


def test_zalo_needs_its_secrets() -> None:
    with pytest.raises(WrongSetting, match=r"^ZALO_APP_SECRET is missing; leave ZALO_APP_ID empty"):
        load(_env_file=None, data_key=KEY, zalo_app_id="360846524940903967")
    with pytest.raises(WrongSetting, match=r"^ZALO_OA_SECRET is missing; leave ZALO_APP_ID empty"):
        load(_env_file=None, data_key=KEY, zalo_app_id="360846524940903967", zalo_app_secret="secret-of-app")
    with pytest.raises(WrongSetting, match=r"^ZALO_BOT_SECRET is missing; "):
        load(_env_file=None, data_key=KEY, zalo_bot_token="1234567890123456:abc")


SMS = "https://gateway.example/sms"
FORM, SOAP = '{"content-type": "application/x-www-form-urlencoded"}', '{"Content-Type": "text/xml"}'
NO_SMS = {
    "GET sends no body": {"sms_url": SMS, "sms_method": "get"},
    "must be a form": {"sms_url": SMS, "sms_headers": FORM},
    "must be XML": {"sms_url": SMS, "sms_headers": SOAP, "sms_template": "<a>{phone}<b>{text}</a>"},
}


@pytest.mark.parametrize("sentence", NO_SMS)
def test_the_settings_of_a_gateway_must_fit_together(sentence: str) -> None:
    with pytest.raises(WrongSetting, match=sentence):
        load(_env_file=None, data_key=KEY, **NO_SMS[sentence])


def test_the_address_of_a_gateway_stays_as_it_is_and_is_not_shown() -> None:
    url = "https://gateway.example/geheim/?to={phone}&text={text}"
    found = load(_env_file=None, data_key=KEY, sms_url=url, sms_method="get", sms_template="")
    assert found.sms_url == url and "geheim" not in repr(found)
    assert load(_env_file=None, data_key=KEY, sms_url=f"{SMS}/").sms_url == f"{SMS}/"


def test_a_webhook_needs_a_secret() -> None:
    hook = "https://desk.example:8443/desk/telegram"
    with pytest.raises(WrongSetting, match=r"^TELEGRAM_WEBHOOK_SECRET is missing; "):
        load(_env_file=None, data_key=KEY, telegram_webhook_url=hook)
    secret = "a-secret-of-this-test"
    found = load(_env_file=None, data_key=KEY, telegram_webhook_url=hook, telegram_webhook_secret=secret)
    assert found.telegram_webhook_url == hook


def test_what_telegram_must_keep_to_itself_is_not_shown() -> None:
    token, proxy = "123456789:AAE-abcdefghijklmnopqrstuvwxyz", "socks5://desk:geheim@127.0.0.1:1080"
    shown = repr(load(_env_file=None, data_key=KEY, telegram_token=token, telegram_proxy=proxy))
    assert token not in shown and "geheim" not in shown
    with pytest.raises(WrongSetting) as stop:
        load(_env_file=None, data_key=KEY, telegram_token=token + "!")
    assert token not in str(stop.value)


def test_a_misspelt_setting_is_not_passed_over(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"DATA_KEY={KEY}\nSMS_TEMPLTE=x\n")
    with pytest.raises(WrongSetting, match="SMS_TEMPLTE: there is no such setting"):
        load(_env_file=file)


def test_a_line_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f'DATA_KEY={KEY}\nSMS_SUCCESS="code": 100\n')
    with pytest.raises(WrongSetting, match="line 2 cannot be read; put its value between single quotes"):
        load(_env_file=file)
    file.write_text(f"DATA_KEY={KEY}\nSMS_SUCCESS='\"code\":\\s*100'\n")
    assert load(_env_file=file).sms_success == '"code":\\s*100'


def test_a_file_from_windows_is_read(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(
        b"\xef\xbb\xbfDATA_KEY=" + KEY.encode() + b"\r\nPROVINCES=15, 24,15\r\nLOG_LEVEL=info\r\n"
    )
    found = load(_env_file=file)
    assert found.provinces == ("15", "24") and found.log_level == "INFO"
    file.write_bytes(b"\xff\xfeD\x00")
    with pytest.raises(WrongSetting, match="UTF-8"):
        load(_env_file=file)


def test_settings_do_not_change(tmp_path: Path) -> None:
    found = load(_env_file=None, data_key=KEY)
    assert isinstance(found, Settings)
    with pytest.raises(ValueError, match="frozen"):
        found.web_port = 1


# From here on with the real command: what comes out is one line, and the exit code is 1.


def refused(folder: Path, *words: str, **more: str) -> str:
    ended = bot(folder, *words, **more)
    lines = [line for line in ended.stderr.splitlines() if "RuntimeDirWarning" not in line]
    assert ended.returncode == 1 and ended.stdout == ""
    assert len(lines) == 1, ended.stderr
    return lines[0]


@pytest.fixture
def ready(prepared: Path, tmp_path: Path) -> Path:
    (tmp_path / "var").mkdir()
    shutil.copy(prepared, tmp_path / "var" / "phananh48.db")
    write_env(tmp_path)
    return tmp_path


def test_no_key_at_all(tmp_path: Path) -> None:
    assert refused(tmp_path, "run") == "DATA_KEY is missing; make one with: python -m bot key"


@pytest.mark.parametrize("command", ["run", "parked", "invite --unit desk --role admin", "import list.csv"])
def test_a_database_that_was_never_migrated(tmp_path: Path, command: str) -> None:
    write_env(tmp_path)
    assert "run python -m bot migrate" in refused(tmp_path, *command.split())


@pytest.mark.parametrize("command", ["run", "migrate", "parked"])
def test_another_key_than_the_database_was_made_with(ready: Path, command: str) -> None:
    write_env(ready, DATA_KEY=new_key())
    assert refused(ready, command).startswith("DATA_KEY is not the key with which this database was made")


def test_a_new_key_in_front_of_the_old_one_is_welcome(ready: Path) -> None:
    write_env(ready, DATA_KEY=f"{new_key()},{KEY}")
    assert bot(ready, "parked").returncode == 0


def test_a_port_that_is_taken(ready: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(address(ready).rsplit(":", 1)[1])))
        taken.listen()
        assert refused(ready, "run").startswith("WEB_PORT: 127.0.0.1:")


def test_a_host_that_is_not_ours(ready: Path) -> None:
    write_env(ready, WEB_HOST="192.0.2.1")
    assert "192.0.2.1" in refused(ready, "run")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("This is a letter, and no database at all. " * 20)
    write_env(tmp_path, DATABASE_URL="sqlite:///a.db")
    assert refused(tmp_path, "run") == "DATABASE_URL: the database cannot be opened (file is not a database)"


def test_folders_that_cannot_be_made(ready: Path) -> None:
    (ready / "letter").write_text("")
    write_env(ready, DATABASE_URL="sqlite:///letter/a.db")
    assert refused(ready, "run").startswith("DATABASE_URL: its folder cannot be made")
    write_env(ready, FILES_DIR="letter/files")
    assert refused(ready, "run").startswith("FILES_DIR: letter/files cannot be made")


def test_a_postgresql_that_is_not_there(tmp_path: Path) -> None:
    write_env(tmp_path, DATABASE_URL="postgresql://user:geheim@127.0.0.1:1/desk")
    sentence = refused(tmp_path, "run")
    assert sentence.startswith("DATABASE_URL: the database cannot be opened") and "geheim" not in sentence


def test_postgresql_without_its_package(tmp_path: Path) -> None:
    """A module of that name that cannot be imported stands in for one that was never installed."""
    (tmp_path / "asyncpg.py").write_text("raise ModuleNotFoundError('asyncpg')\n")
    write_env(tmp_path, DATABASE_URL="postgresql://user@127.0.0.1:1/desk")
    sentence = refused(tmp_path, "run", PYTHONPATH=f"{tmp_path}:{Path(__file__).parent.parent}")
    assert sentence == "DATABASE_URL: PostgreSQL needs one more package: pip install asyncpg"


def test_a_unit_that_nobody_knows(ready: Path) -> None:
    assert "say exactly one unit" in refused(ready, "invite", "--unit", "Trạm", "--role", "clerk")


def test_a_backup_of_nothing_or_onto_something(ready: Path) -> None:
    assert "exists already" in refused(ready, "backup", ".env")
    assert "cannot be written" in refused(ready, "backup", "nowhere/a.db")
    write_env(ready, DATABASE_URL="sqlite:///other.db")
    assert "there is no other.db" in refused(ready, "backup", "a.db")
