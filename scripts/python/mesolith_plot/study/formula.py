"""An arithmetic expression over the axes of a study."""

import ast
import operator
from collections.abc import Callable, Mapping

import numpy as np

from ..results import ResultsError

OPERATORS: dict[type, Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
FUNCTIONS = {"sqrt": np.sqrt, "exp": np.exp, "log": np.log, "log10": np.log10, "abs": np.abs}
CONSTANTS = {"pi": np.float64(np.pi)}


class FormulaError(ResultsError):
    """A formula that cannot be evaluated; the message is one sentence for the user."""


def _value(node: ast.expr, names: Mapping[str, np.ndarray]) -> np.ndarray:
    """The value of a part of the expression. Nothing but what is listed here is ever evaluated."""
    match node:
        case ast.Constant(value=bool() | str() | bytes() | None):
            pass
        case ast.Constant(value=int() | float() as number):
            # Of integers a power may have no end.
            return np.float64(number)
        case ast.Name(id=name):
            known = CONSTANTS | dict(names)
            if name not in known:
                raise FormulaError(
                    f"--against: {name} is not an axis of numbers of this study; it has {', '.join(names) or 'none'}"
                )
            return known[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left, names), _value(right, names))
        case ast.UnaryOp(op=op, operand=operand) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(operand, names))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](_value(argument, names))
    raise FormulaError(
        f"--against: '{ast.unparse(node)}' is not arithmetic; "
        f"write numbers, axes, pi, + - * / ** and {', '.join(FUNCTIONS)}"
    )


def evaluate(text: str, names: Mapping[str, np.ndarray]) -> np.ndarray:
    """The value of a formula at every point, with the names in SI. Throws `FormulaError`."""
    try:
        parsed = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(f"--against: '{text}' is not a formula ({error})") from error
    shape = next(iter(names.values())).shape if names else ()
    with np.errstate(all="ignore"):
        return np.broadcast_to(_value(parsed.body, names), shape).astype(float)
