// News of the account's videos: one stream for the tab, as long as somebody looks at it. It is read
// with fetch, because an EventSource sends no key.
import { key } from "./api.js";

const AGAIN_MS = 2000;
let reading = null;
let last = "";

// Reads until the tab is left or the key is gone. `begin` runs each time that news may have been
// missed, `tell` with each object.
export async function follow(begin, tell) {
  stop();
  const mine = (reading = new AbortController());
  while (!mine.signal.aborted && key.get()) {
    await read(mine.signal, begin, tell).catch(() => (last = ""));
    if (!mine.signal.aborted) await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}

export function stop() {
  reading?.abort();
  last = "";
}

async function read(signal, begin, tell) {
  const headers = { authorization: `Bearer ${key.get()}`, "x-filmgate-dialect": "openai" };
  if (last) headers["last-event-id"] = last;
  const answer = await fetch("v1/events", { headers, signal, credentials: "omit", cache: "no-store" });
  if (!answer.ok) {
    last = "";
    return;
  }
  if (!last) await begin();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    blocks.forEach((block) => take(block, tell));
  }
}

function take(block, tell) {
  const fields = new Map(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
  if (fields.get("id")) last = fields.get("id");
  if (fields.get("data")) tell(JSON.parse(fields.get("data")));
}
