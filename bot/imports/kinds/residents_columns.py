"""The columns of an export of residents and doses."""

from bot.imports import readers as r
from bot.imports.columns import Column

DETAILS = ("name", "birth", "sex", "national_id", "old_id", "passport", "phone", "foreign", "commune")
DOSE = ("dose_class", "ordinal", "vaccine", "day", "lot", "site_name", "site_code", "site_commune", "signed")

_CLASSES = r.one_of({
    "co ban": "primary", "lieu co ban": "primary", "primary": "primary",
    "bo sung": "additional", "lieu bo sung": "additional", "additional": "additional",
    "nhac lai": "booster", "lieu nhac lai": "booster", "booster": "booster",
})  # fmt: skip

COLUMNS = (
    Column("person", "Mã đối tượng", "Person ID", r.text(60), "VD-000001", also=("Mã định danh Nền tảng",),
           help="Mã của người này trên Nền tảng; nhờ mã này, số định danh được sửa vẫn là một người."),
    Column("name", "Họ và tên", "Full name", r.text(100), "Giàng Thị Mẫu", True, also=("Họ tên", "Name")),
    Column("birth", "Ngày sinh", "Birth date", r.birth, "05/03/1995", True, "Có thể chỉ có năm.",
           ("Ngày tháng năm sinh", "Date of birth")),
    Column("sex", "Giới tính", "Sex", r.sex, "Nữ", also=("Gender",)),
    Column("national_id", "Số CCCD/định danh", "National ID", r.number, "015195000000",
           also=("Số CCCD", "CCCD", "Số định danh", "Số định danh cá nhân", "Mã định danh công dân")),
    Column("old_id", "Số CMND", "Old ID", r.number, "", also=("CMND", "Citizen ID")),
    Column("passport", "Hộ chiếu", "Passport", r.number, "", also=("Số hộ chiếu", "Passport number")),
    Column("number", "Số CMND/CCCD/HC", "ID number", r.number, "",
           also=("Số CMND/CCCD", "Số CCCD/CMND", "Số giấy tờ"),
           help="Dùng khi bản xuất chỉ có một cột cho mọi loại giấy tờ."),
    Column("foreign", "Quốc tịch", "Nationality", r.foreign, "Việt Nam"),
    Column("phone", "Số điện thoại", "Phone", r.phone, "0900000000",
           also=("Điện thoại", "SĐT", "Phone number"),
           help="Số di động nhận mã tra cứu; số không phải di động được bỏ qua."),
    Column("commune", "Mã xã thường trú (2025)", "Permanent commune code (2025)", r.commune("2025"), "04585",
           also=("Mã xã thường trú", "Permanent commune code"),
           help="Mã theo danh mục từ 01/07/2025; mã cũ ghi thành 2024:04612."),
    Column("dose_no", "Mũi số", "Dose number", r.whole(1, 20), "1",
           also=("Mũi tiêm số", "Mũi thứ", "Dose no")),
    Column("dose_class", "Loại mũi", "Dose class", _CLASSES, "Cơ bản", help="Cơ bản, Bổ sung hoặc Nhắc lại.",
           also=("Loại liều",)),
    Column("ordinal", "Thứ tự", "Ordinal", r.whole(1, 9), "1", help="Thứ tự trong loại mũi: Nhắc lại 2.",
           also=("Thứ tự liều",)),
    Column("vaccine", "Vắc xin", "Vaccine", r.text(60), "Comirnaty", also=("Tên vắc xin", "Vaccine name")),
    Column("day", "Ngày tiêm", "Injection date", r.day, "12/08/2021", also=("Dose date",)),
    Column("lot", "Số lô", "Lot", r.text(40), "VD123", also=("Lot number", "Batch number")),
    Column("site_name", "Cơ sở tiêm", "Site", r.text(200), "Trạm Y tế xã Bản Công",
           also=("Tên cơ sở tiêm", "Địa điểm tiêm", "Site name"), help="Tên đúng như đã ghi trên Nền tảng."),
    Column("site_code", "Mã cơ sở tiêm", "Site code", r.text(40), "", also=("Mã cơ sở",)),
    Column("site_commune", "Mã xã của cơ sở", "Site commune code", r.commune("2024"), "",
           help="Mã trước 01/07/2025; mã mới ghi thành 2025:04585."),
    Column("signed", "Đã ký", "Signed", r.yes_no, "Có", also=("Đã ký xác nhận",)),
    Column("as_of", "Dữ liệu đến", "As of", r.moment, "", help="Thay cho --as-of, nếu mỗi dòng một khác."),
)  # fmt: skip

NOTES = (
    "Mỗi dòng là một mũi tiêm; người có nhiều mũi thì có nhiều dòng. Dòng không có mũi tiêm chỉ ghi người.",
    "Cột không có trong tệp thì giữ nguyên dữ liệu cũ; ô trống nghĩa là trên Nền tảng không có.",
    "Dữ liệu cũ hơn dữ liệu đã nhập của cùng một người được bỏ qua.",
)
