// What the views share: who asks, the models, what is under way. One poller, which rests when
// nothing moves and when nobody looks.
import { useEffect, useState } from "./preact-htm.js";
import { get, key } from "./api.js";

export const state = { me: null, balance: null, models: null, active: [], ended: 0, notice: null, draft: null };
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
  turnPoller();
}

export async function refreshBalance() {
  if (may("usage:read")) change({ balance: await get("v1/balance").catch(() => state.balance) });
}

let timer = 0;
export async function turnPoller() {
  clearTimeout(timer);
  let pause = 10_000;
  if (key.get() && may("videos:read") && !document.hidden) {
    try {
      // in the order in which they move, so that none slips through between the two
      const waiting = (await get("v1/videos", { status: "queued", limit: 50 })).data;
      const running = (await get("v1/videos", { status: "in_progress", limit: 50 })).data;
      const active = [...running, ...waiting.filter((one) => !running.some((other) => other.id === one.id))];
      const gone = state.active.filter((one) => !active.some((other) => other.id === one.id));
      change({ active, ended: state.ended + gone.length });
      if (gone.length) refreshBalance();
      if (active.length) pause = 800;
    } catch {
      pause = 5_000;
    }
  }
  clearTimeout(timer);
  timer = setTimeout(turnPoller, pause);
}
addEventListener("visibilitychange", () => document.hidden || turnPoller());

export const moves = (video) => video.status === "queued" || video.status === "in_progress";

// Asks again and again while something that is shown still moves.
export function useFollow(moving, again) {
  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(again, 1500);
    return () => clearInterval(timer);
  }, [moving]);
}

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
