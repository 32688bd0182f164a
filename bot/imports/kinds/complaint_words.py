"""What the backlog calls its kinds: short names, and the titles that the chat itself uses, in both languages.

The portal's own options of «loại phản ánh» are not established, so none of them is guessed here.
"""

from __future__ import annotations

from bot.imports import readers as r
from handlers import wording
from handlers.rules.names import fold
from locales import LANGUAGES, say

_SHORT = {
    "thieu mui": "dose_missing", "thieu mui tiem": "dose_missing", "missing dose": "dose_missing",
    "sai thong tin": "personal", "sai thong tin ca nhan": "personal", "wrong data": "personal",
    "wrong personal data": "personal", "thong tin ca nhan sai": "personal",
    "sai mui tiem": "dose_wrong", "mui tiem ghi sai": "dose_wrong", "wrong dose": "dose_wrong",
    "trung mui": "dose_duplicate", "mot mui bi ghi hai lan": "dose_duplicate", "duplicate dose": "dose_duplicate",
    "mui khong tiem": "dose_not_mine", "co mui toi khong tiem": "dose_not_mine", "dose not mine": "dose_not_mine",
    "ho so khac": "other_record", "mui tiem nam o ho so khac": "other_record", "other record": "other_record",
    "chua co so": "id_missing", "thieu so cccd": "id_missing", "sai dinh dang": "id_format", "chua ky": "not_signed",
    "f0": "f0", "nguoi nuoc ngoai": "foreigner", "luc luong": "force", "sai so dien thoai": "phone",
    "phan ung sau tiem": "reaction", "goi lai": "call_back", "viec khac": "other",
}  # fmt: skip

# Nobody in a backlog still waits at a site; faults of lines and software are the staff's.
NEVER = ("still_here", "site_tech")

_TITLES = {
    fold(say(title, lang)): kind
    for kind, title in wording.KINDS.items()
    for lang in LANGUAGES
    if kind not in NEVER
}

kind = r.one_of({**_TITLES, **_SHORT})

HELP = (
    "Thiếu mũi, Mũi tiêm ghi sai, Một mũi bị ghi hai lần, Có mũi tôi không tiêm, Mũi tiêm nằm ở hồ sơ khác, Sai thông tin, "
    "Chưa có số, Sai định dạng, Chưa ký, F0, Lực lượng, Người nước ngoài, Sai số điện thoại, Phản ứng sau tiêm, Gọi lại, Việc khác."
)
