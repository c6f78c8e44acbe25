"""The yardstick: FastAPI on granian, answering the same without any of our logic.

Run by `bench/serving.py`: python bench/bare.py PORT FILM
"""

import asyncio
import sys

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse
from granian.constants import Interfaces
from granian.server.embed import Server

VIDEO = {
    "id": "video_0",
    "object": "video",
    "model": "sora-1.0",
    "status": "completed",
    "progress": 100,
    "created_at": 1705334400,
    "completed_at": 1705334460,
    "expires_at": 1705420860,
    "seconds": "10.0",
    "size": "1920x1080",
    "prompt": "a cat",
    "remixed_from_video_id": None,
    "error": None,
    "url": "http://127.0.0.1/v1/videos/video_0/content",
    "data": [{"index": 0, "url": "http://127.0.0.1/v1/videos/video_0/content"}],
    "usage": {"seconds": 10.0, "cost_usd": "1.000000"},
    "queue": None,
    "metadata": {"fps": 30, "seed": 12345},
}


def app(film: str) -> FastAPI:
    """The same three routes."""
    bare = FastAPI()

    @bare.get("/v1/videos/{video_id}")
    async def retrieve(video_id: str) -> JSONResponse:
        return JSONResponse(VIDEO)

    @bare.post("/v1/videos")
    async def create(request: Request) -> JSONResponse:
        return JSONResponse(VIDEO | await request.json())

    @bare.get("/v1/videos/{video_id}/content")
    async def content(video_id: str) -> FileResponse:
        return FileResponse(film, media_type="video/mp4")

    return bare


async def main(port: int, film: str) -> None:
    """Serve until killed."""
    server = Server(app(film), port=port, interface=Interfaces.ASGI, log_enabled=False)
    await server.serve()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
