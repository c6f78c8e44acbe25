// The same request as curl, Python or JavaScript.
import { html, useState } from "./preact-htm.js";
import { t } from "./i18n.js";
import { programs } from "./copyas.js";
import { Code } from "./ui.js";

export function CopyAs({ request, picture }) {
  const base = new URL(".", location.href).href.replace(/\/$/, "");
  const all = programs(request, base, picture);
  const [shown, show] = useState("curl");
  return html`<details class="more"><summary>${t("copy-as")}</summary>
    <div class="segments" role="group" aria-label=${t("copy-as")}>${Object.keys(all).map(
      (name) => html`<button type="button" aria-pressed=${name === shown} onClick=${() => show(name)}>${name}</button>`,
    )}</div><${Code} text=${all[shown]} /></details>`;
}
