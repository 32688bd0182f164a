"""Free words as they are typed on a phone, brought to one spelling: no marks, whole words, one name for one thing."""

import re

from handlers.rules.names import fold

# What is typed -> what the table of handlers/rules/meant_table.py calls it; in this order, whole words only.
SAME: tuple[tuple[str, str], ...] = (
    ("hk|ko|kg|kh|khg|hok|hong|hem|hg|k|kong|khong", "khong"),
    ("dc|dk|duoc", "duoc"),
    ("ch|chx", "chua"),
    ("chich ngua|chich|chik|tim ngua|tiem chung|tiem ngua|tiem phong|chung ngua|tiem", "tiem"),
    ("vac ?xin|vaccine?s?|vacxin|vax|vx", "vac xin"),
    ("ho chieu vac xin|hcvx|hcvc|vac xin passport|ho chieu xanh|ho chieu tiem", "hcvx"),
    ("chung nhan tiem|giay chung nhan|chung nhan", "chung nhan"),
    ("bv|bvdk|benh vien", "benh vien"),
    ("tyt|tram y te|tram xa|tram", "tram"),
    ("ttyt|trung tam y te", "trung tam y te"),
    ("so suc khoe dien tu|so suc khoe|sskdt|ssk|pc ?covid|phan mem|he thong|cong thong tin|ung dung|tren mang", "app"),
    ("so can cuoc cong dan|the can cuoc|so can cuoc|can cuoc cong dan|can cuoc|so cccd|cccd|cc ?cd|so dinh danh ca nhan|so dinh danh"
     "|ma dinh danh|dinh danh", "cccd"),
    ("so cmnd|so cmt|cmnd|cmt|cmtnd|so chung minh nhan dan|chung minh nhan dan|so chung minh thu|chung minh thu|so chung minh"
     "|chung minh", "cmnd"),
    ("id number|id no|identity number|id card|identity card", "cccd"),
    ("so dien thoai|so dt|sdt|so phone|so di dong|phone number|mobile number|so fone|dien thoai", "sdt"),
    ("f 0|f0|efo", "f0"),
    ("m(?= [1-5]\\b)", "mui"),
    ("lieu(?= [1-5]\\b)|mui tiem|mui vac xin", "mui"),
    ("mot", "1"),
    ("hai", "2"),
    ("ba(?= mui| lan| gio| tieng)", "3"),
    ("dose|shot|jab|injection", "shot"),
    ("doses|shots|jabs", "shots"),
    ("did not|didn t|does not|doesn t|do not|don t|is not|isn t|cannot|can t|never|not", "not"),
    ("ngta|nguoi ta", "nguoi ta"),
    ("j|gi", "gi"),
    ("nhan vien y te|nvyt|nhan vien|nhanvien|can bo|cb", "nhan vien"),
)  # fmt: skip
_SAME = tuple((re.compile(rf"\b(?:{typed})\b"), one) for typed, one in SAME)
_BOUNDARY = re.compile(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])")
LONGEST = 600  # characters that say what it is about


def plain(text: str) -> str:
    """«m2 ko thay tren SSKĐT» -> «mui 2 khong thay tren app»."""
    said = " ".join(_BOUNDARY.sub(" ", fold(text[:LONGEST])).split())
    for typed, one in _SAME:
        said = typed.sub(one, said)
    return " ".join(said.split())
