"""Somebody changes a message that was sent: it is not read, they are told so, and nothing else happens."""

from __future__ import annotations

from storage import talks
from tests.world import World


def test_what_was_asked_stays_asked(world: World) -> None:
    lan = world.person("lan")
    lan.says("/phananh")
    lan.presses("Thiếu mũi tiêm")
    lan.presses("Tôi đồng ý")
    asked = lan.last
    with world.tx() as tx:
        before = talks.open_talk(tx, "web", "lan").state
    heard = lan._send(kind="edited")
    assert heard == "Tin đã gửi mà sửa lại thì tôi không đọc được. Anh/Chị gửi lại thành tin mới giúp nhé."
    with world.tx() as tx:
        assert talks.open_talk(tx, "web", "lan").state == before
    assert before["flow"] and lan.says("1") != asked
