"""What the chat knows is never asked twice, unless it was withdrawn."""

from __future__ import annotations

from storage import reports, talks
from tests.residents.people_and_reports import filed, known, linked, parts, someone
from tests.residents.test_papers import UP_TO_PAPERS, up_to_papers
from tests.world import Person, World

AN = "N***** V** A* · 1980"
TOLD = f"{AN} (đã khai trước đây)"


def sent_one(world: World) -> Person:
    an = up_to_papers(world)
    an.presses("Tôi không còn giấy")
    an.presses("Gửi")
    return an


def again(an: Person, kind: str = "1") -> str:
    an.says("/phananh")
    return an.says(kind)


def newest(world: World, name: str = "an") -> reports.Report:
    with world.tx() as tx:
        return reports.watched(tx, talks.open_talk(tx, "web", name).id)[0]


def test_somebody_who_was_described_is_not_described_again(world: World) -> None:
    an = sent_one(world)
    world.jump(hours=30)
    again(an)
    assert an.buttons[:2] == [TOLD, "Người khác"]
    assert "Thiếu mũi nào" in an.presses(AN)
    for answer in (*UP_TO_PAPERS[8:], "không còn giấy"):
        an.says(answer)
    assert "Nguyễn Văn An" in an.last and "091****678" in an.last
    an.presses("Gửi")
    report = newest(world)
    assert (report.about["name"], report.about["birth"], report.proven) == (
        "Nguyễn Văn An",
        "1980-03-05",
        False,
    )


def test_residence_is_reused_too(world: World) -> None:
    an = someone(world, "an")
    filed(world, an, name="Nguyễn Văn An", birth="1980-03-05", sex="male", number={})
    again(an, "3")
    an.presses(AN)
    for answer in ("2", "xong", "Nguyen Van An"):
        an.says(answer)
    assert "giấy khai sinh" in an.last, an.last


def test_somebody_else_is_asked_for_in_full(world: World) -> None:
    an = sent_one(world)
    again(an)
    an.presses(AN)
    an.presses("Quay lại")
    assert an.buttons[:2] == [TOLD, "Người khác"]
    assert "công dân Việt Nam" in an.presses("Người khác")
    assert "Họ và tên đầy đủ" in an.says("1")


def test_another_person_is_chosen_from_the_summary(world: World) -> None:
    an = sent_one(world)
    again(an)
    an.presses("Người khác")
    for answer in (
        "1",
        "Trần Thị Bình",
        "1990",
        "nữ",
        "tôi không có",
        "0987 654 321",
        *UP_TO_PAPERS[8:],
        "không còn giấy",
    ):
        an.says(answer)
    assert "Trần Thị Bình" in an.last
    an.presses("Gửi")
    assert newest(world).about["name"] == "Trần Thị Bình"
    again(an)
    assert an.buttons[:3] == ["T*** T** B*** · 1990 (đã khai trước đây)", TOLD, "Người khác"]


def test_each_person_once_and_not_beside_their_own_record(world: World) -> None:
    an = sent_one(world)
    again(an)
    an.presses(AN)
    for answer in (*UP_TO_PAPERS[8:], "không còn giấy"):
        an.says(answer)
    an.presses("Gửi")
    again(an)
    assert an.buttons[:2] == [TOLD, "Người khác"]
    linked(world, an, known(world, name="Nguyễn Văn An", birth="1980-03-05", phone="0912345678"))
    again(an)
    assert an.buttons[:2] == [AN, "Người khác"]


def test_what_was_withdrawn_is_not_reused(world: World) -> None:
    an = sent_one(world)
    an.says("/rut_dong_y")
    world.jump(hours=1)
    again(an)
    an.presses("Tôi đồng ý")
    assert "công dân Việt Nam" in an.last
    binh = someone(world, "binh")
    report = filed(world, binh, name="Trần Thị Bình")
    binh.token(f"r:{report.id}:withdraw:{parts(world, report)[0].id}")
    binh.presses("Đúng, tôi rút")
    assert "công dân Việt Nam" in again(binh)


def test_reports_of_others_that_are_followed_here_describe_nobody(world: World) -> None:
    an, binh = someone(world, "an"), someone(world, "binh")
    report = filed(world, an, name="Nguyễn Văn An")
    with world.tx() as tx:
        reports.watch(tx, report.id, talks.open_talk(tx, "web", "binh").id)
    assert "công dân Việt Nam" in again(binh)


def test_a_forged_choice_opens_nobody(world: World) -> None:
    an, eve = sent_one(world), sent_one_as(world, "eve")
    report = newest(world)
    again(eve)
    assert an.name == "an" and "bấm một nút" in eve.token(f"f:who:told-{report.id}")


def sent_one_as(world: World, name: str) -> Person:
    person = up_to_papers(world, name)
    person.presses("Tôi không còn giấy")
    person.presses("Gửi")
    return person
