"""The table of routes: dispatch, scopes, OpenAPI and the reference page all come from it."""

from collections.abc import Mapping
from typing import Any

from filmgate.api import admin, billing, content, health, metrics, models, status, videos, webhooks
from filmgate.api.bodies import (
    CREATE_BODY,
    EDIT_BODY,
    EXTEND_BODY,
    REMIX_BODY,
    REMIX_NAMED_BODY,
)
from filmgate.api.routing import Handler, Route
from filmgate.domain.account import Scope

READ, WRITE = Scope.VIDEOS_READ, Scope.VIDEOS_WRITE
USAGE, ADMIN, METRICS = Scope.USAGE_READ, Scope.ADMIN, Scope.METRICS
_VIDEO = "/v1/videos/{video_id}"
_HOOK = "/v1/webhook_endpoints/{endpoint_id}"
_ACCOUNT = "/v1/admin/accounts/{account_id}"


def _follow(path: str, handler: Handler, summary: str, body: Mapping[str, Any]) -> Route:
    """A route that makes a video from another."""
    return Route(
        "POST",
        path,
        handler,
        WRITE,
        summary,
        also=(402, 404, 410, 429),
        query=videos.CreateQuery,
        body=body,
        headers=("Idempotency-Key",),
        counted=True,
    )


ROUTES = (
    Route("GET", _VIDEO, videos.retrieve_video, READ, "See how a video goes"),
    Route(
        "POST",
        "/v1/videos",
        videos.create_video,
        WRITE,
        "Ask for a video",
        also=(402, 429),
        query=videos.CreateQuery,
        body=CREATE_BODY,
        headers=("Idempotency-Key",),
        counted=True,
    ),
    _follow(f"{_VIDEO}/remix", videos.remix_video, "Remix a video", REMIX_BODY),
    _follow(
        "/v1/videos/remix", videos.remix_named_video, "Remix a video by its id", REMIX_NAMED_BODY
    ),
    _follow("/v1/videos/edits", videos.edit_video, "Edit a video", EDIT_BODY),
    _follow("/v1/videos/extensions", videos.extend_video, "Extend a video", EXTEND_BODY),
    Route(
        "GET", "/v1/videos", videos.list_videos, READ, "List your videos", query=videos.VideosQuery
    ),
    Route(
        "DELETE",
        _VIDEO,
        videos.delete_video,
        WRITE,
        "Delete a video and its files; a running one is cancelled first",
    ),
    Route(
        "POST",
        f"{_VIDEO}/cancel",
        videos.cancel_video,
        WRITE,
        "Cancel a video that has not ended",
    ),
    Route(
        "GET",
        f"{_VIDEO}/content",
        videos.fetch_content,
        READ,
        "Fetch a film or one of its stills",
        also=(206, 302, 304, 410, 416),
        query=videos.ContentQuery,
        media=content.MEDIA,
        link=True,
    ),
    Route(
        "GET",
        f"{_VIDEO}/content/{{file}}",
        videos.fetch_file,
        READ,
        "Fetch a file by the name that a link ends in",
        also=(206, 302, 304, 410, 416),
        query=videos.FileQuery,
        media=content.MEDIA,
        link=True,
    ),
    Route("GET", "/v1/models", models.list_models, READ, "List the models"),
    Route("GET", "/v1/models/{model_id:path}", models.retrieve_model, READ, "See one model"),
    Route(
        "GET",
        "/v1/webhook_event_types",
        webhooks.list_webhook_event_types,
        READ,
        "List what webhooks tell of",
    ),
    Route(
        "POST",
        "/v1/webhook_endpoints",
        webhooks.create_webhook_endpoint,
        WRITE,
        "Make a webhook endpoint; its secret is shown this once",
        body=webhooks.NewEndpoint,
    ),
    Route(
        "GET",
        "/v1/webhook_endpoints",
        webhooks.list_webhook_endpoints,
        READ,
        "List your webhook endpoints",
        query=webhooks.PageQuery,
    ),
    Route(
        "GET",
        _HOOK,
        webhooks.retrieve_webhook_endpoint,
        READ,
        "See a webhook endpoint, and whether it fails",
    ),
    Route(
        "POST",
        _HOOK,
        webhooks.update_webhook_endpoint,
        WRITE,
        "Change a webhook endpoint, or switch it on or off",
        body=webhooks.EndpointChange,
    ),
    Route(
        "DELETE",
        _HOOK,
        webhooks.delete_webhook_endpoint,
        WRITE,
        "Delete a webhook endpoint and its log",
    ),
    Route(
        "POST",
        f"{_HOOK}/rotate_secret",
        webhooks.rotate_webhook_secret,
        WRITE,
        "Give a webhook endpoint a new secret; it is shown this once",
        body=webhooks.Rotation,
    ),
    Route(
        "POST",
        f"{_HOOK}/test",
        webhooks.test_webhook_endpoint,
        WRITE,
        "Send a sample event now, and say what the receiver answered",
        body=webhooks.Sample,
    ),
    Route(
        "GET",
        f"{_HOOK}/deliveries",
        webhooks.list_webhook_deliveries,
        READ,
        "Read the log of deliveries to a webhook endpoint",
        query=webhooks.PageQuery,
    ),
    Route("GET", "/v1/balance", billing.see_balance, USAGE, "See your balance"),
    Route(
        "GET",
        "/v1/usage",
        billing.see_usage,
        USAGE,
        "See what you used and paid",
        query=billing.UsageQuery,
        media=("text/csv",),
    ),
    Route(
        "POST",
        "/v1/admin/accounts",
        admin.create_account,
        ADMIN,
        "Open an account",
        body=admin.NewAccount,
    ),
    Route("GET", "/v1/admin/accounts", admin.list_accounts, ADMIN, "List the accounts"),
    Route("GET", _ACCOUNT, admin.retrieve_account, ADMIN, "See an account"),
    Route("PATCH", _ACCOUNT, admin.change_account, ADMIN, "Change it", body=admin.AccountChange),
    Route("POST", f"{_ACCOUNT}/disable", admin.disable_account, ADMIN, "Stop it"),
    Route("POST", f"{_ACCOUNT}/enable", admin.enable_account, ADMIN, "Let it go on"),
    Route(
        "POST", f"{_ACCOUNT}/credit", admin.credit_account, ADMIN, "Credit it", body=admin.NewCredit
    ),
    Route(
        "GET",
        f"{_ACCOUNT}/entries",
        admin.list_entries,
        ADMIN,
        "See its ledger, newest first",
        query=admin.EntriesQuery,
    ),
    Route(
        "GET",
        f"{_ACCOUNT}/usage",
        admin.see_account_usage,
        ADMIN,
        "See what it used",
        query=billing.UsageQuery,
        media=("text/csv",),
    ),
    Route("POST", f"{_ACCOUNT}/keys", admin.create_key, ADMIN, "Make a key", body=admin.NewKey),
    Route("GET", f"{_ACCOUNT}/keys", admin.list_keys, ADMIN, "List its keys"),
    Route("DELETE", "/v1/admin/keys/{key_id}", admin.revoke_key, ADMIN, "Revoke a key"),
    Route(
        "GET",
        "/metrics",
        metrics.see_metrics,
        METRICS,
        "Read what is counted, for Prometheus",
        media=("text/plain",),
    ),
    Route(
        "GET",
        "/v1/admin/status",
        status.see_status,
        ADMIN,
        "See what waits, runs and works, at a glance",
    ),
    Route("GET", "/healthz", health.see_health, None, "Whether the process lives"),
    Route(
        "GET",
        "/readyz",
        health.see_readiness,
        None,
        "Whether videos can be made: database, storage, at least one worker",
        also=(503,),
    ),
)
