// Now: what waits and runs, with its place, the time that is left, and a way out.
import { html } from "./preact-htm.js";
import { post } from "./api.js";
import { span, t } from "./i18n.js";
import { fail, may, take, useStudio } from "./state.js";
import { Bar, Empty, useNow } from "./ui.js";

function stands(video, now) {
  if (video.status === "queued") {
    const { position, eta_seconds: eta } = video.queue || {};
    const place = position ? t("now.place", { n: position }) : t("now.waits");
    return eta == null ? place : `${place} · ${t("now.eta", { span: span(eta) })}`;
  }
  const left = video.progress > 4 ? ((now - video.created_at) * (100 - video.progress)) / video.progress : null;
  const done = t("now.progress", { n: video.progress });
  return left == null ? done : `${done} · ${t("now.eta", { span: span(left) })}`;
}

function Card({ video, now }) {
  const cancel = () => post(`v1/videos/${video.id}/cancel`).then(take, fail);
  const told = stands(video, now);
  return html`<li class="job"><p class="said">${video.prompt || t("film.picture")}</p>
    <p class="soft">${video.model} · ${video.seconds} s · ${video.size.replace("x", "×")}</p>
    <${Bar} value=${video.progress} label=${told} />
    <div class="row"><span>${told}</span>${may("videos:write") && html`<button type="button" class="small" onClick=${cancel}>${t("now.cancel")}</button>`}</div></li>`;
}

export function Cards({ videos }) {
  const now = useNow();
  return html`<ul class="jobs">${videos.map((video) => html`<${Card} key=${video.id} video=${video} now=${now} />`)}</ul>`;
}

export function Now() {
  const { active } = useStudio();
  return html`<h1>${t("tab.now")}</h1>${
    active.length
      ? html`<${Cards} videos=${active} />`
      : html`<${Empty} title=${t("now.none")}><a href="#/make">${t("now.none.about")}</a></${Empty}>`
  }`;
}
