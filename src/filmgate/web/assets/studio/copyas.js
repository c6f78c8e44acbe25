// A request as three programs: exactly what was sent.
export function programs(request, base, picture) {
  return { curl: curl(request, base, picture), Python: python(request, base, picture), JavaScript: js(request, base, picture) };
}

const quote = (text) => `'${String(text).replaceAll("'", `'\\''`)}'`;

function curl(request, base, picture) {
  const head = `curl ${base}/v1/videos \\\n  -H "Authorization: Bearer $OPENAI_API_KEY"`;
  if (!picture) {
    return `${head} \\\n  -H "Content-Type: application/json" \\\n  -d ${quote(JSON.stringify(request, null, 2))}`;
  }
  const fields = Object.entries(request).map(
    ([name, value]) => `  --form-string ${quote(`${name}=${typeof value === "object" ? JSON.stringify(value) : value}`)}`,
  );
  return [head, ...fields, "  -F input_reference=@picture.png"].join(" \\\n");
}

const OFFICIAL = ["model", "prompt", "seconds", "size"];
function split(request) {
  const official = Object.entries(request).filter(([name]) => OFFICIAL.includes(name));
  const own = Object.entries(request).filter(([name]) => !OFFICIAL.includes(name));
  return [official, Object.fromEntries(own)];
}

const WORDS = new Map([[true, "True"], [false, "False"], [null, "None"]]);
function literal(value) {
  if (WORDS.has(value)) return WORDS.get(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${literal(one)}`).join(", ")}}`;
}

function python(request, base, picture) {
  const [official, own] = split(request);
  const lines = official.map(([name, value]) => `    ${name}=${JSON.stringify(value)},`);
  if (picture) lines.push('    input_reference=open("picture.png", "rb"),');
  if (Object.keys(own).length) lines.push(`    extra_body=${literal(own)},`);
  return `from openai import OpenAI

client = OpenAI(base_url="${base}/v1")  # reads OPENAI_API_KEY
video = client.videos.create_and_poll(
${lines.join("\n")}
)
client.videos.download_content(video.id).write_to_file("film.mp4")`;
}

function js(request, base, picture) {
  const lines = Object.entries(request).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`);
  if (picture) lines.push('  input_reference: fs.createReadStream("picture.png"),');
  return `${picture ? 'import fs from "node:fs";\n' : ""}import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${base}/v1" }); // reads OPENAI_API_KEY
const video = await client.videos.create({
${lines.join("\n")}
});`;
}
