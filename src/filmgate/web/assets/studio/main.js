// Opens the studio: takes the key out of the address, then shows the view that the address names.
import { html, render, useEffect, useState } from "./preact-htm.js";
import { key } from "./api.js";
import { choose, language, LANGUAGES, t, usd } from "./i18n.js";
import { change, may, signIn, state, useStudio, watch } from "./state.js";
import { Dialog, Icon, Skeleton } from "./ui.js";
import { Account } from "./account.js";
import { Admin } from "./admin.js";
import { Compare, Film } from "./film.js";
import { Films } from "./films.js";
import { Make } from "./make.js";
import { Now } from "./now.js";

const given = new URLSearchParams(location.hash.slice(1)).get("key");
if (given) {
  key.set(given);
  history.replaceState(null, "", `${location.pathname}#/make`);
}

const VIEWS = { make: Make, now: Now, films: Films, film: Film, compare: Compare, account: Account, admin: Admin };
const TABS = ["make", "now", "films", "account", "admin"];
const route = () => location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);

function Tabs({ view, active }) {
  const shown = TABS.filter((name) => name !== "admin" || may("admin"));
  return html`<nav aria-label=${t("views")}>${shown.map(
    (name) => html`<a href=${`#/${name}`} aria-current=${view === name ? "page" : undefined}><${Icon} name=${name} /><span>${t(`tab.${name}`)}</span>
      ${name === "now" && active.length > 0 && html`<b class="badge">${active.length}</b>`}</a>`,
  )}</nav>`;
}

function Languages({ onChoose }) {
  const set = (e) => {
    choose(e.target.value);
    onChoose();
  };
  return html`<select class="quiet" aria-label=${t("language")} value=${language()} onChange=${set}>
    ${Object.entries(LANGUAGES).map(([name, word]) => html`<option value=${name}>${word}</option>`)}</select>`;
}

function SignIn({ trouble }) {
  const [busy, work] = useState(false);
  const [told, tell] = useState(trouble);
  const enter = async (event) => {
    event.preventDefault();
    key.set(new FormData(event.target).get("key").trim());
    work(true);
    await signIn().catch((error) => tell(error.message));
    work(false);
  };
  return html`<main class="signin" id="main"><div class="gate" aria-hidden="true"></div>
    <h1>Filmgate</h1><p>${t("signin.about")}</p>
    <form onSubmit=${enter}><label class="field"><span class="label">${t("signin.key")}</span>
      <input name="key" type="password" autocomplete="off" required autofocus /></label>
      <button class="primary" disabled=${busy}>${t("signin.go")}</button>
      ${told && html`<p class="trouble" role="alert">${told}</p>`}</form>
    <p class="soft">${t("signin.where")} <a href="docs">${t("docs")}</a></p></main>`;
}

function Notice({ notice }) {
  useEffect(() => {
    if (!notice) return undefined;
    const timer = setTimeout(() => change({ notice: null }), notice.tone === "bad" ? 9000 : 4000);
    return () => clearTimeout(timer);
  }, [notice]);
  return html`<div class="notice" role="status" data-tone=${notice?.tone}>${notice?.text}</div>`;
}

const KEYS = { n: "#/make", q: "#/now", f: "#/films", a: "#/account" };
function useKeys(help) {
  useEffect(() => {
    const press = (event) => {
      const typing = event.target.closest("input, textarea, select, dialog, [contenteditable]");
      if (typing || event.ctrlKey || event.metaKey || event.altKey || !state.me) return;
      if (KEYS[event.key]) location.hash = KEYS[event.key];
      if (event.key === "?") help(true);
      if (event.key === "/") {
        event.preventDefault();
        location.hash = "#/films";
        setTimeout(() => document.querySelector("input[type=search]")?.focus(), 50);
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

function Studio() {
  const { me, active, balance, notice } = useStudio();
  const [[view, ...rest], go] = useState(route());
  const [trouble, tell] = useState("");
  const [helping, help] = useState(false);
  const [, redraw] = useState(0);
  useKeys(help);
  useEffect(() => {
    const move = () => {
      go(route());
      document.getElementById("main")?.focus();
      scrollTo(0, 0);
    };
    const out = () => change({ me: null });
    addEventListener("hashchange", move);
    addEventListener("filmgate-signed-out", out);
    if (key.get()) signIn().catch((error) => tell(error.message));
  }, []);
  if (!me && key.get() && !trouble) return html`<main class="wide" id="main"><${Skeleton} /></main>`;
  if (!me) return html`<${Languages} onChoose=${() => redraw((n) => n + 1)} /><${SignIn} trouble=${trouble} />`;
  const View = VIEWS[view] || Make;
  const leave = () => {
    key.set("");
    watch();
    change({ me: null, active: [], balance: null });
  };
  return html`<a class="skip" href="#main" onClick=${(e) => e.preventDefault() || document.getElementById("main").focus()}>${t("skip")}</a>
    <header class="top"><a class="brand" href="#/make"><img src="static/favicon.svg" alt="" width="26" height="26" />Filmgate</a>
      <${Tabs} view=${VIEWS[view] ? view : "make"} active=${active} />
      <div class="who">${balance && html`<a class="money" href="#/account" title=${t("balance")}>${usd(balance.balance_usd)}</a>`}
        <${Languages} onChoose=${() => redraw((n) => n + 1)} />
        <button class="quiet small" onClick=${leave}>${t("signout")}</button></div></header>
    <main id="main" tabindex="-1" class=${view || "make"}><${View} key=${rest.join("/")} path=${rest} /></main>
    <footer><span>Filmgate ${me.version}</span><a href="docs">${t("docs")}</a><button class="link" onClick=${() => help(true)}>${t("keys.title")}</button></footer>
    <${Notice} notice=${notice} />
    ${helping && html`<${Dialog} title=${t("keys.title")} onClose=${() => help(false)}><dl class="facts">${["n", "q", "f", "a", "/", "?", "Ctrl ⏎"].map(
      (one) => html`<dt><kbd>${one}</kbd></dt><dd>${t(`keys.${one}`)}</dd>`,
    )}</dl></${Dialog}>`}`;
}

document.body.replaceChildren();
render(html`<${Studio} />`, document.body);
