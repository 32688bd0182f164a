"""What is said about a photo, file or voice message: what became of it, or why it could not be taken."""

from __future__ import annotations

from handlers import papers
from handlers.turn import Turn
from locales import Text, Words, _, lines

PROBLEMS: dict[str, Words] = {
    "too_big": _("That file is larger than 20 MB, which is more than I can take. Please send a photo of it, or a smaller file."),
    "wrong_type": _("I can take photos, PDF files and voice messages, but not a file of that kind. A photo of the paper is enough."),
    "broken": _("I cannot open that file; it may be damaged. Please send it once more, best as a photo."),
    "gone": _("I could not fetch that file any more. Please send it once more."),
    "sheet_type": _("I cannot read a file of that kind. A workbook must be an .xlsx («Save as», Excel workbook); papers I take as photos or PDF."),
    "sheet_old": _("That is an old .xls file, or one locked with a password. Please save it as an .xlsx without a password, and send it again."),
    "sheet_macro": _("That workbook holds macros, so I have not opened it. Please save it as a plain .xlsx and send it again."),
    "sheet_long": _("That workbook is too large: I read up to 2,000 rows. Please split it, or delete what does not belong to the list."),
    "sheet_broken": _("I cannot open that workbook; it may be damaged. Please save it once more as .xlsx and send it again."),
    "sheet_head": _("I do not find the row of headers in that workbook: «Mã dòng» and «Kết quả», or «Họ và tên» with «Ngày sinh» or the number."),
    "sheet_twice": _("In that workbook two columns mean the same. Please keep one of them, and send it again."),
    "sheet_one": _("Please send one workbook at a time."),
    "no_qr": _("I see no QR code in that photo, and have not kept it. "
               "Please photograph the square code close up, in good light, and send it again; or simply type."),
    "blurred_qr": _("That photo of the QR code is too blurred to read, and I have not kept it. "
                    "Please hold still, a little farther away, and send it again; or simply type."),
}  # fmt: skip
OF_A_CARD = {"no_qr", "blurred_qr"}
BLURRED = _("The photo is a little blurred, and the site may not be able to read it. You can send a sharper one, or just go on with this one.")  # fmt: skip
ONE_BLURRED = _("One of the photos is a little blurred, and the site may not be able to read it. You can send a sharper one, or just go on.")  # fmt: skip
SPOKEN = _("I cannot understand speech yet, but the voice message is kept, and staff can listen to it.")
NOT_AGREED = _("I have not kept what you just sent, because I need your consent first. Once you agree, please send it again.")  # fmt: skip
ENOUGH = _("I can take {n} files with one report; the others were not kept.", n=papers.AT_MOST)


def problems(turn: Turn) -> Text:
    """Each once, however many files had it; never silence."""
    codes = dict.fromkeys(code if code in PROBLEMS else "broken" for code in turn.incoming.problems)
    return lines(*(PROBLEMS[code] for code in codes or ("gone",)))


def told(turn: Turn, names: list[str]) -> Text | None:
    """What there is to say of these files, and of those that could not be taken beside them."""
    kept = [one for one in turn.incoming.kept if one.name in names]
    parts = [
        problems(turn) if turn.incoming.problems else None,
        ENOUGH if len(names) < len(turn.incoming.kept) else None,
        SPOKEN if any(one.kind == "voice" for one in kept) else None,
        (BLURRED if len(kept) == 1 else ONE_BLURRED) if any(one.blurred for one in kept) else None,
    ]
    said = [part for part in parts if part is not None]
    return lines(*said) if said else None


def kept_with_report(turn: Turn, names: list[str]) -> Text | None:
    """While something else is asked."""
    if not names:
        return None
    return _("Kept with your report: {what}.", what=papers.counted(papers.pieces(turn, names)))


def begins(turn: Turn, names: list[str]) -> Text:
    return _("I have got: {what}. I keep it for your report, so you need not send it again.",
             what=papers.counted(papers.pieces(turn, names)))  # fmt: skip
