"""The guest runs exactly as far as it is allowed."""

from __future__ import annotations

from lovhe.virtual.surroundings.virtual_clock import VirtualClock


def test_without_a_grant_nothing_limits_the_guest() -> None:
    """Before `begin` and after `end` the guest is told that it may run without a limit."""
    clock = VirtualClock(virtual=True)
    assert clock.sync(0) == [["go", -1]]
    assert not clock.reached()


def test_the_guest_blocks_after_begin_until_it_is_allowed() -> None:
    """After `begin` the next `sync` is held at the guest's own time, and `allow` counts from there."""
    clock = VirtualClock(virtual=True)
    clock.sync(0)
    assert clock.begin() == [["go", 0]]
    assert not clock.reached()
    assert clock.sync(1234) == []
    assert clock.reached()
    assert clock.allow(500) == [["go", 501_234]]
    assert not clock.reached()
    assert clock.sync(501_234) == []
    assert clock.reached()


def test_grants_add_up() -> None:
    """What is allowed twice before the guest asks is the sum, whether or not the guest's time was known."""
    clock = VirtualClock(virtual=True)
    clock.begin()
    assert clock.allow(100) == []
    assert clock.allow(50) == []
    assert clock.sync(1000) == [["go", 151_000]]
    assert clock.allow(50) == []
    assert clock.sync(151_000) == [["go", 201_000]]


def test_begin_while_the_guest_waits_holds_it_there() -> None:
    """`begin` at a blocked guest sets the grant to where it stands."""
    clock = VirtualClock(virtual=True)
    clock.begin()
    clock.sync(700)
    assert clock.begin() == []
    assert clock.reached()
    assert clock.allow(1) == [["go", 1700]]


def test_end_lets_a_blocked_guest_go() -> None:
    """`end` answers a held `sync`, and takes the limit from a guest that runs."""
    clock = VirtualClock(virtual=True)
    clock.begin()
    clock.sync(5)
    assert clock.end() == [["go", -1]]
    assert clock.begin() == [["go", 5]]
    assert clock.end() == [["go", -1]]


def test_the_guest_stops_at_the_worlds_next_change() -> None:
    """The horizon is the nearer of grant and next change; stopping at a change is not reaching the grant."""
    changes = [3000, None, 9_000_000]
    clock = VirtualClock(virtual=True, next_change_us=lambda: changes[0])
    clock.begin()
    clock.allow(10)
    assert clock.sync(0) == [["go", 3000]]
    changes.pop(0)
    assert clock.sync(3000) == [["go", 10_000]]
    assert not clock.reached()
    changes.pop(0)
    assert clock.sync(10_000) == []
    assert clock.end() == [["go", 9_000_000, "free"]]


def test_a_change_that_is_due_now_does_not_stop_the_clock() -> None:
    """A part that is always due gives the guest one microsecond at a time, never none."""
    clock = VirtualClock(virtual=True, next_change_us=lambda: 10)
    assert clock.sync(10) == [["go", 11, "free"]]


def test_reaching_is_told_once_each_time() -> None:
    """The grant counts as used up when the guest blocks at it, and that is told at once."""
    told: list[int] = []
    clock = VirtualClock(virtual=True, on_reached=lambda: told.append(clock.now_us))
    clock.begin()
    assert (clock.reached(), told) == (False, [])
    clock.sync(100)
    assert (clock.reached(), told) == (True, [100])
    clock.allow(1)
    assert (clock.reached(), told) == (False, [100])
    clock.sync(1100)
    assert (clock.reached(), told) == (True, [100, 1100])


def test_a_new_guest_does_not_wait_for_the_old_ones_answer() -> None:
    """When the guest goes while it waits, nothing is reached until the new one asks; the grant stays."""
    clock = VirtualClock(virtual=True)
    clock.begin()
    clock.sync(100)
    clock.restart()
    assert not clock.reached()
    assert clock.allow(1) == []
    assert clock.sync(200) == [["go", 1100]]


def test_real_time_follows_the_pcs_clock() -> None:
    """In real time nothing is sent, and what is allowed counts from now."""
    now_s = [50.0]
    clock = VirtualClock(virtual=False, pc_clock_s=lambda: now_s[0])
    assert [*clock.begin(), *clock.allow(200)] == []
    now_s[0] = 50.199
    assert not clock.reached()
    now_s[0] = 50.2
    assert clock.reached()
    clock.allow(100)
    assert not clock.reached()
    assert clock.end() == []


def test_a_free_guest_is_told_to_keep_listening() -> None:
    """Without a grant the horizon is only the world's: a `begin` may come before it, so the guest must go on reading messages."""
    clock = VirtualClock(virtual=True, next_change_us=lambda: 60_000_000)
    assert clock.sync(0) == [["go", 60_000_000, "free"]]
    assert clock.begin() == [["go", 0]]
    clock.allow(10)
    assert clock.sync(7) == [["go", 10_007]]
