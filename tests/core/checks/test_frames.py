"""Frames are found in any bytes, cut anywhere, and what is missing is told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.frames import MAX_FRAME_BYTES, MAX_LINE_BYTES, FrameDecoder

BEGIN = '[0,10000,"begin","0.1.0",5,"main.py"]'


def frame(body: str, end: str = "\n") -> bytes:
    """One frame as the board sends it."""
    return b"\x1e" + body.encode() + end.encode()


def decode(*chunks: bytes) -> list[Event]:
    """All events of a stream that came in these chunks."""
    decoder = FrameDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk)] + decoder.finish()


def kinds(events: list[Event]) -> list[str]:
    """What the events are, without times."""
    return [event.kind for event in events]


def test_time_zero_is_the_begin():
    """The board's ticks count from its boot; events count from the program's begin."""
    events = decode(frame(BEGIN) + frame('[1,10512,"level",2,1,4,0]'))
    assert events == [Event(0, "begin", ["0.1.0", 5, "main.py"]), Event(512, "level", [2, 1, 4, 0])]


def test_ticks_may_wrap():
    """`time.ticks_ms` starts anew at 2**30; the run's time goes on."""
    events = decode(frame(f'[0,{2**30 - 100},"begin","0.1.0",5,"m"]') + frame('[1,400,"level",2,1]'))
    assert events[-1].t_ms == 500


def test_text_is_kept_apart_from_frames_and_dated_by_the_frame_before():
    """A terminal's \\r\\n is one newline; a frame in the middle of a line cuts it."""
    data = frame(BEGIN, "\r\n") + b"hello\r\nwo" + frame('[1,10100,"level",2,1]', "\r\n") + b"rld\r\n"
    assert decode(data)[1:] == [
        Event(0, "text", ["hello\n"]),
        Event(0, "text", ["wo"]),
        Event(100, "level", [2, 1]),
        Event(100, "text", ["rld\n"]),
    ]


def test_a_print_frame_only_tells_the_time():
    """It dates the text after it and is no event of its own."""
    events = decode(frame(BEGIN) + frame('[1,10250,"print"]') + b"hi\n")
    assert events[1:] == [Event(250, "text", ["hi\n"])]


@given(st.integers(1, 60))
def test_events_do_not_depend_on_how_the_bytes_were_cut(size):
    """One byte at a time gives what one big piece gives, Azerbaijani and Cyrillic letters included."""
    data = (
        "".join(["İşıq: 5\r\n", "свет\n"])
        .encode()
        .join([frame(BEGIN), frame('[1,10005,"adc",34,512]'), frame('[2,1,"x'), frame('[3,10010,"end","done","","",0]')])
    )
    chunks = [data[index : index + size] for index in range(0, len(data), size)]
    assert decode(*chunks) == decode(data)


@pytest.mark.parametrize(
    "body",
    [
        "[1,10001,",
        "[1]",
        '[1,10001,"level",2]',
        '[1,10001,"level",2,7]',
        '[1,10001,"level",true,1]',
        '[1,10001,"adc",34,99999]',
        '[1,10001,"draw","i2c",39]',
        '[1,10001,"draw","spi",39,"a"]',
        '[1,10001,"draw","i2c",-1,"a"]',
        '[1,10001,"draw","pin",18,7]',
        '[1,10001,"show",{"a":[1]}]',
        '[1,10001,"end","done"]',
        '[1,"x","level",2,1]',
        '[1.5,10001,"level",2,1]',
        f'[1,{2**31},"level",2,1]',
        f'[{10**40},10001,"level",2,1]',
        '[1,10001,"step","a",0]',
        '[1,10001,"gap",1]',
        '[1,10001,["level"],2,1]',
        '[1,10001,"no kind!"]',
        "[" * 5000,
        "[" + "9" * 6000 + "]",
    ],
)
def test_a_broken_frame_is_a_gap(body):
    """Bad JSON, wrong shapes, wrong types and what only the host may say: evidence was lost, once."""
    events = decode(frame(BEGIN) + frame(body) + frame('[2,10002,"level",2,1]'))
    assert kinds(events) == ["begin", "gap", "level"]
    assert events[1].args == [1]


def test_missing_numbers_are_counted():
    """Two frames that never came are a gap of two, dated by the frame that shows it."""
    events = decode(frame(BEGIN) + frame('[3,10300,"level",2,1]'))
    assert events[1:] == [Event(300, "gap", [2]), Event(300, "level", [2, 1])]


def test_a_number_that_was_there_before_makes_all_doubtful():
    """A program that prints frames of its own cannot slip them in unseen: the board's next one has a number already used."""
    forged = frame('[1,10100,"level",2,1]') + frame('[2,10600,"level",2,0]')
    events = decode(frame(BEGIN) + forged + frame('[1,10700,"level",2,0]'))
    assert events[3] == Event(700, "gap", [2, 0])


def test_a_stray_separator_is_text():
    """A program may print 0x1E; what follows is its text when it is not a frame."""
    assert decode(frame(BEGIN) + b"\x1ehello\n")[1:] == [Event(0, "text", ["hello\n"])]


def test_control_bytes_are_taken_out_of_text():
    """Nothing that moves a terminal's cursor reaches the evidence."""
    assert decode(b"a\x1b[2J\x00\x07\tb\n") == [Event(0, "text", ["a[2J\tb\n"])]


def test_a_program_that_begins_once_more_goes_on_in_time():
    """After a restart the numbers begin at 0 again, which is no gap, and time does not run back."""
    events = decode(
        frame(BEGIN) + frame('[1,10400,"level",2,1]') + frame('[0,50,"begin","0.1.0",5,"main.py"]') + frame('[1,80,"level",2,0]')
    )
    assert [(event.t_ms, event.kind) for event in events] == [(0, "begin"), (400, "level"), (400, "begin"), (430, "level")]


def test_frames_may_overtake_each_other_by_milliseconds():
    """A sample stamped in the timer may be sent after a later call's frame."""
    events = decode(frame(BEGIN) + frame('[1,10020,"adc",34,1]') + frame('[2,10018,"level",2,1]') + frame('[3,10030,"adc",34,1]'))
    assert [event.t_ms for event in events] == [0, 20, 18, 30]


def test_a_time_stamp_far_back_is_doubtful():
    """A damaged stamp is told as a gap, and the frames after it have their right time again."""
    events = decode(frame(BEGIN) + frame('[1,90000,"level",2,1]') + frame('[2,10100,"level",2,0]') + frame('[3,10200,"level",2,1]'))
    assert kinds(events) == ["begin", "level", "gap", "level", "level"]
    assert events[-1].t_ms == 200


def test_memory_is_bounded():
    """A frame or a line that never ends is given up after its limit; the decoder goes on."""
    decoder = FrameDecoder()
    held = 0
    for _ in range(200):
        decoder.feed(b"\x1e[" + b"1," * 1000)
        decoder.feed(b"x" * 3000)
        held = max(held, len(decoder._carry))
    assert held <= MAX_FRAME_BYTES + MAX_LINE_BYTES
    assert decoder.feed(b"\n" + frame('[0,1,"begin","1",5,"m"]'))[-1].kind == "begin"


def test_a_long_line_is_cut_between_characters():
    """No letter of two bytes is broken where a line is cut."""
    texts = [event.args[0] for event in decode(("ə" * 9000 + "\n").encode())]
    assert "".join(texts) == "ə" * 9000 + "\n"
    assert len(texts) == 5


def test_nothing_is_lost_at_the_end():
    """A last line without newline is text, a frame cut off is a gap."""
    assert decode(b"bye") == [Event(0, "text", ["bye"])]
    assert kinds(decode(frame(BEGIN) + b"\x1e[1,10")) == ["begin", "gap"]


def test_a_question_is_seen_before_its_line_ends():
    """What follows is an event of its own; a frame that has begun waits for its end."""
    decoder = FrameDecoder()
    assert decoder.feed(frame(BEGIN) + b"Name? ")[1:] == []
    assert decoder.unfinished() == [Event(0, "text", ["Name? "])]
    assert decoder.unfinished() == []
    assert decoder.feed(b"Leyla\r\n") == [Event(0, "text", ["Leyla\n"])]
    decoder.feed(b'\x1e[1,10100,"lev')
    assert decoder.unfinished() == []
    assert kinds(decoder.feed(b'el",2,1]\n')) == ["level"]


@given(st.text(max_size=30))
def test_a_line_seen_in_parts_breaks_no_letter(text):
    """Wherever the bytes were cut, the parts make the text."""
    data = (text.translate(dict.fromkeys((*range(32), 127))) + "\n").encode()
    decoder = FrameDecoder()
    parts = []
    for place in range(len(data)):
        parts += decoder.feed(data[place : place + 1])
        parts += decoder.unfinished()
    assert "".join(event.args[0] for event in parts).encode() == data


def test_unknown_kinds_are_kept():
    """A newer board's evidence is stored, though nobody judges it yet."""
    assert decode(frame(BEGIN) + frame('[1,10001,"servo",18,90]'))[-1] == Event(1, "servo", [18, 90])


@given(st.lists(st.binary(max_size=200), max_size=20))
def test_any_bytes_are_taken(chunks):
    """No bytes raise, hang or give anything but events."""
    for event in decode(*chunks):
        assert event.kind
        assert isinstance(event.t_ms, int)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
frames = st.lists(values, max_size=8) | st.tuples(
    st.integers(0, 5),
    st.integers(0, 2**31),
    st.sampled_from(["begin", "level", "adc", "pwm", "draw", "show", "end", "print", "lost"]),
    values,
    values,
).map(list)


@given(st.lists(frames.map(lambda body: frame(json.dumps(body))) | st.binary(max_size=30), max_size=12), st.integers(1, 50))
def test_near_frames_are_taken_alike_in_any_chunks(pieces, size):
    """Frames of any JSON between any bytes: no exception, and the same events however they were cut."""
    data = b"".join(pieces)
    assert decode(*[data[index : index + size] for index in range(0, len(data), size)]) == decode(data)
