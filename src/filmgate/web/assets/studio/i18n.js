// Words in two languages; a test holds that both have the same keys and holes.
import en from "./en.js";
import zh from "./zh.js";

export const LANGUAGES = { en: "English", zh: "中文" };
const WORDS = { en, zh };
let chosen = localStorage.getItem("filmgate-language");
if (!WORDS[chosen]) chosen = /^zh/i.test(navigator.language) ? "zh" : "en";

export const language = () => chosen;
export function choose(name) {
  chosen = name;
  localStorage.setItem("filmgate-language", name);
  document.documentElement.lang = name === "zh" ? "zh-CN" : "en";
}

export function t(name, holes = {}) {
  const words = WORDS[chosen][name] ?? name;
  return words.replace(/\{(\w+)\}/g, (_, hole) => String(holes[hole] ?? ""));
}

const locale = () => (chosen === "zh" ? "zh-CN" : "en");
export const usd = (text) => {
  const value = Math.abs(Number(text));
  const cents = Math.abs(value * 100 - Math.round(value * 100)) < 1e-6;
  return `${Number(text) < 0 ? "−" : ""}$${value.toFixed(cents ? 2 : 4)}`;
};
export const number = (value) => new Intl.NumberFormat(locale()).format(value);
export const when = (seconds) =>
  seconds == null
    ? "–"
    : new Date(seconds * 1000).toLocaleString(locale(), { dateStyle: "medium", timeStyle: "short" });

export function span(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 90) return t("span.s", { n: s });
  if (s < 5400) return t("span.m", { n: Math.round(s / 60) });
  if (s < 172800) return t("span.h", { n: Math.round(s / 3600) });
  return t("span.d", { n: Math.round(s / 86400) });
}
choose(chosen);
