"""Keys: what is sealed opens with any of them, an index stays the same when keys change, and tampering shows."""

from __future__ import annotations

import pytest

from storage.vault import Vault, WrongKey, new_key

OLD, NEW = new_key(), new_key()


def test_an_old_value_opens_after_a_new_key_was_put_in_front() -> None:
    sealed = Vault(OLD).seal_json({"name": "Giàng A Páo"})
    both = Vault(f"{NEW},{OLD}")
    assert both.open_json(sealed) == {"name": "Giàng A Páo"}
    with pytest.raises(WrongKey):
        Vault(OLD).open(both.seal(b"x"))


def test_the_index_survives_a_change_of_keys_and_differs_by_noun() -> None:
    assert Vault(OLD).index("number", "015095001234") == Vault(f"{NEW},{OLD}").index("number", "015095001234")
    assert Vault(OLD).index("number", "1") != Vault(OLD).index("phone", "1")
    assert Vault(OLD).index("number", "1") != Vault(NEW).index("number", "1")


def test_one_changed_byte_is_noticed() -> None:
    sealed = bytearray(Vault(OLD).seal(b"015095001234"))
    assert b"015095001234" not in sealed
    sealed[-1] ^= 1
    with pytest.raises(WrongKey):
        Vault(OLD).open(bytes(sealed))


@pytest.mark.parametrize("key", ["", "short", "x" * 44, "AAAA"])
def test_what_is_no_key_is_refused_with_a_sentence(key: str) -> None:
    with pytest.raises(WrongKey, match="python -m bot key"):
        Vault(key)
