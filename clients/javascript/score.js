#!/usr/bin/env node
// Asks a judge on Triton whether an image satisfies a prompt, or does so better than a reference image.
import { parseArgs } from "node:util";
import { readImage, score } from "./judge.js";
import { triton } from "./services.js";

const USAGE = `usage: node score.js --prompt TEXT [options] FILE.png
  --endpoint HOST:PORT  Triton's gRPC port [127.0.0.1:8001]
  --model NAME          the judge [shapes_judge]
  --instruction TEXT    what to judge by [the judge's own]
  --reference FILE.png  is the image better than this one?`;

function readArguments() {
  const options = {
    endpoint: { type: "string", default: "127.0.0.1:8001" },
    model: { type: "string", default: "shapes_judge" },
    prompt: { type: "string" },
    instruction: { type: "string" },
    reference: { type: "string" },
  };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.prompt === undefined || positionals.length !== 1) {
    throw new Error("a prompt and one image are needed");
  }
  return { ...values, file: positionals[0] };
}

function fail(message, code) {
  console.error(`score: ${message}`);
  process.exit(code);
}

let given;
try {
  given = readArguments();
} catch (error) {
  fail(`${error.message}\n${USAGE}`, 2);
}
const { endpoint, model, prompt, instruction } = given;
let question;
try {
  const image = await readImage(given.file);
  const reference = given.reference && (await readImage(given.reference));
  question = { prompt, instruction, image, reference };
} catch (error) {
  fail(error.message, 1);
}
const server = triton(endpoint);
try {
  const { pYes, mass } = await score(server, model, question);
  console.log(`P(yes) ${pYes.toFixed(4)}  mass ${mass.toFixed(4)}`);
} catch (error) {
  fail(`${endpoint}: ${error.message}`, 1);
} finally {
  server.close();
}
