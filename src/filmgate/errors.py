"""Every error that Filmgate raises on purpose.

FilmgateError
├── BadRequest                    the caller asked for what cannot be
│   ├── InvalidParameter          a field is wrong; names the field
│   │   └── RangeOutside          the range lies outside the file; says how large that is
│   ├── MissingParameter          a field is needed and absent
│   ├── UnknownParameter          a field that nothing here knows
│   ├── ModelNotFound             no card has that id
│   ├── InvalidImage              the bytes are no picture that we take
│   ├── InvalidVideo              the bytes are no film that we take
│   ├── ImageFetchFailed          the picture's address was refused or gave nothing
│   ├── ContentRefused            the operator's moderator says no; says why
│   ├── InvalidJson               the body is not JSON
│   ├── InvalidMultipart          the body is not multipart
│   ├── RequestTooLarge           the body is over the limit
│   ├── UnsupportedMediaType      the body is of no kind that we read
│   ├── VideoNotReady             its film is not made yet
│   ├── WebhookUnreachable        a test event found nobody who answers
│   ├── VideoHasFailed            it has no film and never will
│   ├── VideoNotCompleted         nothing can be made from it yet, or ever
│   ├── VideoNotCancellable       it has ended already
│   ├── BatchNotCancellable       the same of a batch
│   ├── FileQuotaExceeded         the account would keep more bytes of files than it may
│   └── IdempotencyKeyReused      the same Idempotency-Key came with another body
├── NotAllowed
│   ├── InvalidKey                missing, malformed, unknown, expired or revoked alike
│   ├── AccountDisabled           the operator has closed the account
│   ├── ScopeMissing              the key is good, but not for this
│   └── ModelNotAllowed           the key is good, but not for this model
├── InsufficientBalance           the account cannot pay; says what is missing
│   └── BudgetSpent                what it may spend in a month is spent
├── LimitReached                  too much at once; carries when to try again
│   ├── QueueFull                 too many videos wait
│   └── RateLimitExceeded         too many creates a minute
├── MethodNotAllowed              the path has no such method; says which it has
├── NotFound
│   ├── VideoNotFound             unknown, deleted, or another account's
│   ├── CharacterNotFound         the same of a character
│   └── VideoExpired              its files are gone; the row remembers
├── Unavailable                   the database or the storage is away; try again later
│   ├── StorageFull               no room for more bytes
│   └── DatabaseFull              no room for more rows
├── Stopped                       tells an engine to end now; never shown to a caller
│   ├── Cancelled                 the video was cancelled or deleted, or took too long
│   ├── LeaseLost                 somebody else holds the video now, and goes on with it
│   └── GivenBack                 the worker is shutting down: a shutdown is never a cancel
├── GenerationFailed              an engine could not make the film; carries the failure code
│   └── FilmMismatch              the film made is not the film asked for
├── EngineStuck                   an engine neither works nor stops: only its process can end
├── MissingPart                   an optional or system part is not installed; says which
└── SettingsError                 a setting is wrong; names it, its value, what is allowed
"""

from collections.abc import Sequence
from typing import ClassVar

__all__ = ["FilmgateError", "GenerationFailed", "MissingPart", "SettingsError", "Stopped"]


class FilmgateError(Exception):
    """The root. `message` is fit for the caller's eyes."""

    code: ClassVar[str] = "internal_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(FilmgateError):
    """The caller asked for what cannot be. `param` is the canonical field name, or None."""

    code = "invalid_parameter"

    def __init__(self, message: str, *, param: str | None = None) -> None:
        super().__init__(message)
        self.param = param


class InvalidParameter(BadRequest):
    """A field is wrong. `reason` completes the sentence "Invalid parameter: <field> …"."""

    def __init__(self, param: str, reason: str) -> None:
        super().__init__(f"Invalid parameter: {param} {reason}", param=param)
        self.reason = reason

    def with_spelling(self, spelling: str) -> "InvalidParameter":
        """The same error in the caller's own spelling of the field."""
        return InvalidParameter(spelling, self.reason)


class RangeOutside(InvalidParameter):
    """The range is outside the file. `size` is how many bytes that has."""

    code = "invalid_parameter"

    def __init__(self, size: int) -> None:
        super().__init__("Range", f"must lie within the {size} bytes of the file")
        self.size = size


class MissingParameter(BadRequest):
    """A field is needed and absent."""

    code = "missing_required_parameter"


class UnknownParameter(BadRequest):
    """A field that nothing here knows."""

    code = "unknown_parameter"


class ModelNotFound(BadRequest):
    """No card has that id."""

    code = "model_not_found"


class InvalidImage(BadRequest):
    """The bytes are no picture that we take."""

    code = "invalid_image"


class InvalidVideo(BadRequest):
    """The bytes are no film that we take; the message says in what."""

    code = "invalid_video"


class ImageFetchFailed(BadRequest):
    """The picture's address was refused or gave nothing. Says which rule, not what was there."""

    code = "image_fetch_failed"


class ContentRefused(BadRequest):
    """The operator's moderator says no, and why."""

    code = "content_policy_violation"


class InvalidJson(BadRequest):
    """The body is not JSON."""

    code = "invalid_json"


class InvalidMultipart(BadRequest):
    """The body is not multipart."""

    code = "invalid_multipart"


class RequestTooLarge(BadRequest):
    """The body is over the limit."""

    code = "request_too_large"


class UnsupportedMediaType(BadRequest):
    """The body is of no kind that we read."""

    code = "unsupported_media_type"


class VideoNotReady(BadRequest):
    """Its film is not made yet."""

    code = "video_not_ready"


class VideoHasFailed(BadRequest):
    """It has no film and never will."""

    code = "video_failed"


class VideoNotCompleted(BadRequest):
    """Only a completed video can be remixed, edited or extended."""

    code = "video_not_completed"


class VideoNotCancellable(BadRequest):
    """It has ended already."""

    code = "video_not_cancellable"


class BatchNotCancellable(BadRequest):
    """A batch has ended already, or every line of it has."""

    code = "batch_not_cancellable"


class FileQuotaExceeded(BadRequest):
    """The account would keep more bytes of files than it may."""

    code = "file_quota_exceeded"


class WebhookUnreachable(BadRequest):
    """A test event found nobody who answers; the message says which rule or limit it met."""

    code = "webhook_unreachable"


class IdempotencyKeyReused(BadRequest):
    """The same Idempotency-Key came with another body."""

    code = "idempotency_key_reused"


class NotAllowed(FilmgateError):
    """The caller may not."""


class InvalidKey(NotAllowed):
    """Missing, malformed, unknown, expired or revoked alike."""

    code = "invalid_api_key"


class AccountDisabled(NotAllowed):
    """The operator has closed the account."""

    code = "account_disabled"


class ScopeMissing(NotAllowed):
    """The key is good, but not for this. The message names the scope."""

    code = "scope_missing"


class InsufficientBalance(FilmgateError):
    """The account cannot pay for the video. The message says what is missing."""

    code = "insufficient_balance"


class BudgetSpent(InsufficientBalance):
    """The account has spent what it may in a month."""

    code = "budget_exceeded"


class ModelNotAllowed(NotAllowed):
    """The key is good, but not for this model."""

    code = "model_not_allowed"


class LimitReached(FilmgateError):
    """Too much at once. `retry_after` is in seconds, at most 60."""

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class QueueFull(LimitReached):
    """Too many of the account's videos wait."""

    code = "queue_full"


class RateLimitExceeded(LimitReached):
    """Too many creates in this minute."""

    code = "rate_limit_exceeded"


class MethodNotAllowed(FilmgateError):
    """The path has no such method. `allowed` are those that it has."""

    code = "method_not_allowed"

    def __init__(self, message: str, *, allowed: Sequence[str]) -> None:
        super().__init__(message)
        self.allowed = allowed


class NotFound(FilmgateError):
    """Nothing here by that name."""

    code = "not_found"


class VideoNotFound(NotFound):
    """Unknown, deleted, or another account's."""

    code = "video_not_found"


class CharacterNotFound(NotFound):
    """Unknown, deleted, over its time, or another account's."""

    code = "character_not_found"


class VideoExpired(NotFound):
    """Its files are gone; the row remembers."""

    code = "video_expired"


class Unavailable(FilmgateError):
    """The database or the storage is away. `retry_after` is in seconds."""

    code = "unavailable"

    def __init__(self, message: str, *, retry_after: int = 2) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class StorageFull(Unavailable):
    """No room for more bytes."""


class DatabaseFull(Unavailable):
    """No room for more rows."""


class Stopped(FilmgateError):
    """Tells an engine to end now; never shown to a caller."""


class Cancelled(Stopped):
    """The video was cancelled or deleted, or took longer than it may."""

    code = "cancelled"


class LeaseLost(Stopped):
    """Somebody else holds the video now; what was begun elsewhere for it must be left alone."""


class GivenBack(Stopped):
    """The worker is shutting down; the video goes back to the queue, its attempt unspent."""


class GenerationFailed(FilmgateError):
    """An engine could not make the film. `failure` is a code of `domain.states.Failure`."""

    def __init__(self, message: str, *, failure: str = "engine_error") -> None:
        super().__init__(message)
        self.failure = failure


class FilmMismatch(GenerationFailed):
    """The film made is not the film asked for."""


class EngineStuck(FilmgateError):
    """An engine neither works nor stops: only the end of its process ends it."""


class MissingPart(FilmgateError):
    """An optional or system part is not installed; the message says how to get it."""


class SettingsError(FilmgateError):
    """A setting is wrong; the message names it, its value and what is allowed."""
