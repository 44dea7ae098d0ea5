"use strict";

function accessText(rule) {
  if (rule.public) return `Terbuka untuk siapa saja: ${rule.public}`;
  const roles = `Peran: ${(rule.roles || []).join(", ")}`;
  return rule.relation ? `${roles}. Hubungan: ${rule.relation}` : roles;
}

// Replaces the local references below a value. A schema inside itself stays a reference, and so the result is finite.
function resolved(value, root, within = []) {
  if (Array.isArray(value)) return value.map((one) => resolved(one, root, within));
  if (value === null || typeof value !== "object") return value;
  const reference = value.$ref;
  if (typeof reference !== "string") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, root, within)]));
  }
  if (within.includes(reference)) return value;
  const target = reference.replace("#/", "").split("/").reduce((at, key) => at && at[key], root);
  return { ...resolved(target, root, [...within, reference]), $$ref: reference };
}

// Shows each operation's x-access above its parameters, and searches paths, summaries and roles instead of tags only.
function SuarPlugin({ React }) {
  return {
    wrapComponents: {
      parameters: (Parameters) => (props) => {
        const rule = props.operation && props.operation.get("x-access");
        const access = rule && React.createElement("p", { className: "access" }, accessText(rule.toJS()));
        return React.createElement("div", null, access, React.createElement(Parameters, props));
      },
    },
    fn: {
      // Swagger UI's own resolver takes some twenty seconds for a document of a megabyte; all our references are local.
      resolveSubtree: async (root, path) => ({
        spec: resolved(path.reduce((at, key) => at && at[key], root), root),
        errors: [],
      }),
      opsFilter: (tags, phrase) => {
        const words = phrase.toLowerCase().split(/\s+/).filter(Boolean);
        const matches = (entry, tag) => {
          const operation = entry.get("operation");
          const roles = operation.getIn(["x-access", "roles"]);
          const text = [tag, entry.get("method"), entry.get("path"), operation.get("summary"), roles && roles.join(" ")];
          return words.every((word) => text.join(" ").toLowerCase().includes(word));
        };
        return tags
          .map((found, tag) => found.update("operations", (all) => all.filter((entry) => matches(entry, tag))))
          .filter((found) => found.get("operations").size > 0);
      },
    },
  };
}

SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#operations",
  plugins: [SuarPlugin],
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: -1,
  filter: true,
  validatorUrl: null,
});
