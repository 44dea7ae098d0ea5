"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];
const DEEPEST = 5;
let description = null;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function resolve(value) {
  let seen = value;
  for (let hops = 0; seen && seen.$ref && hops < 10; hops += 1) {
    seen = seen.$ref.replace("#/", "").split("/").reduce((at, key) => (at ? at[key] : undefined), description);
  }
  return seen || {};
}

function sketch(schema, depth = 0) {
  const known = resolve(schema);
  if (known.const !== undefined) return known.const;
  if (known.enum) return known.enum.filter((one) => one !== null).join(" | ");
  const choice = known.anyOf || known.oneOf || known.allOf;
  if (choice) return sketch(choice.find((one) => one.type !== "null") || choice[0], depth);
  const type = Array.isArray(known.type) ? known.type.filter((one) => one !== "null")[0] : known.type;
  if (known.properties) {
    if (depth >= DEEPEST) return "…";
    const required = new Set(known.required || []);
    return Object.fromEntries(Object.entries(known.properties).map(
      ([key, inner]) => [required.has(key) ? key : `${key}?`, sketch(inner, depth + 1)],
    ));
  }
  if (type === "array") return depth >= DEEPEST ? [] : [sketch(known.items || {}, depth + 1)];
  return [type || "any", known.format].filter(Boolean).join(" ");
}

function schemaOf(content) {
  const media = Object.entries(content || {})[0];
  return media && media[1].schema ? { media: media[0], schema: media[1].schema } : null;
}

function block(title, content) {
  const found = schemaOf(content);
  if (!found) return null;
  const box = element("div");
  box.append(element("h3", `${title} (${found.media})`));
  box.append(element("pre", JSON.stringify(sketch(found.schema), null, 2)));
  return box;
}

function access(operation) {
  const rule = operation["x-access"] || {};
  if (rule.public) return `Terbuka: ${rule.public}`;
  if (!rule.roles) return "";
  return `Peran: ${rule.roles.join(", ")}${rule.relation ? `. Hubungan: ${rule.relation}` : ""}`;
}

function table(rows) {
  const made = element("table");
  for (const cells of rows) {
    const row = element("tr");
    for (const cell of cells) row.append(element("td", cell));
    made.append(row);
  }
  return made;
}

function parameters(item, operation) {
  const all = [...(item.parameters || []), ...(operation.parameters || [])].map(resolve);
  return all.map((one) => [
    one.required ? `${one.name} *` : one.name, one.in, String(sketch(one.schema || {})), one.description || "",
  ]);
}

function detailsOf(item, operation) {
  const box = element("div");
  if (operation.description) box.append(element("p", operation.description));
  box.append(element("p", access(operation)));
  const rows = parameters(item, operation);
  if (rows.length) box.append(element("h3", "Parameter"), table(rows));
  const body = operation.requestBody && block("Kiriman", resolve(operation.requestBody).content);
  if (body) box.append(body);
  for (const [status, raw] of Object.entries(operation.responses || {})) {
    if (!status.startsWith("2")) continue;
    const answer = resolve(raw);
    box.append(block(`Jawaban ${status}`, answer.content) || element("h3", `Jawaban ${status}`));
  }
  const refusals = Object.entries(operation.responses || {}).filter(([status]) => !status.startsWith("2"));
  if (refusals.length) {
    box.append(element("h3", "Penolakan (application/problem+json)"));
    box.append(table(refusals.map(([status, raw]) => [status, resolve(raw).description || ""])));
  }
  return box;
}

function show(path, method, item, operation) {
  const entry = element("details");
  const head = element("summary");
  head.append(element("span", method.toUpperCase(), "method"), element("code", path));
  head.append(element("span", operation.summary || "", "what"));
  entry.append(head);
  const roles = (operation["x-access"] || {}).roles || [];
  entry.dataset.words = [method, path, operation.summary, ...roles].join(" ").toLowerCase();
  entry.addEventListener("toggle", () => {
    if (entry.open && entry.children.length === 1) entry.append(detailsOf(item, operation));
  });
  return entry;
}

function collect() {
  const services = new Map();
  for (const [path, item] of Object.entries(description.paths || {})) {
    const service = path.split("/")[3] || "api";
    if (!services.has(service)) services.set(service, []);
    for (const method of METHODS) if (item[method]) services.get(service).push([path, method, item, item[method]]);
  }
  return services;
}

function render() {
  const list = document.getElementById("operations");
  const menu = document.getElementById("services");
  for (const [service, operations] of collect()) {
    const section = element("section");
    const title = element("h2", service);
    title.id = `layanan-${service}`;
    section.append(title, ...operations.map((one) => show(...one)));
    list.append(section);
    const link = element("a", `${service} (${operations.length})`);
    link.href = `#${title.id}`;
    menu.append(link);
  }
}

function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const entry of document.querySelectorAll("details")) {
    entry.hidden = !words.every((word) => entry.dataset.words.includes(word));
    if (!entry.hidden) count += 1;
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("details:not([hidden])");
  }
  document.getElementById("found").textContent = words.length ? `${count} kegiatan cocok` : "";
}

async function start() {
  const about = document.getElementById("about");
  try {
    const answer = await fetch("/api/v1/openapi.json");
    if (!answer.ok) throw new Error(String(answer.status));
    description = await answer.json();
    about.textContent = description.info.description || "";
    render();
    document.getElementById("search").addEventListener("input", (event) => search(event.target.value));
  } catch (error) {
    about.textContent = `Uraian API tidak dapat dimuat (${error.message}). Muat ulang halaman ini sebentar lagi.`;
  }
}

start();
