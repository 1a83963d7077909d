"""Reads code images (dialects/uop/image.h) into Python objects.

The instruction layouts come from the uop table: uops.json, which the build makes with llvm-tblgen.
"""
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "dialects" / "tblgen"))
import uopgen

MAGIC = 0x43505950
OPTIMIZED, VARARGS, VARKEYWORDS = 0x1, 0x4, 0x8
GENERATOR, COROUTINE, ASYNC_GENERATOR = 0x20, 0x80, 0x200
HAS_DOCSTRING = 0x4000000
CELL, FREE, HIDDEN = 1, 2, 4

CODE_FIELDS = (
    "name qualname filename flags argcount posonlyargcount kwonlyargcount local_count free_count "
    "temporary_count firstlineno attr_caches call_caches words word_count constants constant_count "
    "names name_count local_names local_kinds exceptions exception_count positions position_count "
    "index").split()


class Table:
    """The uops by opcode, with their operands' places."""

    def __init__(self, path):
        self.uops, _, enums = uopgen.load(path)
        self.enums = enums

    def decode(self, words, at):
        uop = self.uops[struct.unpack_from("<H", words, at)[0]]
        values = {}
        for operand in uop.operands:
            form = {"imm": "<H", "label": "<i"}.get(operand.kind, "<I" if operand.wide else "<h")
            value = struct.unpack_from(form, words, at + operand.offset)[0]
            if operand.enum:
                value = self.enums[operand.enum][value]
            values[operand.name] = value
        return uop, values


class Instruction:
    __slots__ = ("word", "name", "uop", "args", "position", "depth", "handler", "target")


class Code:
    """One code object; `instructions` have their jump targets and handlers as indexes."""


class Image:
    def __init__(self, data, table):
        self.data, self.table = data, table
        magic, _, size, root, count, codes = struct.unpack_from("<6I", data)
        if magic != MAGIC or size != len(data):
            raise ValueError("not a code image")
        offsets = struct.unpack_from(f"<{count}I", data, codes)
        self.codes = [Code() for _ in offsets]
        self.by_offset = dict(zip(offsets, self.codes))
        for offset, code in zip(offsets, self.codes):
            self.read_code(code, offset)
        self.root = self.by_offset[root]

    def string(self, offset):
        size = struct.unpack_from("<I", self.data, offset)[0]
        return self.data[offset + 12:offset + 12 + size].decode("utf-8", "surrogatepass")

    def strings(self, offset, count):
        return [self.string(o) for o in struct.unpack_from(f"<{count}I", self.data, offset)]

    def constant(self, offset):
        kind, length, payload = struct.unpack_from("<IIQ", self.data, offset)
        if kind <= 3:
            return (None, True, False, ...)[kind]
        if kind == 4:
            return struct.unpack("<q", struct.pack("<Q", payload))[0]
        if kind == 5:
            return int(self.string(payload), 16)
        if kind == 6:
            return struct.unpack("<d", struct.pack("<Q", payload))[0]
        if kind == 7:
            return complex(*struct.unpack_from("<2d", self.data, payload))
        if kind == 8:
            return self.string(payload)
        if kind == 9:
            return bytes(self.data[payload:payload + length])
        if kind in (10, 11):
            items = [self.constant(payload + 16 * i) for i in range(length)]
            return tuple(items) if kind == 10 else frozenset(items)
        return self.by_offset[payload]

    def read_code(self, code, offset):
        data = self.data
        for name, value in zip(CODE_FIELDS, struct.unpack_from("<26I", data, offset)):
            setattr(code, name, value)
        for name in ("name", "qualname", "filename"):
            setattr(code, name, self.string(getattr(code, name)))
        code.constants = [self.constant(code.constants + 16 * i)
                          for i in range(code.constant_count)]
        code.names = self.strings(code.names, code.name_count)
        code.local_names = self.strings(code.local_names, code.local_count)
        code.local_kinds = list(data[code.local_kinds:code.local_kinds + code.local_count])
        words = data[code.words:code.words + 8 * code.word_count]
        positions = {}
        for i in range(code.position_count):
            word, *place, depth, _ = struct.unpack_from("<I4iHH", data, code.positions + 24 * i)
            positions[word] = (tuple(place), depth)
        self.read_instructions(code, words, positions)
        index = {i.word: n for n, i in enumerate(code.instructions)}
        for instruction in code.instructions:
            if "target" in instruction.args or "exhausted" in instruction.args:
                label = instruction.args.get("target", instruction.args.get("exhausted"))
                instruction.target = index[instruction.word + label]
        for i in range(code.exception_count):
            start, end, handler, depth, _ = struct.unpack_from(
                "<3IHH", data, code.exceptions + 16 * i)
            for instruction in code.instructions:
                if start <= instruction.word < end and instruction.handler is None:
                    instruction.handler = (index[handler], depth)

    def read_instructions(self, code, words, positions):
        code.instructions = []
        at = 0
        while at < len(words):
            instruction = Instruction()
            uop, args = self.table.decode(words, at)
            instruction.word, instruction.uop, instruction.name = at // 8, uop, uop.mnemonic
            instruction.args = args
            instruction.position, instruction.depth = positions[at // 8]
            instruction.handler = instruction.target = None
            code.instructions.append(instruction)
            at += 8 * uop.words


def parameter_count(code):
    return (code.argcount + code.kwonlyargcount + bool(code.flags & VARARGS) +
            bool(code.flags & VARKEYWORDS))
