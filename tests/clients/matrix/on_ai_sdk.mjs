// The AI SDK, by the provider that is named as the argument. It makes a film and downloads it.
import { experimental_generateVideo as generateVideo } from "ai";

const { BASE, KEY } = process.env;

// The provider knows its own host alone, and sends no key to another.
const elsewhere = (address, init) =>
  fetch(String(address).replace("https://queue.fal.run/", `${BASE}/fal/`), {
    ...init,
    headers: { ...init.headers, authorization: `Key ${KEY}` },
  });

const PROVIDERS = {
  fal: async () => (await import("@ai-sdk/fal")).createFal({ apiKey: KEY, fetch: elsewhere }).video("sora-1.0"),
  replicate: async () =>
    (await import("@ai-sdk/replicate"))
      .createReplicate({ apiToken: KEY, baseURL: `${BASE}/replicate/v1` })
      .video("any/sora-1.0"),
  openrouter: async () =>
    (await import("@openrouter/ai-sdk-provider"))
      .createOpenRouter({ apiKey: KEY, baseURL: `${BASE}/api/v1` })
      .videoModel("sora-1.0", { pollIntervalMs: 100 }),
};
const model = await PROVIDERS[process.argv[2]]();
let link;
// Its own download refuses addresses of this machine.
const download = async ({ url }) => {
  link = url;
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} for ${url}`);
  return { data: new Uint8Array(await answer.arrayBuffer()), mediaType: "video/mp4" };
};
const ask = (duration) =>
  generateVideo({
    model,
    prompt: "a quiet sea",
    duration,
    resolution: "128x128",
    maxRetries: 0,
    download,
    providerOptions: { fal: { pollIntervalMs: 50, size: "128x128" } },
  });
const { video } = await ask(1);
const id = link.pathname.split("/").find((part) => part.startsWith("video_"));
const refusal = await ask(61).catch((error) => [error.statusCode, error.message]);
console.log(
  JSON.stringify({
    create: id,
    wait: "completed",
    download: Buffer.from(video.uint8Array).subarray(0, 12).toString("hex"),
    refusal,
  }),
);
