"""python -m bot demo | run | migrate | import | template | invite | cleaning | poster | zalo-consent | parked | backup | sms | key."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path

from bot import log
from bot.settings import load
from storage.staff import ROLES
from storage.vault import new_key

KINDS = ("residents", "sites", "staff", "complaints")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="phananh48, the desk that keeps the 48 hours"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="try the desk with invented people, no account needed")
    demo.add_argument("--reset", action="store_true", help="forget what happened in the demo, and end")
    commands.add_parser("run", help="run the desk with the settings of .env")
    commands.add_parser("migrate", help="create or update the schema, communes and units")
    reader = commands.add_parser(
        "import", help="read residents, sites, staff or complaints from .csv or .xlsx"
    )
    reader.add_argument("file", type=Path)
    reader.add_argument("--kind", choices=KINDS, help="recognised by the headers where not given")
    reader.add_argument("--as-of", help='when the Platform made the export, for example "2026-11-20 09:00"')
    template = commands.add_parser("template", help="write an empty workbook with headers and an example row")
    template.add_argument("kind", choices=KINDS)
    template.add_argument("file", type=Path, nargs="?")
    invite = commands.add_parser("invite", help="make a one-time invitation for a member of staff")
    invite.add_argument("--unit", required=True, help="a unit's ref (station:2025:04585) or part of its name")
    invite.add_argument("--role", required=True, choices=ROLES)
    invite.add_argument("--name", default="", help="how colleagues know this person")
    cleaning = commands.add_parser("cleaning", help="set by when a province is to have cleaned its records")
    cleaning.add_argument("--province", required=True, help="its code on the list of 2025")
    cleaning.add_argument("--until", required=True, help="the last day, for example 31/05/2022")
    cleaning.add_argument("--letter", required=True, help="the letter that says so")
    poster = commands.add_parser("poster", help="make a page (PDF) to hang up at a vaccination site")
    poster.add_argument("--site", required=True, help="its code, ref or part of its name; all: every site")
    poster.add_argument("--out", type=Path, help="the file, or with --site all the folder")
    poster.add_argument("--channel", action="append", choices=("zalo", "web", "telegram"),
                        help="only this way in; again for more; without it all that are set up")  # fmt: skip
    consent = commands.add_parser("zalo-consent", help="get the tokens of the Zalo Official Account")
    consent.add_argument(
        "--callback", help="the address that is entered in Zalo's console; else PUBLIC_URL/healthz"
    )
    commands.add_parser("parked", help="list messages that could not be handled")
    backup = commands.add_parser("backup", help="copy the SQLite database while the desk runs")
    backup.add_argument("file", type=Path)
    sms = commands.add_parser("sms", help="send a test SMS, and show what the gateway says")
    sms.add_argument("--to", required=True, help="a mobile number, such as 0912345678")
    sms.add_argument("--text", help="other words than those of the test")
    commands.add_parser("key", help="print a fresh DATA_KEY")
    return parser


def main() -> int:
    asked = arguments().parse_args()
    os.umask(0o077)  # whatever is written here is nobody else's to read
    if asked.command == "key":
        print(new_key())
        return 0
    if asked.command == "template":
        from bot.imports import write_template

        path = asked.file or Path(f"{asked.kind}.xlsx")
        write_template(asked.kind, path)
        print(f"{path} is written: fill it in, then python -m bot import {path}")
        return 0
    if asked.command == "demo":
        from bot import demo

        return demo.main(reset=asked.reset)
    settings = load()
    log.start(settings.log_level)
    if asked.command == "sms":
        from bot import trying_sms

        return asyncio.run(trying_sms.main(settings, asked.to, asked.text))
    from bot import commands

    if asked.command == "import":
        from bot.imports import main as import_file

        asyncio.run(commands.check(settings))
        return import_file(settings, asked.file, asked.kind, asked.as_of)

    if asked.command == "zalo-consent":
        from bot import zalo_consent

        asyncio.run(zalo_consent.main(settings, asked.callback))
        return 0
    if asked.command == "poster":
        from bot import poster

        asyncio.run(poster.main(settings, asked.site, asked.out, asked.channel))
        return 0

    work = {
        "run": lambda: commands.run(settings),
        "migrate": lambda: commands.migrate(settings),
        "invite": lambda: commands.invite(settings, asked.unit, asked.role, asked.name),
        "cleaning": lambda: commands.cleaning(settings, asked.province, asked.until, asked.letter),
        "parked": lambda: commands.parked(settings),
        "backup": lambda: commands.backup(settings, asked.file),
    }[asked.command]
    asyncio.run(work())
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
