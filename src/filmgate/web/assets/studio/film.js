// One film: played, scrubbed, shared, made again, and held beside another.
import { html, useEffect, useRef, useState } from "./preact-htm.js";
import { get, local, post, remove } from "./api.js";
import { span, t, usd, when } from "./i18n.js";
import { change, fail, latest, may, say, take, useAnswer, useStudio } from "./state.js";
import { Answer, Bar, Copy, Dialog, Field, Segments, useNow } from "./ui.js";
import { CopyAs } from "./copying.js";
import { tile } from "./films.js";
import { can, requestFrom, settingsFrom } from "./price.js";
import { useQuote } from "./quoting.js";

const MOST_TILES = 9;

function Player({ video, output, onReady }) {
  const player = useRef();
  const { columns, rows, seconds } = video.metadata.spritesheet;
  const [w, h] = video.size.split("x").map(Number);
  const all = Array.from({ length: columns * rows }, (_, k) => k).filter((k) => k * seconds < Number(video.seconds));
  const tiles = all.filter((k) => k % Math.ceil(all.length / MOST_TILES) === 0);
  useEffect(() => onReady?.(player.current), [output.index]);
  const seek = (k) => {
    player.current.currentTime = k * seconds;
  };
  return html`<div class="player"><video ref=${player} controls playsinline loop preload="metadata" poster=${local(output.thumbnail_url)}
      src=${`${local(output.url)}&inline=1`} style=${{ aspectRatio: `${w} / ${h}` }} aria-label=${video.prompt}></video>
    <div class="strip" role="group" aria-label=${t("film.strip")}>${tiles.map(
      (k) => html`<button type="button" aria-label=${t("film.at", { s: (k * seconds).toFixed(1) })} onClick=${() => seek(k)} style=${{ aspectRatio: `${w} / ${h}`, ...tile(video, output, k) }}></button>`,
    )}</div></div>`;
}

async function lastFrame(player) {
  if (!player.readyState) await new Promise((done) => player.addEventListener("loadedmetadata", done, { once: true }));
  if (player.duration - player.currentTime > 0.05) {
    player.pause();
    const there = new Promise((done) => player.addEventListener("seeked", done, { once: true }));
    player.currentTime = Math.max(0, player.duration - 0.01);
    await there;
  }
  const canvas = new OffscreenCanvas(player.videoWidth, player.videoHeight);
  canvas.getContext("2d").drawImage(player, 0, 0);
  return new File([await canvas.convertToBlob({ type: "image/png" })], "last-frame.png", { type: "image/png" });
}

const FOLLOWS = {
  remix: (id, prompt, _, query = "", signal) => post(`v1/videos/${id}/remix${query}`, { prompt }, signal),
  edit: (id, prompt, _, query = "", signal) => post(`v1/videos/edits${query}`, { prompt, video: { id } }, signal),
  extend: (id, prompt, seconds, query = "", signal) => post(`v1/videos/extensions${query}`, { prompt, seconds: String(seconds), video: { id } }, signal),
};
const ADDED = { least: 4, most: 20 };

// How much longer an extension may be: of a card's own lengths, where it has a list of them.
function Added({ card, value, onPick }) {
  const fits = card.seconds.allowed.map(Number).filter((one) => one >= ADDED.least && one <= ADDED.most);
  const set = (event) => onPick(Number(event.target.value));
  if (fits.length) return html`<${Segments} label=${t("film.extend.by")} options=${fits.map((one) => [one, `${one} s`])} value=${value} onPick=${onPick} />`;
  return html`<${Field} label=${t("film.extend.by")}><input type="number" min=${ADDED.least} max=${ADDED.most} value=${value} onInput=${set} /></${Field}>`;
}

function Follow({ video, what, card, onClose }) {
  const [prompt, write] = useState(video.prompt);
  const [seconds, add] = useState(ADDED.least);
  const quote = useQuote(prompt.trim() ? (signal) => FOLLOWS[what](video.id, prompt, seconds, "?dry_run=true", signal) : null, [what, prompt, seconds]);
  const send = async (event) => {
    event.preventDefault();
    await FOLLOWS[what](video.id, prompt, seconds).then((made) => take(made) || (location.hash = "#/now"), fail);
    onClose();
  };
  const act = t(`film.${what}`);
  return html`<${Dialog} title=${act} onClose=${onClose}><form onSubmit=${send}>
    <${Field} label=${t("make.prompt")} hint=${t(`film.${what}.hint`)}><textarea name="prompt" rows="4" required value=${prompt} onInput=${(e) => write(e.target.value)}></textarea></${Field}>
    ${what === "extend" && html`<${Added} card=${card} value=${seconds} onPick=${add} />`}
    ${quote?.trouble && html`<p class="trouble" role="alert">${quote.trouble}</p>`}
    <button class="primary" disabled=${quote && (quote.trouble || !quote.affordable)}>${quote?.cost == null ? act : quote.affordable ? t("film.go", { act, cost: usd(quote.cost) }) : t("make.poor", { cost: usd(quote.cost) })}</button></form></${Dialog}>`;
}

function Actions({ video, output, player }) {
  const { models } = useStudio();
  const [following, follow] = useState(null);
  const model = models.find((one) => one.id === video.model);
  const again = (keepSeed, more = {}) => {
    change({ draft: { prompt: video.prompt, settings: settingsFrom(video, { keepSeed }), ...more } });
    location.hash = "#/make";
  };
  const frame = () => lastFrame(player.current).then((picture) => again(false, { picture, prompt: "" }), fail);
  const erase = async () => {
    if (!confirm(t("films.sure", { n: 1 }))) return;
    await remove(`v1/videos/${video.id}`).then(() => say(t("films.gone")) || (location.hash = "#/films"), fail);
  };
  const seeds = video.outputs?.slice(0, 2).map((one) => `${video.id}.${one.index}`).join("/");
  return html`<div class="actions">${may("videos:write") && model && html`
      <button class="primary" onClick=${() => again(false)}>${t("film.again")}</button>
      ${output && ["remix", "edit", "extend"].filter((what) => can(model, what)).map((what) => html`<button onClick=${() => follow(what)}>${t(`film.${what}`)}</button>`)}
      ${output && model.card.picture !== "none" && html`<button onClick=${frame}>${t("film.frame")}</button>`}`}
    ${output && html`<a class="button" href=${local(output.url)} download>${t("films.download")}</a>
      <${Copy} text=${`${output.url}&inline=1`} label=${t("film.share")} />`}
    ${video.outputs?.length > 1 && html`<a class="button" href=${`#/compare/${seeds}`}>${t("film.compare")}</a>`}
    ${may("videos:write") && html`<button class="danger" onClick=${erase}>${t("films.delete")}</button>`}
    ${following && html`<${Follow} video=${video} what=${following} card=${model.card} onClose=${() => follow(null)} />`}</div>`;
}

function Shown({ video }) {
  const [index, choose] = useState(0);
  const now = useNow();
  const player = useRef();
  const output = video.outputs?.[index];
  const facts = [
    ["make.model", video.model],
    ["make.seconds", `${video.seconds} s · ${video.metadata.fps} fps`],
    ["make.size", video.size.replace("x", " × ")],
    ["make.seed", video.metadata.seed + index],
    ["film.made", when(video.completed_at || video.created_at)],
    ["film.cost", video.usage ? usd(video.usage.cost_usd) : "–"],
    ["film.expires", video.expires_at ? span(video.expires_at - now) : "–"],
  ];
  return html`<article class="one"><div>
      ${output ? html`<${Player} key=${index} video=${video} output=${output} onReady=${(one) => (player.current = one)} />` : html`<div class="gateframe wait"><p>${video.error?.message || t(`state.${video.status}`)}</p><${Bar} value=${video.progress} label=${t(`state.${video.status}`)} /></div>`}
      ${video.outputs?.length > 1 && html`<div class="segments" role="group" aria-label=${t("film.outputs")}>${video.outputs.map((one) => html`<button aria-pressed=${one.index === index} onClick=${() => choose(one.index)}>${t("film.seed", { n: video.metadata.seed + one.index })}</button>`)}</div>`}
    </div><section class="side"><h1 class="said">${video.prompt || t("film.picture")}</h1>
      <${Actions} video=${video} output=${output} player=${player} />
      <dl class="facts">${facts.map(([name, value]) => html`<dt>${t(name)}</dt><dd>${value}</dd>`)}</dl>
      <${CopyAs} request=${requestFrom(video)} />
      <p class="soft mono">${video.id} <${Copy} text=${video.id} /></p></section></article>`;
}

export function Film({ path: [id] }) {
  const { turns } = useStudio();
  const found = useAnswer(() => get(`v1/videos/${id}`), [id, turns]);
  return html`<${Answer} of=${found} bones=${1}>${(video) => html`<${Shown} video=${latest(video)} />`}</${Answer}>`;
}

export function Compare({ path }) {
  const players = useRef([]);
  const pairs = path.map((one) => one.split("."));
  const found = useAnswer(() => Promise.all(pairs.map(([id]) => get(`v1/videos/${id}`))), [path.join()]);
  const all = (act) => players.current.forEach(act);
  return html`<h1>${t("film.compare")}</h1><${Answer} of=${found} bones=${2}>${(videos) => html`<div class="pair wide">${videos.map((video, k) => {
      const output = video.outputs[Number(pairs[k][1])];
      return html`<figure><${Player} video=${video} output=${output} onReady=${(one) => (players.current[k] = one)} />
        <figcaption><b>${t("film.seed", { n: video.metadata.seed + output.index })}</b> ${video.prompt}</figcaption></figure>`;
    })}</div><div class="row"><button class="primary" onClick=${() => all((one) => ((one.currentTime = 0), one.play()))}>${t("film.together")}</button>
      <button onClick=${() => all((one) => one.pause())}>${t("film.pause")}</button></div>`}</${Answer}>`;
}
