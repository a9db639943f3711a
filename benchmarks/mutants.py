"""Mutants: one small change each to a module's text, such as a careless hand might make."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
# What no run of the program depends on. Before Python 3.12 the parts of an f-string do not
# say where they stand.
UNTOUCHED = (ast.JoinedStr, ast.Import, ast.ImportFrom)
UNTOUCHED_FIELDS = {"annotation", "returns", "decorator_list"}
# Statements that may go without leaving a name unbound.
REMOVABLE = (ast.Expr, ast.Assign, ast.AugAssign)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change to a file.

    Args:
        path: the file, relative to the root.
        line: where the change stands, from 1.
        before, after: what stood there and what stands there now, as Python writes it.
        text: the whole file as changed.
    """

    path: Path
    line: int
    before: str
    after: str
    text: bytes = field(repr=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.before} -> {self.after}"


def mutants(root: Path, path: Path) -> list[Mutant]:
    """Return all mutants of a module, in the order of its text."""
    raw = (root / path).read_bytes()
    tree = ast.parse(raw)
    # Columns are counted in bytes.
    begins = [0]
    for line in raw.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    found = []
    for node, other in _changes(tree):
        start = begins[node.lineno - 1] + node.col_offset
        stop = begins[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        before, after = ast.unparse(node), ast.unparse(other)
        put = f"({after})" if isinstance(other, ast.expr) else after
        text = raw[:start] + put.encode() + raw[stop:]
        found.append(Mutant(path, node.lineno, before, after, text))
    return sorted(found, key=lambda mutant: mutant.line)


Place = ast.expr | ast.stmt
Node = TypeVar("Node", bound=ast.AST)


def _changes(tree: ast.AST) -> Iterator[tuple[Place, Place]]:
    """What may stand in the place of what, in a tree."""
    for name, value in ast.iter_fields(tree):
        if name in UNTOUCHED_FIELDS:
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or isinstance(node, UNTOUCHED) or _is_idle(node):
                continue
            for rule in RULES:
                yield from ((node, other) for other in rule(node))  # type: ignore[misc]
            yield from _changes(node)


def _is_idle(node: ast.AST) -> bool:
    """Whether a node is a docstring, or is there for mypy or for `import *` alone."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Subscript):
        return ast.unparse(node.value) == "Literal"
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _operators(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp | ast.BoolOp):
        other = SWAPPED.get(type(node.op))
        if other is not None:
            yield _with(node, op=other())
    elif isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            ops = [*node.ops[:at], SWAPPED[type(op)](), *node.ops[at + 1 :]]
            yield _with(node, ops=ops)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


def _constants(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)
    elif isinstance(node.value, str):
        yield ast.Constant("" if node.value else "x")


def _returns(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return) and ast.unparse(node) not in ("return", "return None"):
        yield ast.Return(ast.Constant(None))


def _slices(node: ast.AST) -> Iterator[ast.AST]:
    if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)):
        return
    for bound in ("lower", "upper"):
        old = getattr(node.slice, bound)
        if old is not None:
            moved = ast.BinOp(old, ast.Add(), ast.Constant(1))
            yield _with(node, slice=_with(node.slice, **{bound: moved}))
            yield _with(node, slice=_with(node.slice, **{bound: None}))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, REMOVABLE):
        return
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Tuple):
        return
    if not (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Call)):
        yield ast.Pass()


def _sides(node: ast.AST) -> Iterator[ast.AST]:
    """The source in the target's place, where both stand side by side."""
    if isinstance(node, ast.Call):
        for at, (one, two) in enumerate(pairwise(node.args)):
            if _are_sides(one, two):
                yield _with(node, args=[*node.args[:at], two, one, *node.args[at + 2 :]])
        for at, (first, second) in enumerate(pairwise(node.keywords)):
            if _are_sides(first.value, second.value):
                both = [_with(first, value=second.value), _with(second, value=first.value)]
                yield _with(node, keywords=[*node.keywords[:at], *both, *node.keywords[at + 2 :]])
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
        for at, (one, two) in enumerate(pairwise(node.elts)):
            if _are_sides(one, two):
                yield _with(node, elts=[*node.elts[:at], two, one, *node.elts[at + 2 :]])


def _are_sides(one: ast.AST, two: ast.AST) -> bool:
    texts = ast.unparse(one), ast.unparse(two)
    return "src" in texts[0] and texts[0].replace("src", "tgt") == texts[1]


def _with(node: Node, **fields: object) -> Node:
    """A node with other fields."""
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


RULES: tuple[Callable[[ast.AST], Iterator[ast.AST]], ...] = (
    _operators, _constants, _returns, _slices, _statements, _sides
)  # fmt: skip
