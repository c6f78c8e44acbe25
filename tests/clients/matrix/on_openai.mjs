// The official JavaScript SDK, whichever release is installed. Each function is one verb of the
// matrix and gives what it saw, or null where this release has it not.
import { File } from "node:buffer";
import { createReadStream } from "node:fs";
import OpenAI from "openai";

globalThis.File ??= File; // Node 18 has it, but not where the SDK looks
const { BASE, KEY, PICTURE } = process.env;
const REQUEST = { model: "sora-1.0", prompt: "a quiet sea", seconds: "1", size: "128x128" };
let sends;
const watching = (address, init) => {
  const headers = new Headers(init.headers);
  const type = headers.get("content-type") ?? new Response(init.body).headers.get("content-type");
  if (init.method?.toUpperCase() === "POST") sends ??= type.split(";")[0];
  return fetch(address, init);
};
const { videos } = new OpenAI({ baseURL: `${BASE}/v1`, apiKey: KEY, fetch: watching });

async function ended(video) {
  while (video.status === "queued" || video.status === "in_progress") {
    await new Promise((wake) => setTimeout(wake, 50));
    video = await videos.retrieve(video.id);
  }
  return video.id;
}

const film = async (id) => {
  const data = await (await videos.downloadContent(id)).arrayBuffer();
  return new File([data], "mine.mp4", { type: "video/mp4" });
};

const VERBS = {
  create: async () => (await videos.create(REQUEST)).id,
  wait: async ({ create }) => (await videos.retrieve(await ended(await videos.retrieve(create)))).status,
  picture: async () => ended(await videos.create({ ...REQUEST, input_reference: createReadStream(PICTURE) })),
  listed: async () => {
    const ids = [];
    for await (const video of videos.list({ limit: 2 })) ids.push(video.id);
    return ids;
  },
  download: async ({ create }) => {
    const film = await (await videos.downloadContent(create)).arrayBuffer();
    return Buffer.from(film).subarray(0, 12).toString("hex");
  },
  remix: async ({ create }) => ended(await videos.remix(create, { prompt: "a stormy sea" })),
  edit: async ({ create }) => videos.edit && ended(await videos.edit({ prompt: "at dusk", video: { id: create } })),
  extend: async ({ create }) =>
    videos.extend && ended(await videos.extend({ prompt: "the tide", seconds: "4", video: { id: create } })),
  character: async ({ create }) => {
    if (!videos.createCharacter) return null;
    const made = await videos.createCharacter({ name: "Mossy", video: await film(create) });
    if ((await videos.getCharacter(made.id)).name !== "Mossy") throw new Error("another name");
    const video = await videos.create({ ...REQUEST, prompt: "Mossy runs", characters: [{ id: made.id }] });
    return [made.id, await ended(video)];
  },
  own_film: async ({ create }) =>
    videos.edit && ended(await videos.edit({ prompt: "at dusk", video: await film(create) })),
  refusal: () => videos.create({ ...REQUEST, seconds: "61" }).catch((error) => [error.status, error.message]),
  delete: async ({ create }) => (await videos.delete(create)).id,
};

const seen = {};
for (const [name, verb] of Object.entries(VERBS)) seen[name] = (await verb(seen)) ?? null;
console.log(JSON.stringify({ ...seen, sends }));
