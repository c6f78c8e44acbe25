// Make: a prompt, a model, and the controls that its card has.
import { html, useEffect, useMemo, useState } from "./preact-htm.js";
import { bodyOf, post } from "./api.js";
import { t, usd } from "./i18n.js";
import { change, fail, may, refreshBalance, take, useStudio } from "./state.js";
import { Empty, Field, Segments } from "./ui.js";
import { CopyAs } from "./copying.js";
import { Cards } from "./now.js";
import { cropTo, Stage } from "./picture.js";
import { defaults, estimate, requestOf, sizesOf } from "./price.js";
import { useQuote } from "./quoting.js";

const NUMBERS = ["guidance_scale", "num_inference_steps", "num_frames"];

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

// The server's own price; until it is there, and with a picture, the same sum of the card's prices.
function usePrice(model, settings, picture, balance) {
  const plain = { ...settings, seed: "" };
  const dry = picture || model.card.picture === "required" ? null : (signal) => post("v1/videos?dry_run=true", requestOf(model, "…", plain), signal);
  const quote = useQuote(dry, [Boolean(dry), plain]);
  if (quote) return quote;
  const cost = estimate(model, settings, picture);
  const left = balance?.available_usd;
  return { cost, affordable: left == null || cost <= Number(left) };
}

// What the model takes, and what a second of it costs this account at this size.
function Limits({ card, settings }) {
  const range = (least, most) => (Number(least) === Number(most) ? Number(most) : `${Number(least)}–${Number(most)}`);
  const { seconds, sizes, fps } = card;
  const facts = [
    seconds.allowed.length ? `${seconds.allowed.map(Number).join(", ")} s` : `${range(seconds.min, seconds.max)} s`,
    sizes.allowed.length ? t("limits.sizes", { n: sizes.allowed.length }) : t("limits.side", { sides: range(sizes.min_side, sizes.max_side) }),
    `${range(fps.min, fps.max)} fps`,
    card.max_n > 1 && t("limits.n", { n: card.max_n }),
    t("limits.price", { cost: usd(estimate({ card: { ...card, usd_minimum: "0" } }, { ...settings, seconds: 1, n: 1 })) }),
    card.picture !== "none" && Number(card.usd_picture) > 0 && t("limits.picture", { cost: usd(card.usd_picture) }),
    Number(card.usd_minimum) > 0 && t("limits.least", { cost: usd(card.usd_minimum) }),
  ];
  return html`<p class="soft limits">${facts.filter(Boolean).join(" · ")}</p>`;
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
  const taken = card.picture !== "none";
  const set = (what) => keep((now) => ({ ...now, ...what }));
  const { cost, affordable, trouble } = usePrice(model, settings, taken ? picture : null, balance);
  const pick = (id) => keep({ ...defaults(models.find((one) => one.id === id)), seed: settings.seed });
  useEffect(() => change({ draft: { settings, prompt, picture } }), [settings, prompt, picture]);
  const ready = (prompt.trim() || picture) && !(card.picture === "required" && !picture) && may("videos:write");
  const request = requestOf(model, prompt, settings);
  const send = async (event) => {
    event?.preventDefault();
    if (!ready || busy) return;
    work(true);
    try {
      const strict = picture instanceof Blob && card.reference_fit === "strict";
      take(await post("v1/videos", bodyOf(request, taken ? (strict ? await cropTo(picture, settings.size) : picture) : null)));
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
      <${Limits} card=${card} settings=${settings} />
      <${Length} card=${card} settings=${settings} set=${set} /><${Size} card=${card} settings=${settings} set=${set} />
      ${card.max_n > 1 && html`<${Segments} label=${t("make.n")} value=${settings.n} onPick=${(n) => set({ n })}
        options=${Array.from({ length: card.max_n }, (_, k) => [k + 1, String(k + 1)])} />`}
      <${More} card=${card} settings=${settings} set=${set} />
    </section>
    <section class="side">
      <${Stage} size=${settings.size} picture=${taken ? picture : null} onPicture=${hold} taken=${taken} />
      <button class="primary go" disabled=${!ready || busy || trouble || !affordable}>${trouble ? t("make.unfit") : affordable ? t("make.go", { cost: usd(cost) }) : t("make.poor", { cost: usd(cost) })}</button>
      ${trouble && html`<p class="trouble" role="alert">${trouble}</p>`}
      <p class="soft center">${balance ? t("make.balance", { balance: usd(balance.balance_usd) }) : ""} <kbd>Ctrl ⏎</kbd></p>
      <${CopyAs} request=${request} picture=${Boolean(taken && picture)} />
    </section>
    ${active.length > 0 && html`<section class="whole"><h2>${t("tab.now")}</h2><${Cards} videos=${active} /></section>`}
  </form>`;
}
