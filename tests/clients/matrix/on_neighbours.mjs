// Neighbours' JavaScript clients, the one that is named as the argument: only the address is another.
const { BASE, KEY } = process.env;
const INPUT = { prompt: "a quiet sea", duration: 1, width: 128, height: 128, fps: 5 };
const head = async (link) =>
  Buffer.from(await (await fetch(link)).arrayBuffer()).subarray(0, 12).toString("hex");

async function replicate() {
  const { default: Replicate } = await import("replicate");
  const client = new Replicate({ auth: KEY, baseUrl: `${BASE}/replicate/v1`, useFileOutput: false });
  const prediction = await client.predictions.create({ model: "any/sora-1.0", input: INPUT });
  const ended = await client.wait(prediction, { interval: 50 });
  const late = await client.predictions.create({ version: "sora-1.0", input: { ...INPUT, duration: 60 } });
  const cancelled = await client.predictions.cancel(late.id);
  const film = await client.run("any/sora-1.0", { input: INPUT });
  return {
    create: prediction.id,
    wait: ended.status,
    listed: (await client.predictions.list()).results.map((one) => one.id),
    download: await head(film),
    cancel: cancelled.id,
    refusal: await client.predictions
      .create({ version: "sora-1.0", input: { ...INPUT, duration: 61 } })
      .catch((error) => [error.response.status, error.message]),
  };
}

async function fal() {
  const { createFalClient } = await import("@fal-ai/client");
  const client = createFalClient({
    credentials: KEY,
    requestMiddleware: async (request) => ({
      ...request,
      url: request.url.replace("https://queue.fal.run/", `${BASE}/fal/`),
    }),
  });
  const words = [];
  const result = await client.subscribe("any/sora-1.0", {
    input: INPUT,
    mode: "streaming",
    onQueueUpdate: ({ status }) => words.push(status),
  });
  const late = await client.queue.submit("any/sora-1.0", { input: { ...INPUT, duration: 60 } });
  await client.queue.cancel("any/sora-1.0", { requestId: late.request_id });
  return {
    create: result.requestId,
    wait: words.at(-1),
    download: await head(result.data.video.url),
    cancel: late.request_id,
    refusal: await client.queue
      .submit("any/sora-1.0", { input: { ...INPUT, duration: 61 } })
      .catch((error) => [error.status, JSON.stringify(error.body)]),
  };
}

console.log(JSON.stringify(await { replicate, fal }[process.argv[2]]()));
