"""The other side of the interoperability tests: Python's msgpack, asked over standard input and output.

A request is a 4-byte little-endian length, one letter and a payload; an answer is a length, '+' or '-', and a payload.
  P expression               packs the value of a Python expression
  E message                  unpacks a message and packs what came out
  C expression NUL message   unpacks a message and compares it with the value of an expression, types included
"""
import math
import struct
import sys

import msgpack
from msgpack import ExtType, Timestamp  # used by expressions


def unpack(message):
    return msgpack.unpackb(message, use_list=False, strict_map_key=False)


def same(a, b):
    if type(a) is not type(b):
        return False
    if isinstance(a, tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, float) and math.isnan(a):
        return math.isnan(b)
    return a == b


def answer(request):
    kind, payload = request[:1], request[1:]
    if kind == b"P":
        return msgpack.packb(eval(payload.decode()))
    if kind == b"E":
        return msgpack.packb(unpack(payload))
    expression, message = payload.split(b"\0", 1)
    expected, found = eval(expression.decode()), unpack(message)
    if not same(expected, found):
        raise ValueError(f"expected {expected!r}, found {found!r}")
    return b""


def main():
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while header := requests.read(4):
        request = requests.read(struct.unpack("<I", header)[0])
        try:
            result = b"+" + answer(request)
        except Exception as error:
            result = b"-" + repr(error).encode()
        answers.write(struct.pack("<I", len(result)) + result)
        answers.flush()


main()
