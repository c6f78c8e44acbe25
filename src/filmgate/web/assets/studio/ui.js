// The small parts that all views are made of.
import { html, useEffect, useRef, useState } from "./preact-htm.js";
import { t } from "./i18n.js";

const PATHS = {
  make: "M12 5v14M5 12h14",
  now: "M12 7v5l3 2M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18Z",
  films: "M4 5h16v14H4zM8 5v14M16 5v14M4 9.5h4M4 14.5h4M16 9.5h4M16 14.5h4",
  account: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c1-3.6 4-5 7.500-5s6.500 1.400 7.500 5",
  admin: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
  close: "M6 6l12 12M18 6 6 18",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.500 9.500h.01",
};
export const Icon = ({ name }) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;

export const Field = ({ label, hint, children }) =>
  html`<div class="field"><label><span class="label">${label}</span>${children}</label>${hint && html`<small>${hint}</small>`}</div>`;

export const Segments = ({ label, options, value, onPick }) => html`
  <fieldset class="field"><legend class="label">${label}</legend>
    <div class="segments">${options.map(
      ([name, shown]) => html`<button type="button" aria-pressed=${value === name} onClick=${() => onPick(name)}>${shown}</button>`,
    )}</div>
  </fieldset>`;

export const Empty = ({ title, children }) => html`<div class="empty"><div class="gate" aria-hidden="true"></div><h2>${title}</h2><p>${children}</p></div>`;

export const Skeleton = ({ count = 6 }) =>
  html`<div class="grid" role="status" aria-label=${t("loading")}>${Array.from({ length: count }, () => html`<div class="bone"></div>`)}</div>`;

export const Trouble = ({ error, again }) => html`
  <div class="trouble" role="alert"><p>${error.message}</p>${again && html`<button onClick=${again}>${t("again")}</button>`}</div>`;

// What a fetched answer looks like: bones, the error in words, or the thing itself.
export const Answer = ({ of, children, bones = 3 }) =>
  of.error ? html`<${Trouble} ...${of} />` : of.data ? children(of.data) : html`<${Skeleton} count=${bones} />`;

export function Dialog({ title, onClose, children }) {
  const box = useRef();
  useEffect(() => {
    const back = document.activeElement;
    box.current.showModal();
    return () => back?.focus?.();
  }, []);
  return html`<dialog ref=${box} aria-label=${title} onClose=${onClose} onClick=${(e) => e.target === box.current && onClose()}>
    <div class="dialog"><header><h2>${title}</h2><button class="quiet" aria-label=${t("close")} onClick=${onClose}><${Icon} name="close" /></button></header>
    ${children}</div></dialog>`;
}

export function Copy({ text, label }) {
  const [done, mark] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    mark(true);
    setTimeout(() => mark(false), 1500);
  };
  return html`<button type="button" class="small" onClick=${copy}>${done ? t("copied") : label || t("copy")}</button>`;
}

export const Code = ({ text }) => html`<div class="code"><pre tabindex="0" aria-label=${t("copy-as")}>${text}</pre><${Copy} text=${text} /></div>`;

export const Table = ({ label, heads, rows }) => html`
  <div class="scroll" tabindex="0" role="region" aria-label=${label}><table><thead><tr>${heads.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
  <tbody>${rows.length === 0 && html`<tr><td class="soft" colspan=${heads.length}>–</td></tr>`}${rows.map((cells) => html`<tr>${cells.map((one) => html`<td>${one}</td>`)}</tr>`)}</tbody></table></div>`;

export const Bar = ({ value, label }) =>
  html`<div class="bar" role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${value}><i style=${{ width: `${value}%` }}></i></div>`;

export function useNow(every = 1000) {
  const [now, turn] = useState(Date.now() / 1000);
  useEffect(() => {
    const timer = setInterval(() => turn(Date.now() / 1000), every);
    return () => clearInterval(timer);
  }, []);
  return now;
}
