// The one client of the public API. The key lives in sessionStorage and goes nowhere else.
import { t } from "./i18n.js";

const KEY = "filmgate-key";
export const key = {
  get: () => sessionStorage.getItem(KEY) || "",
  set: (text) => (text ? sessionStorage.setItem(KEY, text) : sessionStorage.removeItem(KEY)),
};

export class ApiError extends Error {
  constructor(status, { message, code, param }) {
    super(message);
    Object.assign(this, { status, code, param });
  }
}

// Paths are relative, so that the studio works behind a proxy that serves it under a path.
async function ask(method, path, body, signal) {
  const headers = { authorization: `Bearer ${key.get()}`, "x-filmgate-dialect": "openai" };
  if (body && !(body instanceof FormData)) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, { method, headers, body, signal, credentials: "omit" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, { message: t("error.offline"), code: "offline" });
  }
  const told = await answer.json().catch(() => null);
  if (!answer.ok) {
    const fault = told?.error || { message: `${answer.status} ${answer.statusText}`, code: "" };
    if (answer.status === 401) dispatchEvent(new Event("filmgate-signed-out"));
    throw Object.assign(new ApiError(answer.status, fault), { told });
  }
  return told;
}

export const get = (path, given, signal) => ask("GET", path + query(given), undefined, signal);
export const post = (path, body = {}, signal) => ask("POST", path, body, signal);
export const patch = (path, body) => ask("PATCH", path, body);
export const remove = (path) => ask("DELETE", path);

function query(given) {
  const said = Object.entries(given || {}).filter(([, value]) => value !== "" && value != null);
  return said.length ? `?${new URLSearchParams(said)}` : "";
}

// A link of a film leads to this server, whatever name it was given outside.
export function local(url) {
  const at = url ? url.indexOf("/v1/videos/") : -1;
  return at < 0 ? url : url.slice(at + 1);
}

// What is sent: JSON, or multipart where there is a picture.
export function bodyOf(request, picture) {
  const { metadata, ...plain } = request;
  if (typeof picture === "string") return { ...request, image: picture };
  if (!picture) return request;
  const form = new FormData();
  for (const [name, value] of Object.entries(plain)) form.append(name, String(value));
  if (metadata) form.append("metadata", JSON.stringify(metadata));
  form.append("input_reference", picture, picture.name || "picture.png");
  return form;
}
