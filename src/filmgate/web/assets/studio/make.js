// Make: a prompt, a model, and the controls that its card has.
import { html, useEffect, useMemo, useState } from "./preact-htm.js";
import { bodyOf, post } from "./api.js";
import { t, usd } from "./i18n.js";
import { change, fail, may, refreshBalance, turnPoller, useStudio } from "./state.js";
import { Empty, Field, Segments } from "./ui.js";
import { CopyAs } from "./copying.js";
import { Cards } from "./now.js";
import { cropTo, Stage } from "./picture.js";
import { defaults, estimate, requestOf, sizesOf } from "./price.js";

const NUMBERS = ["guidance_scale", "num_inference_steps", "num_frames"];
const QUOTE_MS = 500;

function Length({ card, settings, set }) {
  const { seconds } = card;
  if (seconds.allowed.length) {
    const options = seconds.allowed.map((one) => [Number(one), `${Number(one)} s`]);
    return html`<${Segments} label=${t("make.seconds")} options=${options} value=${settings.seconds} onPick=${(one) => set({ seconds: one })} />`;
  }
  return html`<${Field} label=${`${t("make.seconds")} · ${settings.seconds} s`}><input type="range" min=${Number(seconds.min)} max=${Number(seconds.max)}
    step="0.5" value=${settings.seconds} onInput=${(e) => set({ seconds: Number(e.target.value) })} /></${Field}>`;
}

function Size({ card, settings, set }) {
  const sizes = [...new Set([...sizesOf(card), settings.size])];
  const shape = (size) => {
    const [w, h] = size.split("x").map(Number);
    const scale = 26 / Math.max(w, h);
    return html`<i class="shape" style=${{ width: `${w * scale}px`, height: `${h * scale}px` }}></i><span>${w}×${h}</span>`;
  };
  return html`<${Segments} label=${t("make.size")} options=${sizes.map((one) => [one, shape(one)])} value=${settings.size} onPick=${(one) => set({ size: one })} />`;
}

function More({ card, settings, set }) {
  const extra = (name, value) => set({ extras: { ...settings.extras, [name]: value } });
  const uses = card.uses.filter((name) => !["loras", "last_image"].includes(name));
  return html`<details class="more"><summary>${t("make.more")}</summary><div class="pair">
    <${Field} label=${t("make.seed")} hint=${t("make.seed.hint")}><input type="number" min="0" max="4294967295" value=${settings.seed} onInput=${(e) => set({ seed: e.target.value })} /></${Field}>
    ${card.fps.min < card.fps.max && html`<${Field} label=${t("make.fps")}><input type="number" min=${card.fps.min} max=${card.fps.max} value=${settings.fps} onInput=${(e) => set({ fps: Number(e.target.value) })} /></${Field}>`}
    ${uses.map((name) => {
      const number = NUMBERS.includes(name);
      const put = (e) => extra(name, number && e.target.value !== "" ? Number(e.target.value) : e.target.value);
      const label = t(`use.${name}`) === `use.${name}` ? name : t(`use.${name}`);
      return html`<${Field} label=${label}><input type=${number ? "number" : "text"} step="any" value=${settings.extras[name] ?? ""} onInput=${put} /></${Field}>`;
    })}</div></details>`;
}

// The server's own price, asked for once the settings rest; until then what the card says.
function useQuote(model, settings, picture) {
  const asked = JSON.stringify({ ...settings, seed: "", extras: {} });
  const guess = estimate(model, settings, picture);
  const [quote, keep] = useState(null);
  useEffect(() => {
    if (!may("videos:write") || picture || model.card.picture === "required") return undefined;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const request = requestOf(model, "…", { ...settings, seed: "", extras: {} });
      const told = await post("v1/videos?dry_run=true", request, stop.signal).catch(() => null);
      if (told) keep({ asked, ...told });
    }, QUOTE_MS);
    return () => clearTimeout(timer) || stop.abort();
  }, [asked, picture, model.id]);
  const fits = quote && quote.asked === asked && !picture;
  return fits ? { cost: Number(quote.cost_usd), affordable: quote.affordable } : { cost: guess, affordable: true };
}

export function Make() {
  const { models, active, balance, draft } = useStudio();
  if (!models.length) return html`<${Empty} title=${t("make.nomodels")}>${t("make.nomodels.about")}</${Empty}>`;
  return html`<${Composer} models=${models} active=${active} balance=${balance} draft=${draft} />`;
}

function Composer({ models, active, balance, draft }) {
  const first = models.find((one) => one.id === draft?.settings?.model) || models[0];
  const [settings, keep] = useState({ ...defaults(first), ...draft?.settings });
  const [prompt, write] = useState(draft?.prompt || "");
  const [picture, hold] = useState(draft?.picture || null);
  const [busy, work] = useState(false);
  const model = useMemo(() => models.find((one) => one.id === settings.model), [settings.model]);
  const { card } = model;
  const set = (what) => keep((now) => ({ ...now, ...what }));
  const { cost, affordable } = useQuote(model, settings, picture);
  const pick = (id) => keep({ ...defaults(models.find((one) => one.id === id)), seed: settings.seed });
  useEffect(() => change({ draft: { settings, prompt, picture } }), [settings, prompt, picture]);
  const taken = card.picture !== "none";
  const ready = (prompt.trim() || picture) && !(card.picture === "required" && !picture) && may("videos:write");
  const request = requestOf(model, prompt, settings);
  const send = async (event) => {
    event?.preventDefault();
    if (!ready || busy) return;
    work(true);
    try {
      const strict = picture instanceof Blob && card.reference_fit === "strict";
      await post("v1/videos", bodyOf(request, taken ? (strict ? await cropTo(picture, settings.size) : picture) : null));
      await turnPoller();
      refreshBalance();
    } catch (error) {
      fail(error);
    }
    work(false);
  };
  const press = (event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && send();
  return html`<form class="composer" onSubmit=${send} onKeyDown=${press}>
    <section class="panel">
      <h1>${t("make.title")}</h1>
      <textarea class="prompt" rows="4" maxlength="32000" aria-label=${t("make.prompt")} placeholder=${t("make.placeholder")} value=${prompt} onInput=${(e) => write(e.target.value)}></textarea>
      <${Field} label=${t("make.model")} hint=${model.description}><select value=${model.id} onChange=${(e) => pick(e.target.value)}>
        ${models.map((one) => html`<option value=${one.id}>${one.id}</option>`)}</select></${Field}>
      <${Length} card=${card} settings=${settings} set=${set} /><${Size} card=${card} settings=${settings} set=${set} />
      ${card.max_n > 1 && html`<${Segments} label=${t("make.n")} value=${settings.n} onPick=${(n) => set({ n })}
        options=${Array.from({ length: card.max_n }, (_, k) => [k + 1, String(k + 1)])} />`}
      <${More} card=${card} settings=${settings} set=${set} />
    </section>
    <section class="side">
      <${Stage} size=${settings.size} picture=${taken ? picture : null} onPicture=${hold} taken=${taken} />
      <button class="primary go" disabled=${!ready || busy || !affordable}>${affordable ? t("make.go", { cost: usd(cost) }) : t("make.poor", { cost: usd(cost) })}</button>
      <p class="soft center">${balance ? t("make.balance", { balance: usd(balance.balance_usd) }) : ""} <kbd>Ctrl ⏎</kbd></p>
      <${CopyAs} request=${request} picture=${Boolean(taken && picture)} />
    </section>
    ${active.length > 0 && html`<section class="whole"><h2>${t("tab.now")}</h2><${Cards} videos=${active} /></section>`}
  </form>`;
}
