// TanStack AI over its adapter of OpenAI's videos. It knows sora-2 alone, and the official lengths.
import { generateVideo, getVideoJobStatus } from "@tanstack/ai";
import { createOpenaiVideo } from "@tanstack/ai-openai";

const { BASE, KEY } = process.env;
const adapter = createOpenaiVideo("sora-2", KEY, { baseURL: `${BASE}/v1` });
const { jobId } = await generateVideo({ adapter, prompt: "a quiet sea", size: "1280x720", duration: 4 });
let now = await getVideoJobStatus({ adapter, jobId });
while (now.status === "pending" || now.status === "processing") {
  await new Promise((wake) => setTimeout(wake, 100));
  now = await getVideoJobStatus({ adapter, jobId });
}
const film = await (await fetch(now.url)).arrayBuffer();
const refusal = await generateVideo({ adapter, prompt: " " }).catch((error) => [error.status, error.message]);
console.log(
  JSON.stringify({
    create: jobId,
    wait: now.status,
    download: Buffer.from(film).subarray(0, 12).toString("hex"),
    refusal,
  }),
);
