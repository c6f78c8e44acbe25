"""Where upstreams ring when there is news of an order."""

from filmgate.api.ask import Ask
from filmgate.api.wire import CallbackObject
from filmgate.domain.callbacks import video_of
from filmgate.errors import NotFound


async def take_callback(ask: Ask) -> CallbackObject:
    """For servers that make films for this one: look at the order now, rather than in a while.

    The address was made for one order, and is signed. What the body says is not read: a ring tells
    only when to look. One that comes again, or too late, is answered like the first.
    """
    tag, signature = ask.path["tag"], ask.path["signature"]
    if not ask.parts.links.may_ring(tag, signature):
        raise NotFound("There is no such callback")
    await ask.parts.videos.ring(video_of(tag))
    return {"object": "callback", "received": True}
