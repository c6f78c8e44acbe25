// Admin: the queue, the workers, the accounts, the upstreams, who did what, and what is to be mended.
import { html, useEffect, useState } from "./preact-htm.js";
import { get, post } from "./api.js";
import { number, span, t, usd, when } from "./i18n.js";
import { fail, say, useAnswer, useStudio } from "./state.js";
import { Answer, Dialog, Field, Segments, Table } from "./ui.js";

const EVERY_MS = 3000;
const heads = (...names) => names.map((name) => t(`admin.${name}`));

function Overview() {
  const { models } = useStudio();
  const ask = () => Promise.all([get("v1/admin/status"), get("readyz").catch((error) => (error.told?.checks ? error.told : { checks: { ready: error.message } }))]);
  const found = useAnswer(ask, []);
  useEffect(() => {
    const timer = setInterval(found.again, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const engines = [...new Set(models.map((one) => one.engine))];
  return html`<${Answer} of=${found} bones=${3}>${([status, health]) => {
    const { lines, accounts, workers } = status;
    const sum = (name) => number(lines.reduce((all, one) => all + one[name], 0));
    const away = engines.filter((engine) => !workers.some((one) => one.engine === engine));
    const told = [...Object.entries(health.checks || {}), ...Object.entries(health.models || {})];
    const figures = [["queued", sum("queued")], ["running", sum("running")], ["workers", number(workers.length)], ["suspects", number(status.suspects)], ["held", usd(status.held_usd)], ["backlog", number(status.webhook_backlog)]];
    return html`<div class="figures">${figures.map(([name, value]) => html`<p class="figure panel"><span class="label">${t(`admin.${name}`)}</span><b>${value}</b></p>`)}</div>
      <section class="panel"><h2>${t("admin.health")}</h2><ul class="rows">${told.map(([name, how]) => html`<li><span>${name}</span><b data-tone=${how === "ok" || how === "ready" ? "good" : "bad"}>${how}</b></li>`)}
        ${away.map((engine) => html`<li><span>${engine}</span><b data-tone="bad">${t("admin.loading")}</b></li>`)}</ul></section>
      <section class="panel"><h2>${t("admin.workers")}</h2><${Table} label=${t("admin.workers")} heads=${heads("worker", "engine", "host", "state", "does")}
        rows=${workers.map((one) => [html`<code>${one.id.slice(0, 18)}</code>`, one.engine, `${one.host} · ${one.pid}`, t(`worker.${one.state}`), one.trouble || number(one.running)])} /></section>
      <section class="panel"><h2>${t("admin.bymodel")}</h2><${Table} label=${t("admin.bymodel")} heads=${heads("model", "engine", "queued", "running", "oldest")} rows=${lines.map((one) => [one.model, one.engine, number(one.queued), number(one.running), one.oldest_wait_s == null ? "–" : span(one.oldest_wait_s)])} /></section>
      <section class="panel"><h2>${t("admin.byaccount")}</h2><${Table} label=${t("admin.byaccount")} heads=${heads("account", "engine", "queued", "running")} rows=${accounts.map((one) => [one.account_id, one.engine, number(one.queued), number(one.running)])} /></section>`;
  }}</${Answer}>`;
}

function Credit({ account, onClose }) {
  const pay = async (event) => {
    event.preventDefault();
    const { usd: amount, note } = Object.fromEntries(new FormData(event.target));
    await post(`v1/admin/accounts/${account.id}/credit`, { usd: amount, note: note || "credit" }).then(() => say(t("admin.paid")), fail);
    onClose();
  };
  return html`<${Dialog} title=${t("admin.credit.of", { name: account.name })} onClose=${onClose}><form onSubmit=${pay}>
    <${Field} label="USD"><input name="usd" type="number" step="0.000001" required /></${Field}><${Field} label=${t("admin.note")}><input name="note" maxlength="200" /></${Field}>
    <button class="primary">${t("admin.credit")}</button></form></${Dialog}>`;
}

function Accounts() {
  const found = useAnswer(() => get("v1/admin/accounts"), []);
  const [paying, pay] = useState(null);
  const open = async (event) => {
    event.preventDefault();
    const form = event.target;
    await post("v1/admin/accounts", { name: new FormData(form).get("name") }).then(() => form.reset() || found.again(), fail);
  };
  const turn = (one) => post(`v1/admin/accounts/${one.id}/${one.disabled ? "enable" : "disable"}`).then(found.again, fail);
  const row = (one) => [
    html`<b>${one.name}</b> <code>${one.id}</code>`, t(`billing.${one.billing}`), usd(one.balance_usd), `${one.running} / ${one.queued}`,
    html`<button class="small" onClick=${() => pay(one)}>${t("admin.credit")}</button> <button class="small" onClick=${() => turn(one)}>${t(one.disabled ? "admin.enable" : "admin.disable")}</button>`,
  ];
  return html`<section class="panel"><${Answer} of=${found}>${(list) => html`<${Table} label=${t("admin.accounts")} heads=${heads("account", "billing", "balance", "runs", "do")} rows=${list.data.map(row)} />`}</${Answer}>
    <form class="row" onSubmit=${open}><input name="name" class="grow" required aria-label=${t("admin.new")} placeholder=${t("key.name")} /><button class="primary">${t("admin.new")}</button></form>
    ${paying && html`<${Credit} account=${paying} onClose=${() => pay(null) || found.again()} />`}</section>`;
}

function Videos() {
  const found = useAnswer(() => get("v1/admin/videos", { limit: 50 }), []);
  return html`<section class="panel"><${Answer} of=${found}>${(page) => html`<${Table} label=${t("admin.videos")} heads=${heads("when", "account", "model", "state", "worker", "prompt")}
    rows=${page.data.map((one) => [when(one.created_at), one.account_id, one.model, t(`state.${one.status}`), one.worker_id || "–", one.prompt.slice(0, 60)])} />`}</${Answer}></section>`;
}

function Audit() {
  const found = useAnswer(() => get("v1/admin/audit"), []);
  return html`<section class="panel"><${Answer} of=${found}>${(list) => html`<${Table} label=${t("admin.audit")} heads=${heads("when", "act", "account", "key", "subject")}
    rows=${list.data.map((one) => [when(one.at), one.act, one.account_id, one.key_id || t("admin.local"), html`<code>${one.subject}</code>`])} />`}</${Answer}></section>`;
}

function Upstreams() {
  const found = useAnswer(() => get("v1/admin/upstreams"), []);
  const row = (one) => [html`<b>${one.id}</b>`, one.kind, one.models.join(", "), number(one.orders), html`<span data-tone=${one.takes_orders ? "good" : "bad"}>${t(one.takes_orders ? "upstream.takes" : "upstream.drained")}</span>`];
  return html`<section class="panel"><${Answer} of=${found}>${(list) =>
    list.data.length ? html`<${Table} label=${t("admin.upstreams")} heads=${heads("upstream", "kind", "models", "orders", "state")} rows=${list.data.map(row)} />` : html`<p class="soft">${t("upstream.none")}</p>`}</${Answer}></section>`;
}

// What `filmgate doctor` finds on the server: asked once, and again when somebody wants it.
function Doctor() {
  const [turn, again] = useState(0);
  const found = useAnswer(() => get("v1/admin/doctor"), [turn]);
  const line = (one) => html`<li class="finding" data-mark=${one.mark}><b data-tone=${one.mark}>${t(`doctor.${one.mark}`)}</b><div><b>${one.name}</b> ${one.text}${one.mend && html`<p class="soft">→ ${one.mend}</p>`}</div></li>`;
  return html`<section class="panel"><${Answer} of=${found}>${(report) => html`<p data-tone=${report.ok ? "good" : "bad"}><b>${t(report.ok ? "doctor.ok" : "doctor.ill")}</b></p>
    <ul class="jobs">${report.findings.map(line)}</ul><button class="small" onClick=${() => again((n) => n + 1)}>${t("doctor.again")}</button>`}</${Answer}></section>`;
}

const ROOMS = { overview: Overview, accounts: Accounts, upstreams: Upstreams, videos: Videos, audit: Audit, doctor: Doctor };
export function Admin({ path: [room = "overview"] }) {
  const Room = ROOMS[room] || Overview;
  const go = (name) => (location.hash = `#/admin/${name}`);
  return html`<h1>${t("tab.admin")}</h1><${Segments} label=${t("views")} value=${room || "overview"} onPick=${go} options=${Object.keys(ROOMS).map((name) => [name, t(`admin.${name}`)])} /><${Room} />`;
}
