"""The message that collects alerts: its words, its buttons, and who may press them."""

from collections.abc import Callable
from datetime import timedelta

from bot import deliveries, turns
from handlers import desk
from handlers.supervisors import alerts
from locales.times import ZONE
from storage import deadlines, history, outbox, queue, staff, talks, tickets, units
from tests.supervisors.filing import (
    COMMITTEE,
    DEPARTMENT,
    STATION,
    backlog,
    crew,
    files,
    leaves,
    ticket_of,
    turn_of,
)  # fmt: skip
from tests.world import FRIDAY, World


def test_several_alerts_are_one_message_worst_first(world: World) -> None:
    people = crew(world)
    for number in range(33):
        backlog(world, FRIDAY - timedelta(hours=43, minutes=10 * number), number)
    world.work()
    minh = people["commune"]
    assert len(minh.heard) == 1
    rows = minh.last.split("\n")
    assert rows[0] == "**QUÁ HẠN** · 33 phiếu · 3 quá hạn · 30 sắp quá hạn"
    assert rows[1] == "Trạm Y tế xã Hạnh Phúc chưa xử lý:"  # once, where it holds for all
    assert rows[2] == "PA-B0032 · quá hạn 20 phút · Thiếu mũi tiêm"
    assert rows[5] == "PA-B0029 · còn 10 phút · Thiếu mũi tiêm"
    assert rows[12:] == ["và 23 phiếu khác: /quahan"]
    assert minh.buttons == ["Xem danh sách", "Nhận xử lý", "Chuyển người khác", "Đã nhận tin"]
    minh.presses("Xem danh sách")
    assert minh.heard[-1]["_replaces"] is None  # the alert keeps its buttons
    assert minh.last.startswith("**Quá hạn hoặc còn dưới 6 giờ:** 33 phiếu\nTrạm Y tế xã Hạnh Phúc\n")
    assert "Trang 1/5" in minh.last
    clerk = people["clerk"]
    assert len(clerk.heard) == 1 and clerk.last.endswith("/hangdoi")
    clerk.presses("Xem danh sách")
    assert "33" in clerk.last and clerk.heard[-1]["_replaces"] is None


def test_taking_up_several_from_above_is_one_message_to_the_unit(world: World) -> None:
    people = crew(world)
    for number in range(12):
        backlog(world, FRIDAY - timedelta(hours=43, minutes=10 * number), number)
    world.work()
    minh, clerk = people["commune"], people["clerk"]
    clerk.news()
    said = minh.presses("Nhận xử lý")
    named = [f"PA-B{number:04}" for number in range(11, 1, -1)]  # the ten that the message named
    told_codes = ", ".join(f"**{code}**" for code in named)
    assert f"Anh/Chị đã nhận theo dõi {told_codes}." in said and "Thời hạn không dừng" in said
    [told] = clerk.news()
    assert f"Minh (UBND xã Hạnh Phúc) đang theo dõi {told_codes}" in told
    with world.tx() as tx:
        alerted = [
            a for n in range(12) for a in deadlines.alerts_of(tx, ticket_of(tx, f"PA-B{n:04}").round_id)
        ]
        me = staff.by_talk(tx, talks.open_talk(tx, "web", "minh").id)
        assert me and all(a.acked_at for a in alerted if a.recipient_id == me.id)
        assert ticket_of(tx, named[0]).holder_id is None
    assert "Không còn phiếu nào để nhận" in minh.presses("Nhận xử lý")
    world.jump(hours=3)
    assert people["admin"].heard == []


def test_taking_several_at_the_unit_itself_leaves_those_of_colleagues(world: World) -> None:
    people = crew(world)
    codes = [files(world) for _number in range(3)]
    world.jump(hours=24)
    clerk, head = people["clerk"], people["head"]
    head.says(codes[1])
    head.presses("Nhận phiếu")
    said = clerk.presses("Nhận xử lý")
    assert f"Anh/Chị đã nhận **{codes[0]}**, **{codes[2]}**." in said and f"{codes[1]} (Binh)" in said
    clerk.presses("Của tôi")
    assert [label.split(" · ")[0] for label in clerk.buttons if label.startswith("PA-")] == [
        codes[0],
        codes[2],
    ]


def test_passing_on_several(world: World) -> None:
    people = crew(world)
    codes = [files(world) for _number in range(3)]
    world.jump(hours=42)
    minh = people["commune"]
    minh.presses("Chuyển người khác")
    assert "Giao 3 phiếu cho ai?" in minh.last
    assert minh.buttons == ["Hoa", "Binh", "Chuyển đơn vị khác", "Quay lại"]
    people["head"].news()
    minh.presses("Binh")
    assert "Đã làm xong 3 phiếu" in minh.last
    assert people["head"].news() == ["Minh giao cho Anh/Chị 3 phiếu."]
    with world.tx() as tx:
        holders = {ticket_of(tx, code).holder_id for code in codes}
        assert [staff.name_of(tx, holder) for holder in holders if holder] == ["Binh"]


def test_what_is_closed_before_the_message_leaves_falls_away(world: World) -> None:
    crew(world)
    first, second = files(world), files(world)
    world.time += timedelta(hours=42)
    with world.tx() as tx:
        while turns.ring(tx, world.now, world.desk):
            pass
    with world.tx() as tx:
        desk.withdraw(turn_of(world, tx, "lan"), ticket_of(tx, first))
    world.work()
    assert first not in world.person("minh").last and second in world.person("minh").last
    with world.tx() as tx:
        dropped = {a.dropped for a in deadlines.alerts_of(tx, ticket_of(tx, first).round_id, "supervisors")}
    assert dropped == {"closed"}


def test_nothing_is_sent_where_nothing_is_left(world: World) -> None:
    people = crew(world)
    code = files(world)
    world.time += timedelta(hours=42)
    with world.tx() as tx:
        while turns.ring(tx, world.now, world.desk):
            pass
        desk.withdraw(turn_of(world, tx, "lan"), ticket_of(tx, code))
    world.work()
    assert people["province"].heard == []
    with world.tx() as tx:
        ends = {
            row.outcome
            for row in tx.execute(outbox.outbox.select())
            if row.compose and row.done_at == world.time
        }
    assert ends == {"dropped"}


def test_who_left_meanwhile_reads_nothing(world: World) -> None:
    people = crew(world)
    files(world)
    world.time += timedelta(hours=42)
    with world.tx() as tx:
        while turns.ring(tx, world.now, world.desk):
            pass
    leaves(world, "minh", COMMITTEE)
    world.work()
    assert people["commune"].heard == [] and people["province"].heard


def test_an_alert_joins_the_message_that_waits(world: World) -> None:
    crew(world)
    codes = [files(world), files(world)]
    world.jump(hours=41, minutes=59)
    world.time += timedelta(minutes=2)
    with world.tx() as tx:
        while turns.ring(tx, world.now, world.desk):
            pass
        mine = [row for row in tx.execute(outbox.outbox.select()) if row.compose and row.done_at is None]
        assert len(mine) == 2  # one for the commune's supervisor, one for the province's
        [claimed, *_rest] = queue.claim(tx, outbox.outbox, world.time, 1, outbox.outbox.c.id == mine[0].id)
        body = alerts.compose(world.moment(tx), claimed.id, claimed.recipient_id)
    assert body and all(code in body["text"] for code in codes)


def test_a_clerk_reads_new_tickets_with_one_button(world: World) -> None:
    people = crew(world)
    code = files(world)
    assert people["clerk"].last == f"**Phiếu mới**\n{code} · còn 48 giờ · Thiếu mũi tiêm"
    assert people["clerk"].buttons == ["Mở phiếu"]
    people["clerk"].presses("Mở phiếu")
    assert code in people["clerk"].last


def test_in_the_readers_language(world: World) -> None:
    people = crew(world)
    with world.tx() as tx:
        talks.set_lang(tx, talks.open_talk(tx, "web", "minh").id, "en")
    files(world)
    world.jump(hours=42)
    assert people["commune"].last.startswith("**Nearly overdue**")
    assert people["commune"].buttons[-1] == "I have read it"


def test_taking_up_from_above(world: World) -> None:
    people = crew(world)
    code = files(world)
    world.jump(hours=42)
    said = people["commune"].presses("Nhận xử lý")
    assert f"đã nhận theo dõi {code}" in said and "còn 6 giờ" in said
    assert f"Minh (UBND xã Hạnh Phúc) đang theo dõi **{code}**" in people["clerk"].last
    assert "Trước đó đã có Minh" in people["province"].presses("Nhận xử lý")
    with world.tx() as tx:
        ticket = ticket_of(tx, code)
        notes = [event for event in history.of_ticket(tx, ticket.id, internal=True) if event.internal]
        assert ticket.holder_id is None and [n.details["words"] for n in notes] == [
            "Minh nhận theo dõi phiếu.", "Thu nhận theo dõi phiếu."]  # fmt: skip
    world.jump(hours=3)
    assert people["admin"].heard == []
    world.jump(hours=3)
    assert people["commune"].last.startswith("**QUÁ HẠN**")


def test_where_nobody_has_joined_a_supervisor_invites_at_once(world: World) -> None:
    minh = world.joins("minh", COMMITTEE, "supervisor")
    world.joins("tho", COMMITTEE, "clerk")
    code = files(world)
    assert f"{code} · còn 48 giờ · Trạm Y tế xã Hạnh Phúc chưa có ai tham gia" in minh.last
    assert minh.buttons == ["Mở phiếu", "Nhận xử lý", "Mời người", "Chuyển người khác", "Đã nhận tin"]
    assert "Mời người" not in world.person("tho").buttons
    minh.presses("Mời người")
    assert "Mời vào Trạm Y tế xã Hạnh Phúc với vai trò" in minh.last


def test_what_all_are_is_not_counted_twice(world: World) -> None:
    people = crew(world)
    for number in range(2):
        backlog(world, FRIDAY - timedelta(hours=50), number)
    world.work()
    assert people["commune"].last.split("\n")[0] == "**QUÁ HẠN** · 2 phiếu"


def test_taking_at_the_unit_itself(world: World) -> None:
    people = crew(world)
    code = files(world)
    world.jump(hours=24)
    assert people["clerk"].buttons == ["Mở phiếu", "Nhận xử lý", "Chuyển người khác", "Đã nhận tin"]
    people["clerk"].presses("Nhận xử lý")
    assert "Hoa đang giữ" in people["head"].presses("Nhận xử lý")
    with world.tx() as tx:
        holder = ticket_of(tx, code).holder_id
        assert holder and staff.name_of(tx, holder) == "Hoa"


def test_passing_on_to_a_colleague_of_the_unit(world: World) -> None:
    people = crew(world)
    code = files(world)
    world.jump(hours=42)
    people["commune"].presses("Chuyển người khác")
    assert people["commune"].buttons[:2] == ["Hoa", "Binh"]
    people["commune"].presses("Binh")
    with world.tx() as tx:
        holder = ticket_of(tx, code).holder_id
        assert holder and staff.name_of(tx, holder) == "Binh"


def test_nobody_else_may_press(world: World) -> None:
    people = crew(world)
    stranger = world.joins("xa", "committee:2025:04606", "supervisor")
    code = files(world)
    world.jump(hours=42)
    with world.tx() as tx:
        ticket = ticket_of(tx, code)
        alert = deadlines.alerts_of(tx, ticket.round_id, "supervisors")[0]
    for who in (stranger, world.person("lan")):
        for token in (
            f"a:take:{ticket.id}",
            f"a:pass:{ticket.id}",
            f"a:ack:{alert.outbox_id}",
            f"a:takeall:{alert.outbox_id}",
            f"a:passall:{alert.outbox_id}",
            "a:drop:1",
            "a:ack:x",
            "a",
            "a:take:" + "9" * 40,
        ):
            assert "không" in who.token(token) and code not in who.last
    with world.tx() as tx:
        assert {a.acked_at for a in deadlines.alerts_of(tx, ticket.round_id)} == {None}
        assert ticket_of(tx, code).version == ticket.version
    assert people["commune"].heard


def test_an_exempt_site_reads_along(world: World) -> None:
    """corrections.md, rule 1: identity at an exempt site goes to the station, and the site has a copy."""
    people = crew(world)
    site = world.joins("tam", "station:2025:04606", "clerk")
    with world.tx() as tx:
        copy = units.by_ref(tx, "station:2025:04606")
        assert copy
    code = files(world)
    with world.tx() as tx:
        ticket = ticket_of(tx, code)
        changed = tickets.change(tx, ticket, copy_to=copy.id)
        deadlines.plan(tx, changed.round_id, [("new:2", world.time)])
    world.work()
    assert "gửi để biết, Trạm Y tế xã Hạnh Phúc xử lý" in site.last
    assert site.buttons == ["Mở phiếu"]
    world.jump(hours=42)
    assert len(site.heard) == 1 and people["commune"].heard


def test_words_that_were_made_stay(make_world: Callable[..., World]) -> None:
    """A second try says the same, whatever happened meanwhile."""
    world = make_world()
    world.joins("hoa", STATION, "clerk")
    world.joins("thu", DEPARTMENT, "supervisor")
    code = files(world)
    world.time += timedelta(hours=42)
    with world.tx() as tx:
        while turns.ring(tx, world.now, world.desk):
            pass
        rows = deliveries.claim_outgoing(tx, world.now, 5)
        first = [deliveries.compose(tx, row, world.now, world.desk) for row in rows]
        desk.withdraw(turn_of(world, tx, "lan"), ticket_of(tx, code))
    world.time += timedelta(minutes=5)
    with world.tx() as tx:
        again = [
            deliveries.compose(tx, row, world.now, world.desk)
            for row in deliveries.claim_outgoing(tx, world.now, 5)
        ]
    texts = {body["text"] for body in first if body and "PA-" in body["text"]}
    assert texts <= {body["text"] for body in again if body}
    assert world.time.astimezone(ZONE).day == 22
