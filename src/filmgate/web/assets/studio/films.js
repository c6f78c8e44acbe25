// Films: posters that play as one passes, found by words, model and state; several at once.
import { html, useEffect, useRef, useState } from "./preact-htm.js";
import { get, local, remove } from "./api.js";
import { span, t } from "./i18n.js";
import { fail, latest, may, say, useStudio } from "./state.js";
import { Empty, Field, Skeleton, Trouble, useNow } from "./ui.js";

// A tile of the storyboard: the sheet is moved behind a window of one tile.
export function tile(video, output, index) {
  const { columns, rows } = video.metadata.spritesheet;
  const [column, row] = [index % columns, Math.floor(index / columns)];
  return {
    backgroundImage: `url("${local(output.spritesheet_url)}")`,
    backgroundSize: `${columns * 100}% ${rows * 100}%`,
    backgroundPosition: `${(column / Math.max(1, columns - 1)) * 100}% ${(row / Math.max(1, rows - 1)) * 100}%`,
  };
}

export function Poster({ video }) {
  const [at, play] = useState(null);
  const timer = useRef();
  const output = video.outputs?.[0];
  const stop = () => clearInterval(timer.current) || play(null);
  const start = () => {
    if (!output || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const { columns, rows } = video.metadata.spritesheet;
    play(0);
    timer.current = setInterval(() => play((n) => (n + 1) % (columns * rows)), 220);
  };
  useEffect(() => () => clearInterval(timer.current), []);
  const [w, h] = video.size.split("x").map(Number);
  return html`<div class="poster" onMouseEnter=${start} onMouseLeave=${stop}>
    ${output && html`<img loading="lazy" alt="" src=${local(output.thumbnail_url)} />`}
    ${at != null && html`<div class="tile" style=${{ aspectRatio: `${w} / ${h}`, ...tile(video, output, at) }}></div>`}
    ${!output && html`<span>${video.error ? t(`failed.${video.error.code}`).startsWith("failed.") ? t("state.failed") : t(`failed.${video.error.code}`) : t(`state.${video.status}`)}</span>`}
    ${video.outputs?.length > 1 && html`<b class="badge">×${video.outputs.length}</b>`}</div>`;
}

function Cell({ video, now, picked, onPick }) {
  const left = video.expires_at ? video.expires_at - now : null;
  return html`<li class="cell" data-picked=${picked}>
    <a href=${`#/film/${video.id}`} aria-label=${video.prompt || video.id}><${Poster} video=${video} /><p class="said">${video.prompt || t("film.picture")}</p></a>
    <div class="row soft"><label><input type="checkbox" checked=${picked} onChange=${onPick} aria-label=${t("films.pick")} /> ${video.model} · ${video.seconds} s</label>
      <span>${left != null && (left > 0 ? t("films.left", { span: span(left) }) : t("films.expired"))}</span></div></li>`;
}

function Chosen({ videos, onDone }) {
  const download = () => {
    for (const [k, video] of videos.filter((one) => one.url).entries()) {
      const link = Object.assign(document.createElement("a"), { href: local(video.url), download: `${video.id}.mp4` });
      setTimeout(() => link.click(), k * 400);
    }
  };
  const erase = async () => {
    if (!confirm(t("films.sure", { n: videos.length }))) return;
    await Promise.all(videos.map((video) => remove(`v1/videos/${video.id}`))).then(() => say(t("films.gone")), fail);
    onDone();
  };
  const pair = videos.filter((one) => one.url).map((one) => `${one.id}.0`);
  return html`<div class="chosen" role="group" aria-label=${t("films.chosen", { n: videos.length })}><b>${t("films.chosen", { n: videos.length })}</b>
    <button class="small" onClick=${download}>${t("films.download")}</button>
    ${pair.length === 2 && html`<a class="button small" href=${`#/compare/${pair.join("/")}`}>${t("film.compare")}</a>`}
    ${may("videos:write") && html`<button class="small danger" onClick=${erase}>${t("films.delete")}</button>`}</div>`;
}

const PAGE = 24;
const MOST = 100;

export function Films() {
  const { models, turns } = useStudio();
  const [wanted, want] = useState({ search: "", model: "", status: "", created_after: "" });
  const [found, keep] = useState({ data: null, more: false, last: "" });
  const [error, tell] = useState(null);
  const [picked, pick] = useState([]);
  const now = useNow(15_000);
  const fetchPage = async (after, limit = PAGE) => {
    try {
      const page = await get("v1/videos", { ...wanted, after, limit });
      const data = after ? [...found.data, ...page.data] : page.data;
      keep({ data, more: page.has_more, last: page.last_id });
      tell(null);
    } catch (trouble) {
      tell(trouble);
    }
  };
  useEffect(() => {
    const shown = Math.min(MOST, Math.max(PAGE, found.data?.length || 0));
    const timer = setTimeout(() => fetchPage("", shown), found.data ? 250 : 0);
    return () => clearTimeout(timer);
  }, [wanted, turns]);
  const set = (name) => (event) => want({ ...wanted, [name]: event.target.value });
  const toggle = (id) => pick(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  const done = () => pick([]) || fetchPage("");
  const narrowed = Object.values(wanted).some(Boolean);
  const states = ["completed", "in_progress", "queued", "failed"];
  return html`<h1>${t("tab.films")}</h1><div class="filters" role="search">
      <${Field} label=${t("films.search")}><input type="search" value=${wanted.search} onInput=${set("search")} /></${Field}>
      <${Field} label=${t("make.model")}><select value=${wanted.model} onChange=${set("model")}><option value="">${t("films.all")}</option>${models.map((one) => html`<option>${one.id}</option>`)}</select></${Field}>
      <${Field} label=${t("films.state")}><select value=${wanted.status} onChange=${set("status")}><option value="">${t("films.all")}</option>${states.map((one) => html`<option value=${one}>${t(`state.${one}`)}</option>`)}</select></${Field}>
      <${Field} label=${t("films.since")}><input type="date" value=${wanted.created_after} onChange=${set("created_after")} /></${Field}></div>
    ${picked.length > 0 && html`<${Chosen} videos=${found.data.filter((one) => picked.includes(one.id))} onDone=${done} />`}
    ${error && html`<${Trouble} error=${error} again=${() => fetchPage("")} />`}
    ${!found.data && !error && html`<${Skeleton} />`}
    ${found.data?.length === 0 && !found.more && html`<${Empty} title=${t(narrowed ? "films.nothing" : "films.none")}>${narrowed ? t("films.nothing.about") : html`<a href="#/make">${t("now.none.about")}</a>`}</${Empty}>`}
    ${found.data && html`<ul class="grid">${found.data.map((video) => html`<${Cell} key=${video.id} video=${latest(video)} now=${now} picked=${picked.includes(video.id)} onPick=${() => toggle(video.id)} />`)}</ul>`}
    ${found.more && html`<button class="center" onClick=${() => fetchPage(found.last)}>${t("more")}</button>`}`;
}
