// One film: played, scrubbed, shared, made again, and held beside another.
import { html, useEffect, useRef, useState } from "./preact-htm.js";
import { get, local, post, remove } from "./api.js";
import { span, t, usd, when } from "./i18n.js";
import { change, fail, may, moves, say, turnPoller, useAnswer, useFollow, useStudio } from "./state.js";
import { Answer, Bar, Copy, Dialog, Field, useNow } from "./ui.js";
import { CopyAs } from "./copying.js";
import { tile } from "./films.js";
import { can, requestFrom, settingsFrom } from "./price.js";

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
  remix: (id, prompt) => post(`v1/videos/${id}/remix`, { prompt }),
  edit: (id, prompt) => post("v1/videos/edits", { prompt, video: { id } }),
  extend: (id, prompt, seconds) => post("v1/videos/extensions", { prompt, seconds: String(seconds), video: { id } }),
};
function Follow({ video, what, onClose }) {
  const send = async (event) => {
    event.preventDefault();
    const { prompt, seconds } = Object.fromEntries(new FormData(event.target));
    await FOLLOWS[what](video.id, prompt, seconds).then(() => turnPoller().then(() => (location.hash = "#/now")), fail);
    onClose();
  };
  return html`<${Dialog} title=${t(`film.${what}`)} onClose=${onClose}><form onSubmit=${send}>
    <${Field} label=${t("make.prompt")}><textarea name="prompt" rows="4" required>${video.prompt}</textarea></${Field}>
    ${what === "extend" && html`<${Field} label=${t("film.extend.by")}><input name="seconds" type="number" min="4" max="20" value="4" /></${Field}>`}
    <button class="primary">${t(`film.${what}`)}</button></form></${Dialog}>`;
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
    ${following && html`<${Follow} video=${video} what=${following} onClose=${() => follow(null)} />`}</div>`;
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
  const { ended } = useStudio();
  const found = useAnswer(() => get(`v1/videos/${id}`), [id, ended]);
  useFollow(Boolean(found.data && moves(found.data)), found.again);
  return html`<${Answer} of=${found} bones=${1}>${(video) => html`<${Shown} video=${video} />`}</${Answer}>`;
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
