"""What people say of each kind of report, and how much it says: the table by which free words are understood.

Words as handlers/rules/spelling.py writes them. «a/b_c»: either «a» or «b c»; «..»: up to five words between; «{no}»:
any of SETS.
"""

from collections.abc import Mapping

SETS: Mapping[str, str] = {
    "no": "khong/chua/chang/thieu/mat/chua he",
    "seen": "thay/hien/co/cap nhat/ghi nhan/len/ra/luu/ve/nhap/tra duoc/hien thi/cong",
    "wrong": "sai/nham/lon/khong dung/chua dung/nguoc/khong khop/lech/wrong/incorrect",
    "num": "1/2/3/4/5/nhac lai/bo sung/co ban/dau",
    "id": "cccd/cmnd",
    "vaccine": "pfizer/astra/astrazeneca/az/moderna/vero cell/verocell/vero/sinopharm/comirnaty/spikevax/abdala/janssen/sputnik/hayat",
    "of_dose": "ngay tiem/lo/so lo/lo vac xin/loai vac xin/ten vac xin/vac xin/noi tiem/diem tiem/co so tiem/cho tiem/thu tu"
    "/mui/mui 1/mui 2/mui 3/mui 4",
    "of_person": "ho ten/ho va ten/ten/ten dem/ten lot/ho/ngay sinh/nam sinh/ngay thang nam sinh/thang sinh/tuoi/gioi tinh"
    "/thong tin ca nhan/name/birth date/date of birth/birthday/sex/gender",
    "me": "toi/tui/minh/em/e/con/chau/bac/co/ba/ong/me/dum/giup/gium/ho/voi",
    "place": "tram/diem tiem/benh vien/cho tiem/ban tiem/phong tiem/noi tiem/phong kham/trung tam y te/day/cho/co so/truong",
    "nation": "han quoc/han/nhat/nhat ban/trung quoc/phap/my/duc/anh/lao/campuchia/nga/uc/an do/dai loan/thai/philippines/singapore/canada",
}

TABLE: Mapping[str, Mapping[int, tuple[str, ...]]] = {
    "dose_missing": {
        6: ("thieu/sot mui", "bo sot mui", "mat .. mui", "missing shot/shots", "shot/shots .. missing"),
        4: ("{no} {seen}", "{no} duoc {seen}", "tiem .. mui .. chi/moi/co .. mui", "tiem .. mui .. chi/moi co", "chi/moi co/hien .. mui", "only one/1/2",
            "not show/shown/recorded/updated/there/appear"),
        3: ("tiem .. {no} .. {seen}", "khong co chung nhan", "{no} .. mui nao", "tra cuu .. {no}", "tra cuu .. co .. mui"),
        2: ("{no} .. tren app", "app .. {no}", "tiem roi", "da tiem", "tiem du", "mui {num}", "shot/shots"),
    },
    "dose_wrong": {
        6: ("{wrong} {of_dose}", "{of_dose} .. {wrong}", "{vaccine} .. ghi .. {vaccine}", "{vaccine} .. ra/thanh {vaccine}",
            "ghi .. thanh mui", "mui .. thanh mui", "wrong/incorrect date/vaccine/vac_xin/lot/site/place/shot",
            "shot/date/lot .. wrong/incorrect", "tiem {vaccine} .. {vaccine}", "tiem o .. ma ghi"),
        4: ("ngay tiem .. tren app", "tiem ngay .. ghi", "tiem .. ma .. ghi", "ten vac xin", "so lo", "loai vac xin", "noi tiem"),
        2: ("mui .. ghi", "ghi .. mui", "doi lai/sua lai"),
    },
    "dose_duplicate": {
        8: ("trung mui", "nhap trung", "mui .. trung", "bi trung", "trung lap", "duplicate/duplicated/twice"),
        7: ("ghi/nhap/hien/lap/len .. 2/nhieu/3 lan", "2 mui {num}", "lap lai", "mui .. giong nhau/het", "giong mui truoc",
            "mui .. 2 lan", "2 mui .. cung ngay", "2 dong"),
        4: ("thua .. mui", "giong nhau", "giong het", "cung 1 ngay", "cung ngay"),
    },
    "dose_not_mine": {
        8: ("khong/chua/chua_he/chua_bao_gio/chua_tung/khong_he/dau_co/chua_di tiem .. ma/nhung/lai/sao .. co/ghi/bao/hien/thay",
            "mui .. khong/chua_he tiem", "co mui .. khong tiem",
            "mui la", "not had/got/took/received/get/take/have .. shot", "shot .. not .. got/had/took/received/mine/my"),
        6: ("khong/chua/chua_he/chua_bao_gio tiem mui", "khong tiem o do", "ai tiem", "mui .. khong phai cua", "ghi khong mui", "bao gio dau",
            "tiem .. nguoi khac .. cua", "mui .. cua nguoi khac", "co tiem .. dau", "not mine"),
        4: ("tu_nhien/tu_dung .. mui", "khong phai cua {me}", "chua_he/chua_bao_gio/chua_tung tiem", "ma sao co ten", "vao ten", "da tiem du"),
    },
    "other_record": {
        8: ("2 ho so", "2 tai khoan", "2 ma qr", "2 nguoi", "gop", "ho so khac", "tai khoan khac", "so khac .. mui", "two/2 accounts/records/profiles",
            "another/other record/account/profile", "merge", "split", "tach .. 2", "tach doi", "bi tach"),
        6: ("mui .. {id} cu", "mui .. cmnd .. mui .. cccd", "mui .. cccd .. mui .. cmnd", "mui .. nam o/ben", "ho so cu", "old id/account/record"),
        3: ("{id} cu", "sdt cu .. mui", "mui .. sdt cu", "mui .. bang cmnd"),
    },
    "personal": {
        6: ("{wrong} {of_person}", "{of_person} .. {wrong}", "{wrong} {id}", "{id} .. nham/sai", "ten .. mat dau", "misspelled/misspelt",
            "sinh .. khong_phai/chu_khong", "nam ma .. nu", "nu ma .. nam", "ten .. khac ten", "viet sai ten", "sai ten", "nhap/ghi/go nham/sai .. ten"),
        4: ("gioi tinh", "ngay sinh", "nam sinh", "ho ten", "ten dem", "chinh ta", "thong tin ca nhan", "{of_person} .. ghi", "sua .. ten/tuoi",
            "my/the/his/her name/birth", "birth/birthday date"),
        -6: ("ten vac xin", "ten .. tiem nham"),
    },
    "id_missing": {
        6: ("khong/chua co {id}", "thieu {id}", "{id} .. de/bo trong", "trong .. {id}", "bo sung .. {id}", "{id} .. trong_tron/trong",
            "quen .. {id}", "chua/khong khai/nhap/ghi/dien/cap nhat .. {id}", "cccd .. missing", "no cccd", "no id", "them {id}"),
        3: ("ho_so/chung_nhan/app .. khong/chua co/ghi .. {id}", "{id} .. chua/khong co", "khong/chua co {id} trong ho_so/app/chung_nhan"),
        -4: ("{id} .. moi tiem", "muon .. tiem"),
    },
    "id_format": {
        9: ("{id} .. dinh dang", "dinh dang", "{id} .. so 0", "wrong format", "number of digits", "digits"),
        8: ("{id} .. thieu/du/thua/mat/hut 1/vai/may .. so/chu_so", "{id} .. 7/8/10/11/13/14 so/chu_so", "{id} .. 9 so .. 12",
            "{id} .. ky_tu/chu_cai", "{id} .. khong/chua du .. so", "{id} .. du/thua so"),
        4: ("{id} .. chi co .. so", "7/8/10/11/13/14 so/chu_so", "phai 9/12 so", "chu so"),
    },
    "phone": {
        6: ("otp", "ma xac_nhan/xac_thuc", "sim", "{wrong} sdt", "sdt .. {wrong}", "doi/mat/chuyen/thay/sua/cap nhat .. sdt", "doi/chuyen/thay so",
            "sdt cu", "lost .. phone/sdt", "wrong sdt", "sdt moi"),
        4: ("sdt", "sdt .. khong", "khong .. dang nhap", "so cu khong", "phone", "khong nhan_duoc/thay/co ma", "khong .. tin nhan", "ma khong ve"),
        -4: ("goi", "mui .. sdt"),
    },
    "not_signed": {
        8: ("{no} .. hcvx", "hcvx .. {no}", "hcvx .. bao gio", "bao gio .. hcvx", "cap .. hcvx", "{no} .. ky", "no hcvx", "not signed"),
        6: ("hcvx", "ky so", "ky xac nhan", "ky duyet", "ky giup/gium/dum"),
        -8: ("hcvx la gi",),
    },
    "f0": {
        8: ("f0", "khoi benh", "khoi covid", "khoi f0", "da khoi", "khoi roi", "duong tinh", "recovered", "had covid", "positive"),
        6: ("nhiem covid", "nhiem benh", "mac covid", "mac benh", "benh covid", "bi covid", "het benh", "dieu tri tai nha", "cach ly", "nhiem"),
        2: ("covid .. het", "the xanh", "the .. khong xanh"),
    },
    "foreigner": {
        9: ("nguoi nuoc ngoai", "nguoi ngoai quoc", "viet kieu", "foreigner", "foreign", "expat", "quoc tich", "nationality", "quoc te"),
        7: ("so ho chieu", "nguoi {nation}", "passport", "ho chieu {nation}", "visa"),
        4: ("ho chieu",),
    },
    "force": {
        9: ("quan doi", "bo doi", "quan y", "nghia vu", "nghia vu quan su", "trai giam", "tam giam", "cai nghien", "bao tro", "trong trai",
            "quan su", "nha tu", "di tu", "xuat ngu", "bien phong", "quan nhan", "trai cai tao", "benh xa", "army", "military", "prison", "jail",
            "soldier",
            "rehab", "rehabilitation"),
        6: ("cong an", "tai don vi", "don vi", "police", "trong tu", "o tu"),
        -4: ("lam cccd .. cong an",),
    },
    "no_cccd": {
        -9: ("{id} trong/tren ho_so/app/chung_nhan",),
        9: ("khong/chua co {id} .. tiem", "mat {id} .. tiem", "chua lam {id}", "lam {id} o dau", "lam .. o dau .. tiem", "chua duoc cap {id}",
            "giay to tuy than", "khong/chua co giay to", "khong/chua co .. {id} .. tiem", "no cccd .. vaccinated/shot/vac_xin", "chua lam lai"),
        4: ("{id} .. the_nao/lam_sao/sao", "tiem duoc khong", "duoc tiem khong", "muon .. tiem", "di tiem", "lam .. {id}", "duoc .. tiem khong"),
    },
    "reaction": {
        9: ("sot cao", "kho tho", "co giat", "dau nguc", "tuc nguc", "noi man", "phat ban", "me day", "man ngua", "man do", "phan ung",
            "side effect/effects",
            "ngat xiu", "bat tinh", "soc phan ve", "non oi", "tim dap", "bi ngat", "bi sot", "bi sung", "chong mat", "hard to breathe",
            "chest pain", "allergic"),
        6: ("sot", "ngat", "sung", "ngua", "non", "dau nhuc", "dau dau", "met", "choang", "te tay", "te liet", "run", "buon non", "fever",
            "swollen", "rash",
            "dizzy", "faint/fainted", "reaction", "breath/breathe/breathing", "vomit/vomiting", "headache"),
        1: ("sau tiem", "sau khi tiem", "tiem xong", "tiem ve", "after"),
        -6: ("sot mui", "bo sot", "bi sot mui"),
    },
    "still_here": {
        9: ("con/dang/ngoi/dung .. {place}", "still at/here/in", "chua ve nha", "con/dang/van o {place}"),
        7: ("vua tiem", "vua moi tiem", "moi tiem xong", "moi tiem luc nay", "cach day .. phut", "ngoi theo doi", "dang theo doi", "theo doi 30 phut",
            "ngoi doi/cho .. tiem", "dang ngoi", "ngoi cho .. phut", "toi chua ve", "just got/had/now"),
        4: ("luc nay", "hom nay", "30 phut", "chua ve", "tai cho"),
    },
    "other": {
        9: ("thai do", "cho/doi lau", "cho/doi .. tieng", "cho/doi tu .. gio", "xep hang", "quat", "coc loc", "hach sach", "chen ngang/hang/lan",
            "lon xon",
            "rude", "thu tien", "doi tien", "phuc vu", "mat lich su", "kho chiu", "cau gat", "vo trach nhiem", "lam tien", "long wait/queue", "waited"),
        5: ("nhan vien .. dan", "nhan vien .. khong", "dong nguoi", "quen biet", "nguoi quen", "chui", "mang", "khong ai goi", "ghe ngoi", "chen",
            "staff", "wait",
            "phan anh tram", "phan anh nhan vien", "mat ve sinh", "to chuc kem"),
    },
    "call_back": {
        10: ("goi lai", "goi dien .. {me}", "goi .. cho {me}", "goi dum/gium/giup", "call me", "call back", "xin sdt", "cho .. sdt ho tro", "tong dai",
             "duong day nong", "hotline", "nguoi that", "gap nhan vien", "gap nguoi", "talk/speak to"),
        6: ("goi dien", "noi chuyen", "qua sdt", "khong biet chu", "khong biet bam/go/nhan_tin", "khong doc duoc", "mat kem", "so may",
            "sdt .. ho tro", "sdt .. de goi",
            "goi so nay", "truc may"),
        -6: ("noi chuyen .. voi dan", "noi chuyen coc loc"),
    },
    "none": {
        9: ("la gi", "may gio", "khi nao .. duoc tiem", "bao gio .. duoc tiem", "gan nhat", "co mat tien", "mat tien khong", "ban la ai", "la ai",
            "how are you",
            "thoi tiet", "troi dep", "bao nhieu tien", "lich tiem"),
        6: ("cam on", "thank/thanks", "xin chao", "hello", "chao", "hieu roi", "thay roi", "duoc roi", "tam biet", "bye", "good morning"),
        3: ("ok", "vang", "da vang", "hoi"),
    },
}  # fmt: skip
