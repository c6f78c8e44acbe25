"""What an owner does with videos: see, list, cancel, delete, fetch."""

import logging
from dataclasses import dataclass

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.domain.account import Caller
from filmgate.domain.audit import Act
from filmgate.domain.states import State
from filmgate.domain.video import Standing, StoredFile, Video, VideoFilter, folder
from filmgate.errors import (
    AccountDisabled,
    DatabaseFull,
    InvalidParameter,
    Unavailable,
    VideoExpired,
    VideoHasFailed,
    VideoNotCancellable,
    VideoNotFound,
    VideoNotReady,
)
from filmgate.services import moves
from filmgate.services.audit import record_act
from filmgate.services.lookup import or_missing
from filmgate.services.standings import see, standings_of
from filmgate.store import accounts, changes, listings, rings, videos
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.database import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmFile:
    """One file of a video, ready to be sent."""

    video: Video
    file: StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoPage:
    """Videos and where each stands; whether more may follow, and after which id where not the last.

    A page that was searched for may be short, or empty, while more follow.
    """

    found: list[tuple[Video, Standing | None]]
    more: bool
    looked_to: str | None


class Videos:
    """The verbs of a video's owner."""

    def __init__(
        self,
        *,
        database: Database,
        blobs: Blobs,
        clock: Clock,
    ) -> None:
        self._db = database
        self._blobs = blobs
        self._clock = clock

    async def get(self, caller: Caller, video_id: str) -> Video:
        """The caller's video.

        Raises:
            VideoNotFound: unknown, deleted, or another account's.
        """
        return _or_missing(await self._db.read(videos.get, video_id, caller.account_id), video_id)

    async def ring(self, video_id: str) -> None:
        """Have whoever waits for a video look at it now; for one that nobody waits for, nothing."""
        now = self._clock.now()
        if await self._db.read(rings.may_ring, video_id, now):
            await self._db.write(rings.ring, video_id, now)

    async def see(self, caller: Caller, video_id: str) -> tuple[Video, Standing | None]:
        """The caller's video, and where it stands while it waits.

        Raises:
            VideoNotFound: unknown, deleted, or another account's.
        """
        account_id, now = caller.account_id, self._clock.now()
        return await self._db.glance(account_id, see, account_id, video_id, now)

    async def get_by_link(self, video_id: str) -> Video:
        """The video of a signed link, whoever asks.

        Raises:
            VideoNotFound: unknown or deleted.
            AccountDisabled: the operator has closed its owner's account.
        """
        return await self._db.read(_see_by_link, video_id)

    async def page(self, caller: Caller, wanted: VideoFilter) -> VideoPage:
        """One page of the caller's videos with where each stands.

        Raises:
            InvalidParameter: `after` is no video of the caller.
        """
        account_id, now = caller.account_id, self._clock.now()
        return await self._db.glance(account_id, _page, account_id, wanted, now)

    async def page_of_all(self, account_id: str | None, wanted: VideoFilter) -> VideoPage:
        """One page of everybody's videos, or of one account's, for the operator.

        Raises:
            InvalidParameter: `after` is none of them.
        """
        return await self._db.glance(account_id, _page, account_id, wanted, self._clock.now())

    async def cancel(self, caller: Caller, video_id: str) -> Video:
        """End a waiting or running video; its engine stops at the next step.

        Raises:
            VideoNotFound: unknown, deleted, or another account's.
            VideoNotCancellable: it has ended already.
        """
        video = await self._db.write(_cancel, caller, video_id, self._clock.now())
        if video is None:
            ended = await self.get(caller, video_id)
            raise VideoNotCancellable(f"The video is already {ended.state}", param="video_id")
        return video

    async def delete(self, caller: Caller, video_id: str) -> None:
        """Cancel a video if it has not ended, then remove its row and its files.

        Raises:
            VideoNotFound: unknown, deleted, or another account's.
        """
        try:
            gone = await self._db.write(_delete, caller, video_id, self._clock.now())
        except DatabaseFull:
            await self._remove_films(caller, video_id)
            gone = await self._db.write(_delete, caller, video_id, self._clock.now())
        if not gone:
            _or_missing(None, video_id)
        try:
            await self._blobs.delete_under(folder(video_id))
        except Unavailable as error:
            log.warning("the files of %s are left to the pruner: %s", video_id, error)

    async def _remove_films(self, caller: Caller, video_id: str) -> None:
        """Make room where none is left to write down that a video is deleted: by its own films."""
        video = await self.get(caller, video_id)
        if video.state.final:
            await self._blobs.delete_under(folder(video_id))

    def film(self, video: Video, variant: str, index: int) -> FilmFile:
        """A file of a completed video; a storyboard is told of its spritesheet, a last
        frame of its clip.

        Raises:
            VideoNotReady, VideoHasFailed, VideoExpired: it has none, yet or any more.
            InvalidParameter: no such variant or index.
        """
        self._check_ready(video)
        if not 0 <= index < len(video.outputs):
            raise InvalidParameter("index", f"must be between 0 and {len(video.outputs) - 1}")
        output = video.outputs[index]
        files = {
            "video": output.clip,
            "thumbnail": output.thumbnail,
            "spritesheet": output.spritesheet,
            "storyboard": output.spritesheet,
            "last_frame": output.clip,
        }
        if variant not in files:
            raise InvalidParameter("variant", f"must be one of {', '.join(files)}")
        return FilmFile(video=video, file=files[variant])

    def expired(self, video: Video) -> bool:
        """Whether the films of an ended video have outlived their time."""
        late = video.expires_at is not None and video.expires_at <= self._clock.now()
        return video.state.final and late

    def _check_ready(self, video: Video) -> None:
        if video.state is State.FAILED:
            reason = video.problem.message if video.problem else ""
            raise VideoHasFailed(f"The video has failed: {reason}")
        if video.state is not State.COMPLETED:
            raise VideoNotReady("The video is not ready yet; ask again when it is completed")
        if self.expired(video):
            raise VideoExpired("The video has expired and its files were removed")


def _page(
    conn: ReadConnection, account_id: str | None, wanted: VideoFilter, now: float
) -> VideoPage:
    listed = listings.page(conn, account_id, wanted)
    if listed is None:
        raise InvalidParameter("after", "must be the id of one of your videos")
    stand: dict[str, Standing | None] = {}
    for owner in {video.account_id for video in listed.videos}:
        of_owner = [video for video in listed.videos if video.account_id == owner]
        stand |= zip((v.id for v in of_owner), standings_of(conn, of_owner, now), strict=True)
    found = [(video, stand[video.id]) for video in listed.videos]
    return VideoPage(found=found, more=listed.more, looked_to=listed.looked_to)


def _cancel(conn: WriteConnection, caller: Caller, video_id: str, now: float) -> Video | None:
    video = moves.cancel(conn, video_id, caller.account_id, now)
    if video is not None:
        _write_act(conn, caller, Act.VIDEO_CANCELLED, video_id, now)
    return video


def _delete(conn: WriteConnection, caller: Caller, video_id: str, now: float) -> bool:
    moves.cancel(conn, video_id, caller.account_id, now)
    gone = videos.mark_deleted(conn, video_id, caller.account_id, now)
    if gone:
        _write_act(conn, caller, Act.VIDEO_DELETED, video_id, now)
        accounts.lock(conn, caller.account_id)
        changes.add(conn, caller.account_id, video_id, now)
        conn.ring()
    return gone


def _write_act(conn: WriteConnection, caller: Caller, act: Act, video_id: str, now: float) -> None:
    record_act(conn, act, video_id, at=now, account_id=caller.account_id, key_id=caller.key_id)


def _or_missing(video: Video | None, video_id: str) -> Video:
    return or_missing(video, "video", video_id, VideoNotFound)


def _see_by_link(conn: ReadConnection, video_id: str) -> Video:
    video = _or_missing(videos.get_any(conn, video_id), video_id)
    owner = accounts.get(conn, video.account_id)
    if owner is None or owner.disabled_at is not None:
        raise AccountDisabled("The account of this video is disabled")
    return video
