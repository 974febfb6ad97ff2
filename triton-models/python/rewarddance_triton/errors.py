"""What can be wrong with a request or with a version's files; the text names the value and what was expected."""

from __future__ import annotations


class RequestError(Exception):
    """A request that gets an error instead of tensors; `code` is the name of a gRPC status."""

    code = "INTERNAL"


class BadRequest(RequestError):
    """The request can't be answered as it is."""

    code = "INVALID_ARGUMENT"


class Cancelled(RequestError):
    """Nobody waits for the answer any more."""

    code = "CANCELLED"


class LoadError(ValueError):
    """A version that can't be served; the text names the file or parameter."""
