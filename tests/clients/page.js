// What a page of another origin does with the official SDK. Each function returns plain data.
import OpenAI from "openai";

const SMALL = { model: "sora-1.0", prompt: "a quiet sea", seconds: "1", size: "128x128" };

function connect({ base, key }) {
  return new OpenAI({ baseURL: `${base}/v1`, apiKey: key, dangerouslyAllowBrowser: true, maxRetries: 0 });
}

async function finish(client, video) {
  let now = video;
  while (now.status === "queued" || now.status === "in_progress") {
    await new Promise((wake) => setTimeout(wake, 100));
    now = await client.videos.retrieve(video.id);
  }
  if (now.status !== "completed") throw new Error(JSON.stringify(now.error));
  return now;
}

export async function make(server) {
  const client = connect(server);
  const { data, response } = await client.videos.create(SMALL).withResponse();
  const video = await finish(client, data);
  return {
    created: data,
    completed: video,
    poll: response.headers.get("openai-poll-after-ms"),
    request: response.headers.get("x-request-id"),
  };
}

export async function list(server) {
  const ids = [];
  for await (const video of connect(server).videos.list({ limit: 2 })) ids.push(video.id);
  return ids;
}

export async function remove(server) {
  const client = connect(server);
  const video = await client.videos.create(SMALL);
  return client.videos.delete(video.id);
}

export async function picture(server) {
  const canvas = new OffscreenCanvas(128, 128);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "rgb(200, 30, 30)";
  pen.fillRect(0, 0, 128, 128);
  const file = new File([await canvas.convertToBlob({ type: "image/png" })], "first.png");
  const client = connect(server);
  return finish(client, await client.videos.create({ ...SMALL, input_reference: file }));
}

// The bytes, by the SDK with the key and by the link without.
export async function film(server, { id, url }) {
  const byKey = await (await connect(server).videos.downloadContent(id)).arrayBuffer();
  const answer = await fetch(url, { headers: { range: "bytes=0-9" } });
  return {
    size: byKey.byteLength,
    kind: new TextDecoder().decode(new Uint8Array(byKey, 4, 4)),
    status: answer.status,
    range: answer.headers.get("content-range"),
    length: answer.headers.get("content-length"),
    etag: answer.headers.get("etag"),
  };
}

// A frame of the film on a canvas: reading it back throws unless the answer allowed this origin.
export async function draw(server, { url }) {
  const player = document.createElement("video");
  player.crossOrigin = "anonymous";
  player.muted = true;
  const ready = new Promise((resolve, reject) => {
    player.requestVideoFrameCallback(resolve);
    player.onerror = () => reject(new Error(player.error.message));
  });
  player.src = url;
  await player.play();
  await ready;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [player.videoWidth, player.videoHeight];
  const pen = canvas.getContext("2d");
  pen.drawImage(player, 0, 0);
  const [red, green, blue] = pen.getImageData(64, 64, 1, 1).data;
  return { width: canvas.width, height: canvas.height, pixel: [red, green, blue], seconds: player.duration };
}

export async function fail(server, what) {
  const asks = {
    parameter: (client) => client.videos.create({ ...SMALL, seconds: "61" }),
    missing: (client) => client.videos.retrieve("video_0123456789abcdef0123456789abcdef"),
    key: () => connect({ ...server, key: "wrong" }).videos.list(),
  };
  try {
    await asks[what](connect(server));
  } catch (error) {
    const { status, code, param, type, requestID } = error;
    return { name: error.constructor.name, status, code, param, type, requestID, message: error.message };
  }
  return null;
}
