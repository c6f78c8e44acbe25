// What the views share: who asks, the models, what is under way by the server's own news.
import { useEffect, useState } from "./preact-htm.js";
import { get, key } from "./api.js";
import { follow, stop } from "./events.js";

export const state = { me: null, balance: null, models: null, active: [], turns: 0, notice: null, draft: null };
const listeners = new Set();

export function change(what) {
  Object.assign(state, what);
  for (const listener of listeners) listener({});
}

export function useStudio() {
  const [, turn] = useState({});
  useEffect(() => {
    listeners.add(turn);
    return () => listeners.delete(turn);
  }, []);
  return state;
}

export const may = (scope) => Boolean(state.me?.key.scopes.includes(scope));
export const say = (text, tone = "good") => change({ notice: { text, tone, at: Date.now() } });
export const fail = (error) => say(error.message, "bad");

export async function signIn() {
  const me = await get("v1/me");
  const models = me.key.scopes.includes("videos:read") ? (await get("v1/models")).data : [];
  change({ me, models });
  refreshBalance();
  watch();
}

export async function refreshBalance() {
  if (may("usage:read")) change({ balance: await get("v1/balance").catch(() => state.balance) });
}

// What moves now: how it stands, by what the server tells. `turns` counts who came and who went.
export const moves = (video) => video.status === "queued" || video.status === "in_progress";
const order = (one) => (one.status === "queued" ? (one.queue?.position ?? Infinity) : -1);
const over = new Set(); // what has ended: an answer that is older than that news brings none of it back
const under = (videos) => videos.filter((one) => moves(one) && !over.has(one.id)).sort((a, b) => order(a) - order(b));
const ids = (videos) => videos.map((one) => one.id).sort().join();

function show(active) {
  change({ active, turns: state.turns + (ids(active) === ids(state.active) ? 0 : 1) });
}

export function take(video) {
  const turns = state.turns;
  if (!moves(video)) over.add(video.id);
  show(under([...state.active.filter((one) => one.id !== video.id), video]));
  if (state.turns === turns) return;
  refreshBalance();
  if (waits()) lookAgain();
}
const waits = () => state.active.some((one) => one.status === "queued");

// All that is under way, in the order in which it moves, so that none slips through between the two.
async function look() {
  const waiting = (await get("v1/videos", { status: "queued", limit: 50 })).data;
  const running = (await get("v1/videos", { status: "in_progress", limit: 50 })).data;
  show(under([...running, ...waiting.filter((one) => !running.some((other) => other.id === one.id))]));
}

// A place in line moves with other people's videos, of which nobody tells us.
const PLACES_MS = 10_000;
let timer = 0;
function lookAgain(pause = 300) {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (!document.hidden && key.get()) await begin();
  }, pause);
}

async function begin() {
  await look().catch(() => null);
  if (waits()) lookAgain(PLACES_MS);
}

export function watch() {
  if (document.hidden || !key.get() || !may("videos:read")) return stop();
  return follow(begin, take);
}
addEventListener("visibilitychange", watch);

// A video as it was fetched, or as it was told of since.
export const latest = (video) => state.active.find((one) => one.id === video.id) || video;

// What a view fetches: the answer, the error in words, and how to ask again.
export function useAnswer(fetcher, on) {
  const [found, keep] = useState({});
  const [turn, again] = useState(0);
  useEffect(() => {
    let wanted = true;
    fetcher().then(
      (data) => wanted && keep({ data }),
      (error) => wanted && keep({ error }),
    );
    return () => {
      wanted = false;
    };
  }, [...on, turn]);
  return { ...found, again: () => again((n) => n + 1) };
}
