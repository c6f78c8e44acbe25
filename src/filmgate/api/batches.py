"""The routes of batches, as the official SDKs ask them."""

from functools import partial
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from filmgate.api import values
from filmgate.api.ask import Ask
from filmgate.api.fields import MAX_METADATA
from filmgate.api.given import Given
from filmgate.api.reply import page_of, unix_seconds
from filmgate.api.webhooks import PageQuery
from filmgate.api.wire import Page
from filmgate.api.wirefiles import BatchObject
from filmgate.domain.batch import ENDPOINT, WINDOW, Batch, BatchStatus

_small = partial(values.mapping, "metadata", most_bytes=MAX_METADATA)


class NewBatch(Given):
    """What a new batch is to be."""

    input_file_id: Annotated[
        str,
        Field(
            max_length=64,
            description="a file of the purpose batch: one request a line, with custom_id, "
            "method POST, url /v1/videos and body",
        ),
    ]
    endpoint: Literal["/v1/videos"] = "/v1/videos"
    completion_window: Literal["24h"] = "24h"
    metadata: Annotated[dict[str, Any], AfterValidator(_small)] = Field(
        default={}, description="your own labels; at most 16 KiB"
    )


async def create_batch(ask: Ask) -> BatchObject:
    """Make a video of each line of a file, at the model's price for batches, within a day.

    What comes of it is in two files: `output_file_id` and `error_file_id`. Lines become videos as
    your limits allow, behind those that somebody waits for.
    """
    wanted = await ask.body(NewBatch)
    batch = await ask.parts.batches.create(
        ask.caller,
        input_file_id=wanted.input_file_id,
        metadata=wanted.metadata,
        base_url=ask.base_url,
    )
    return batch_object(batch)


async def list_batches(ask: Ask) -> Page[BatchObject]:
    """A page of your batches, newest first."""
    wanted = ask.query(PageQuery)
    found, more = await ask.parts.batches.page(ask.caller, wanted.after, wanted.limit)
    return page_of([batch_object(batch) for batch in found], more)


async def retrieve_batch(ask: Ask) -> BatchObject:
    """The batch as it stands."""
    return batch_object(await ask.parts.batches.get(ask.caller, ask.path["batch_id"]))


async def cancel_batch(ask: Ask) -> BatchObject:
    """Make no more of it, and end what runs. What is made already stays, and its result is told."""
    return batch_object(await ask.parts.batches.cancel(ask.caller, ask.path["batch_id"]))


def batch_object(batch: Batch) -> BatchObject:
    """A batch as the official SDKs read it."""
    at = {status: unix_seconds(batch.times.get(status)) for status in BatchStatus}
    return {
        "id": batch.id,
        "object": "batch",
        "endpoint": ENDPOINT,
        "errors": _errors(batch),
        "input_file_id": batch.input_file_id,
        "completion_window": WINDOW,
        "status": batch.status,
        "output_file_id": batch.output_file_id,
        "error_file_id": batch.error_file_id,
        "created_at": int(batch.created_at),
        "in_progress_at": at[BatchStatus.IN_PROGRESS],
        "expires_at": int(batch.expires_at),
        "finalizing_at": at[BatchStatus.FINALIZING],
        "completed_at": at[BatchStatus.COMPLETED],
        "failed_at": at[BatchStatus.FAILED],
        "expired_at": at[BatchStatus.EXPIRED],
        "cancelling_at": at[BatchStatus.CANCELLING],
        "cancelled_at": at[BatchStatus.CANCELLED],
        "request_counts": {
            "total": batch.total,
            "completed": batch.completed,
            "failed": batch.failed,
        },
        "metadata": dict(batch.metadata) or None,
    }


def _errors(batch: Batch) -> Any:
    if not batch.errors:
        return None
    data = [
        {"code": one.code, "message": one.message, "line": one.line, "param": one.param}
        for one in batch.errors
    ]
    return {"object": "list", "data": data}
