"""The rows of the table of routes that are the operator's."""

from filmgate.api import admin, metrics, operator, status, upkeep, videos
from filmgate.api.routing import Route
from filmgate.domain.account import Scope

ADMIN, METRICS = Scope.ADMIN, Scope.METRICS
_ACCOUNT = "/v1/admin/accounts/{account_id}"

OPERATOR_ROUTES = (
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
        query=admin.AccountUsageQuery,
        media=("text/csv",),
    ),
    Route("POST", f"{_ACCOUNT}/keys", admin.create_key, ADMIN, "Make a key", body=admin.NewKey),
    Route("GET", f"{_ACCOUNT}/keys", admin.list_keys, ADMIN, "List its keys"),
    Route("DELETE", "/v1/admin/keys/{key_id}", admin.revoke_key, ADMIN, "Revoke a key"),
    Route(
        "POST",
        "/v1/admin/keys/{key_id}/rotate",
        admin.rotate_key,
        ADMIN,
        "Put a new key in the place of one, which is taken for a while still",
        body=admin.KeyRotation,
    ),
    Route("GET", "/v1/admin/drifts", admin.list_drifts, ADMIN, "List balances that do not add up"),
    Route(
        "GET",
        "/v1/admin/videos",
        videos.list_all_videos,
        ADMIN,
        "List everybody's videos",
        query=videos.AllVideosQuery,
    ),
    Route(
        "GET",
        "/v1/admin/audit",
        operator.list_acts,
        ADMIN,
        "Read who did what",
        query=operator.AuditQuery,
    ),
    Route(
        "GET",
        "/v1/admin/upstreams",
        upkeep.list_upstreams,
        ADMIN,
        "List the upstreams of relays",
    ),
    Route(
        "GET",
        "/v1/admin/doctor",
        upkeep.see_findings,
        ADMIN,
        "See what the doctor finds of this server",
    ),
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
)
