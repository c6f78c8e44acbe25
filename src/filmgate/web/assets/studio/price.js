// What a card lets one ask for, and what that costs: the same sums as the server's own.
export const can = (model, what) => (model?.card.can || []).includes(what);

export function sizesOf({ sizes }) {
  if (sizes.allowed.length) return sizes.allowed;
  const usual = ["1280x720", "720x1280", "1920x1080", "1080x1920", "1080x1080", "768x768", "640x360"];
  const fits = usual.filter((size) => {
    const [w, h] = size.split("x").map(Number);
    return [w, h].every((s) => s >= sizes.min_side && s <= sizes.max_side) && w * h <= sizes.max_pixels;
  });
  return [...new Set([sizes.default, ...fits])];
}

export function defaults(model) {
  const { card } = model;
  return {
    model: model.id,
    seconds: Number(card.seconds.default),
    size: card.sizes.default,
    fps: card.fps.default,
    n: 1,
    seed: "",
    extras: {},
  };
}

export function estimate({ card }, { seconds, size, n }, picture) {
  const [w, h] = size.split("x").map(Number);
  const tier = card.price.find((one) => one.max_pixels == null || w * h <= one.max_pixels);
  const rate = tier ? Number(tier.usd_per_second) : 0;
  const sum = rate * seconds * n + (picture ? Number(card.usd_picture) : 0);
  return Math.max(sum, Number(card.usd_minimum));
}

// The fields of a create request: only what is not the card's default, and what was said.
export function requestOf(model, prompt, settings) {
  const request = { model: model.id, prompt, seconds: String(settings.seconds), size: settings.size };
  if (settings.fps !== model.card.fps.default) request.fps = settings.fps;
  if (settings.n > 1) request.n = settings.n;
  if (settings.seed !== "") request.seed = Number(settings.seed);
  const said = Object.entries(settings.extras).filter(([, value]) => value !== "");
  if (said.length) request.metadata = Object.fromEntries(said);
  return request;
}

const OWN = ["fps", "seed", "url", "spritesheet", "render"];
// The request that a video came from, as far as its object tells.
export function requestFrom(video) {
  const { metadata: m } = video;
  const labels = Object.entries(m).filter(([name]) => !OWN.includes(name));
  const request = { model: video.model, prompt: video.prompt, seconds: video.seconds, size: video.size };
  Object.assign(request, { fps: m.fps, seed: m.seed });
  if ((video.outputs || []).length > 1) request.n = video.outputs.length;
  if (labels.length) request.metadata = Object.fromEntries(labels);
  return request;
}

export function settingsFrom(video, { keepSeed }) {
  const { fps, seed, n, metadata, seconds, size, model } = requestFrom(video);
  const extras = metadata || {};
  return { model, seconds: Number(seconds), size, fps, n: n || 1, seed: keepSeed ? seed : "", extras };
}
