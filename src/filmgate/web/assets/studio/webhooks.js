// Webhooks: who is told that a video has ended, what was answered, and a test.
import { html, useState } from "./preact-htm.js";
import { get, post, remove } from "./api.js";
import { t, when } from "./i18n.js";
import { fail, may, say, useAnswer } from "./state.js";
import { Answer, Code, Dialog, Field, Table } from "./ui.js";

const EVENTS = ["video.completed", "video.failed"];

function Deliveries({ id }) {
  const found = useAnswer(() => get(`v1/webhook_endpoints/${id}/deliveries`), [id]);
  const heads = ["hook.when", "hook.event", "hook.answer", "hook.took"].map((one) => t(one));
  const row = (one) => [when(one.created_at), one.event_type, `${one.status_code ?? "–"} ${one.error || ""}`, `${one.duration_ms} ms`];
  return html`<${Answer} of=${found} bones=${1}>${(page) =>
    page.data.length ? html`<${Table} label=${t("hook.deliveries")} heads=${heads} rows=${page.data.map(row)} />` : html`<p class="soft">${t("hook.quiet")}</p>`}</${Answer}>`;
}

export function Webhooks() {
  const found = useAnswer(() => get("v1/webhook_endpoints", { limit: 100 }), []);
  const [secret, show] = useState(null);
  const [opened, open] = useState(null);
  const make = async (event) => {
    event.preventDefault();
    const { name, url } = Object.fromEntries(new FormData(event.target));
    await post("v1/webhook_endpoints", { name, url, event_types: EVENTS }).then((made) => show(made.signing_secret) || found.again(), fail);
  };
  const test = (id) => post(`v1/webhook_endpoints/${id}/test`, { event_type: EVENTS[0] }).then((told) => say(t("hook.told", { status: told.status_code })), fail);
  const row = (hook) => html`<li class="job"><p><b>${hook.name}</b> <span class="soft mono">${hook.url}</span></p>
    <p class="soft">${hook.enabled ? (hook.failing_since ? t("hook.failing", { when: when(hook.failing_since) }) : t("hook.good")) : t("hook.off", { why: hook.disabled_reason || "" })}</p>
    <div class="row"><button class="small" onClick=${() => open(opened === hook.id ? null : hook.id)} aria-expanded=${opened === hook.id}>${t("hook.deliveries")}</button>
      ${may("videos:write") && html`<button class="small" onClick=${() => test(hook.id)}>${t("hook.test")}</button>
      <button class="small danger" onClick=${() => confirm(t("hook.sure")) && remove(`v1/webhook_endpoints/${hook.id}`).then(found.again, fail)}>${t("films.delete")}</button>`}</div>
    ${opened === hook.id && html`<${Deliveries} id=${hook.id} />`}</li>`;
  return html`<section class="panel"><h2>${t("hook.title")}</h2><${Answer} of=${found} bones=${1}>${(page) =>
    page.data.length ? html`<ul class="jobs">${page.data.map(row)}</ul>` : html`<p class="soft">${t("hook.none")}</p>`}</${Answer}>
    ${may("videos:write") && html`<details class="more"><summary>${t("hook.new")}</summary><form class="pair" onSubmit=${make}>
      <${Field} label=${t("key.name")}><input name="name" required /></${Field}><${Field} label=${t("hook.url")}><input name="url" type="url" required placeholder="https://" /></${Field}>
      <button class="primary">${t("hook.new")}</button></form></details>`}
    ${secret && html`<${Dialog} title=${t("hook.secret")} onClose=${() => show(null)}><p>${t("key.once")}</p><${Code} text=${secret} /></${Dialog}>`}</section>`;
}
