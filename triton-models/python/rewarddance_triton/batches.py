"""The way of a batch through a model: read each call, compute, answer each call; errors stay with their call."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import TypeVar

from .call import Call
from .errors import RequestError

T = TypeVar("T")
R = TypeVar("R")


def read_calls(calls: list[Call], reader: Callable[[Call], T]) -> list[T | RequestError]:
    """What was read of each call, or why it was refused; one that nobody waits for is not read."""
    return [_or_error(_read, call, reader) for call in calls]


def answer(read: T | RequestError, answerer: Callable[[T], R]) -> R | RequestError:
    """The answer to what was read, the refusal as it was, or what went wrong."""
    return read if isinstance(read, RequestError) else _or_error(answerer, read)


def _read(call: Call, reader: Callable[[Call], T]) -> T:
    call.stop_if_cancelled()
    return reader(call)


def _or_error(function: Callable, *arguments):
    try:
        return function(*arguments)
    except RequestError as error:
        return error
    except Exception as error:  # a fault of ours; left alone it would fail every call of the batch
        traceback.print_exc(file=sys.stderr)
        return RequestError(f"{type(error).__name__}: {error}")
