"""A create that answers with the film."""

import asyncio
from contextlib import suppress

from starlette.responses import Response

from filmgate.api import content, errors
from filmgate.api.ask import Ask
from filmgate.api.events import ended_by_departure
from filmgate.api.videos import place_order
from filmgate.domain.video import Video
from filmgate.errors import FilmgateError, Unavailable, VideoNotReady
from filmgate.services.watches import Follower

_LOOK_S = 5.0
"""How often it is looked at how the video goes, whether or not there are news."""
VIDEO_ID = "filmgate-video-id"


async def create_and_wait(ask: Ask) -> Response:
    """Takes what `POST /v1/videos` takes, waits, and answers with the film of the first output.

    The video is an ordinary one, named in the header `filmgate-video-id`: it goes on, and stays,
    when the caller goes away or the wait is over. Then the answer is `video_not_ready`; it is
    `video_failed` where there will be no film.
    """
    watch = ask.parts.watches.open(ask.caller)  # first: what it refuses must not be ordered
    try:
        video, _ = await place_order(ask)
        ended = await wait_until_ended(ask, watch, video, ask.parts.sync_wait_s)
        answer = await _film_of(ask, ended)
    finally:
        ask.parts.watches.close(watch)
    answer.headers.update({VIDEO_ID: video.id, **ask.headers})
    return answer


async def wait_until_ended(ask: Ask, watch: Follower, video: Video, most_s: float) -> Video:
    """The video once it has ended, or how it stands when the wait is over or the caller gone."""
    with suppress(TimeoutError), ended_by_departure(watch, ask.request.receive):
        async with asyncio.timeout(most_s):
            while not (video.state.final or watch.has_ended):
                await watch.wait(_LOOK_S)
                with suppress(Unavailable):  # what is away for a while is waited for like a film
                    video = await ask.parts.videos.get(ask.caller, video.id)
    return video


async def _film_of(ask: Ask, video: Video) -> Response:
    """The film, or an error that nobody takes for a reason to order again."""
    try:
        return await _send(ask, video)
    except (VideoNotReady, Unavailable):
        message = f"The video {video.id} goes on: its film is not ready. Ask for it by its id"
        return errors.from_filmgate(VideoNotReady(message))
    except FilmgateError as error:
        return errors.from_filmgate(error)


async def _send(ask: Ask, video: Video) -> Response:
    film = ask.parts.videos.film(video, "video", 0)
    media_type, suffix = content.KINDS["video"]
    return await content.send(
        ask.parts.blobs,
        film.file,
        name=content.name(video, "video", 0, suffix),
        media_type=media_type,
        request=ask.request,
        inline=False,
    )
