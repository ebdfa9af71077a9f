from __future__ import annotations

import multiprocessing
import os

import pytest

from lstm_course.jobs.capture import _pump
from lstm_course.jobs.streams import HEADER, Frames, Head, read_some, unblock, write_all


def frame(tag, payload):
    return HEADER.pack(tag, len(payload)) + payload


@pytest.mark.parametrize("size", [1, 7, 9, 10, 1000])
def test_frames_come_out_whole_however_they_were_cut(size):
    sent = [(b"s", b""), (b"e", b"12345"), (b"v", b"x" * 40)]
    stream = b"".join(frame(*each) for each in sent)
    frames = Frames()
    got = [
        each for start in range(0, len(stream), size) for each in frames.feed(stream[start : start + size])
    ]
    assert got == sent
    assert frames.num_bytes == 3 * 9 + 45


def test_a_head_keeps_the_first_bytes_and_counts_the_rest():
    head = Head(3)
    head.add(b"ab")
    assert head.text() == "ab"
    head.add(b"cd" * 1000)
    assert (head.text(), head.num_bytes) == ("abc\n[1,999 bytes more were printed and dropped]", 2002)


def test_text_that_is_not_utf8_is_shown_nevertheless():
    head = Head(10)
    head.add(b"a\xff")
    assert head.text() == "a\N{REPLACEMENT CHARACTER}"


def test_reading_tells_nothing_yet_from_the_end():
    reader, writer = multiprocessing.Pipe(duplex=False)
    with reader:
        unblock(reader)
        assert read_some(reader) is None
        write_all(writer, b"abc")
        assert read_some(reader) == b"abc"
        writer.close()
        assert read_some(reader) == b""


def test_the_pump_sends_on_what_it_reads():
    source, printing = os.pipe()
    reader, writer = multiprocessing.Pipe(duplex=False)
    os.write(printing, b"printed")
    os.close(printing)
    with reader, writer:
        _pump(source, writer)
        assert read_some(reader) == b"printed"
    os.close(source)
