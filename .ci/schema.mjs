// Checks manifests, a JSON array on standard input, by the schemas in the given node_modules; one line for each that is not valid.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const installed = resolve(process.argv[2]);

async function model({ apiVersion, kind }) {
  const library = apiVersion.startsWith("monitoring.coreos.com/") ? "@kubernetes-models/prometheus-operator" : "kubernetes-models";
  return (await import(pathToFileURL(`${installed}/${library}/${apiVersion}/${kind}.js`)))[kind];
}

for (const object of JSON.parse(readFileSync(0, "utf8"))) {
  const Model = await model(object);
  try {
    new Model(object).validate();
  } catch (invalid) {
    if (!invalid.errors) throw invalid;
    console.log(`${object.kind} ${object.metadata?.name}: ${invalid.message}`);
  }
}
