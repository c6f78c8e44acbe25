// Account: what is left, what was used, the keys, and who is told.
import { html, useState } from "./preact-htm.js";
import { get, post, remove } from "./api.js";
import { number, t, usd, when } from "./i18n.js";
import { fail, may, useAnswer, useStudio } from "./state.js";
import { Answer, Code, Dialog, Empty, Field, Segments, Table } from "./ui.js";
import { Webhooks } from "./webhooks.js";

const DAYS = 30;
const DAY_S = 86_400;

function lastDays(rows) {
  const spent = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: DAYS }, (_, k) => {
    const day = new Date(Date.now() - (DAYS - 1 - k) * DAY_S * 1000).toISOString().slice(0, 10);
    return spent.get(day) || { day, videos: 0, seconds: 0, cost_usd: "0" };
  });
}

const told = (row, name) => t("usage.row", { name, cost: usd(row.cost_usd), videos: number(row.videos), seconds: number(row.seconds) });

function Chart({ group, rows }) {
  const shown = group === "day" ? lastDays(rows) : [...rows].sort((a, b) => b.cost_usd - a.cost_usd);
  const field = shown.some((row) => Number(row.cost_usd)) ? "cost_usd" : "seconds";
  const most = Math.max(...shown.map((row) => Number(row[field])), 0.000001);
  if (group === "day") {
    return html`<svg class="chart" viewBox="0 0 600 140" role="img" aria-label=${t("usage.days")} preserveAspectRatio="none">
      ${shown.map((row, k) => {
        const high = (Number(row[field]) / most) * 124;
        return html`<rect x=${k * 20 + 3} y=${134 - high} width="14" height=${high + 2} rx="3"><title>${told(row, row.day)}</title></rect>`;
      })}</svg><p class="row soft"><span>${shown[0].day}</span><span>${shown.at(-1).day}</span></p>`;
  }
  return html`<ul class="rows">${shown.map(
    (row) => html`<li><span>${row[group] ?? t("usage.nobody")}</span><div class="bar"><i style=${{ width: `${(Number(row[field]) / most) * 100}%` }}></i></div><b>${usd(row.cost_usd)}</b></li>`,
  )}</ul>`;
}

function Usage() {
  const [group, choose] = useState("day");
  const found = useAnswer(() => get("v1/usage", { group_by: group }), [group]);
  const options = ["day", "model", "user"].map((one) => [one, t(`usage.${one}`)]);
  return html`<section class="panel"><h2>${t("usage.title")}</h2><${Segments} label=${t("usage.by")} options=${options} value=${group} onPick=${choose} />
    <${Answer} of=${found} bones=${1}>${(usage) =>
      usage.group_by !== group ? null : html`<p class="figure"><b>${usd(usage.total.cost_usd)}</b> ${t("usage.total", { videos: number(usage.total.videos), seconds: number(usage.total.seconds) })}</p>
      ${usage.data.length ? html`<${Chart} group=${group} rows=${usage.data} />` : html`<p class="soft">${t("usage.none")}</p>`}`}</${Answer}></section>`;
}

function Fresh({ made, onClose }) {
  return html`<${Dialog} title=${t("key.fresh")} onClose=${onClose}><p>${t("key.once")}</p><${Code} text=${made.key} /></${Dialog}>`;
}

function NewKey({ onMade }) {
  const { me } = useStudio();
  const make = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const days = Number(form.get("days"));
    const body = { name: form.get("name"), scopes: form.getAll("scopes") };
    if (days) body.expires_at = Math.round(Date.now() / 1000) + days * DAY_S;
    await post("v1/keys", body).then(onMade, fail);
  };
  const usual = me.key.scopes.filter((scope) => !["keys", "admin", "metrics"].includes(scope));
  return html`<details class="more"><summary>${t("key.new")}</summary><form class="pair" onSubmit=${make}>
    <${Field} label=${t("key.name")}><input name="name" maxlength="200" required /></${Field}>
    <${Field} label=${t("key.days")} hint=${t("key.days.hint")}><input name="days" type="number" min="1" max="3650" /></${Field}>
    <fieldset class="field"><legend class="label">${t("key.scopes")}</legend>${me.key.scopes.map(
      (scope) => html`<label class="check"><input type="checkbox" name="scopes" value=${scope} defaultChecked=${usual.includes(scope)} /> ${scope}</label>`,
    )}</fieldset><button class="primary">${t("key.make")}</button></form></details>`;
}

function Keys() {
  const { me } = useStudio();
  const found = useAnswer(() => get("v1/keys"), []);
  const [made, show] = useState(null);
  const shown = (key) => show(key) || found.again();
  const rotate = (key) => confirm(t("key.rotate.sure")) && post(`v1/keys/${key.id}/rotate`, {}).then(shown, fail);
  const revoke = (key) => confirm(t("key.revoke.sure", { name: key.name || key.prefix })) && remove(`v1/keys/${key.id}`).then(found.again, fail);
  const heads = ["key.name", "key.scopes", "key.used", "key.ends", "key.do"].map((one) => t(one));
  const row = (key) => [
    html`<b>${key.name || t("key.nameless")}</b> <code>${key.prefix}…</code>${key.id === me.key.id && html` <b class="badge">${t("key.this")}</b>`}`,
    key.scopes.join(", "),
    when(key.last_used_at),
    when(key.expires_at),
    html`<button class="small" onClick=${() => rotate(key)}>${t("key.rotate")}</button> <button class="small danger" onClick=${() => revoke(key)}>${t("key.revoke")}</button>`,
  ];
  return html`<section class="panel"><h2>${t("key.title")}</h2><${Answer} of=${found} bones=${1}>${(keys) => html`
    <${Table} label=${t("key.title")} heads=${heads} rows=${keys.data.filter((key) => !key.revoked).map(row)} />`}</${Answer}>
    <${NewKey} onMade=${shown} />${made && html`<${Fresh} made=${made} onClose=${() => show(null)} />`}</section>`;
}

export function Account() {
  const { me, balance } = useStudio();
  const limit = (value) => (value ? number(value) : t("account.unlimited"));
  const money = balance && [["account.available", balance.available_usd == null ? t("account.unlimited") : usd(balance.available_usd)], ["account.held", usd(balance.held_usd)]];
  const facts = [...(money || []), ["account.running", `${me.running} / ${limit(me.max_running)}`], ["account.queued", `${me.queued} / ${limit(me.max_queued)}`]];
  return html`<h1>${me.account_name}</h1><section class="panel balance">
      ${balance ? html`<p class="figure"><span class="label">${t("balance")}</span><b>${usd(balance.balance_usd)}</b></p>` : html`<${Empty} title=${t("balance")}>${t("account.noscope")}</${Empty}>`}
      <dl class="facts">${facts.map(([name, value]) => html`<dt>${t(name)}</dt><dd>${value}</dd>`)}</dl></section>
    ${may("usage:read") && html`<${Usage} />`}${may("keys") && html`<${Keys} />`}${may("videos:read") && html`<${Webhooks} />`}`;
}
