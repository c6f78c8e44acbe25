// A first frame: dropped, pasted, chosen or by its address, and seen as the film will crop it.
import { html, useEffect, useRef, useState } from "./preact-htm.js";
import { t } from "./i18n.js";
import { fail } from "./state.js";
import { Icon } from "./ui.js";

// The middle of a picture in the shape of a film, as the server crops it.
export async function cropTo(picture, size) {
  const [width, height] = size.split("x").map(Number);
  const seen = await createImageBitmap(picture);
  const scale = Math.max(width / seen.width, height / seen.height);
  const canvas = new OffscreenCanvas(width, height);
  const [w, h] = [seen.width * scale, seen.height * scale];
  canvas.getContext("2d").drawImage(seen, (width - w) / 2, (height - h) / 2, w, h);
  return new File([await canvas.convertToBlob({ type: "image/png" })], "picture.png", { type: "image/png" });
}

export function Stage({ size, picture, onPicture, taken }) {
  const [over, hover] = useState(false);
  const [shown, show] = useState("");
  const [address, type] = useState("");
  const chooser = useRef();
  const [w, h] = size.split("x").map(Number);
  useEffect(() => {
    if (!(picture instanceof Blob)) return show("");
    const url = URL.createObjectURL(picture);
    show(url);
    return () => URL.revokeObjectURL(url);
  }, [picture]);
  const take = (file) => {
    if (!file || !taken) return;
    if (!/^image\/(png|jpeg|webp)$/.test(file.type)) return fail(new Error(t("picture.kind")));
    onPicture(file);
  };
  useEffect(() => {
    const paste = (event) => take([...event.clipboardData.files][0]);
    addEventListener("paste", paste);
    return () => removeEventListener("paste", paste);
  }, [taken]);
  const drop = (event) => {
    event.preventDefault();
    hover(false);
    take(event.dataTransfer.files[0]);
  };
  return html`<div class="stage">
    <div class="gateframe" data-over=${over} style=${{ aspectRatio: `${w} / ${h}` }} onDrop=${drop}
      onDragOver=${(e) => e.preventDefault() || hover(true)} onDragLeave=${() => hover(false)}>
      ${shown && html`<img src=${shown} alt=${t("picture.alt")} />`}
      ${!shown && html`<p>${typeof picture === "string" ? picture : taken ? t("picture.drop") : t("picture.none")}</p>`}
      <span class="size">${w} × ${h}</span></div>
    ${taken && html`<div class="row">
      <button type="button" class="small" onClick=${() => chooser.current.click()}><${Icon} name="picture" />${t("picture.choose")}</button>
      ${picture && html`<button type="button" class="small" onClick=${() => onPicture(null)}>${t("picture.remove")}</button>`}
      <input ref=${chooser} type="file" hidden accept="image/png,image/jpeg,image/webp" aria-label=${t("picture.choose")} onChange=${(e) => take(e.target.files[0])} />
      <input class="grow" type="url" placeholder="https://…" aria-label=${t("picture.address")} value=${address}
        onInput=${(e) => type(e.target.value)} onChange=${(e) => e.target.validity.valid && onPicture(e.target.value || null)} /></div>`}
  </div>`;
}
