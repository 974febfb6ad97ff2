#!/usr/bin/env node
// Follows a run over the driver's gRPC service and prints a line for each iteration, until the run ends.
import { parseArgs } from "node:util";
import { line } from "./events.js";
import { reason, run } from "./services.js";

const USAGE = `usage: node follow.js [options]
  --endpoint HOST:PORT  the run's service [127.0.0.1:7070]
  --from N              first iteration [0]`;

function readArguments() {
  const options = {
    endpoint: { type: "string", default: "127.0.0.1:7070" },
    from: { type: "string", default: "0" },
  };
  const { endpoint, from } = parseArgs({ options }).values;
  if (!/^\d+$/.test(from)) {
    throw new Error(`--from: ${from} (expected: a whole number >= 0)`);
  }
  return { endpoint, next: Number(from) };
}

let given;
try {
  given = readArguments();
} catch (error) {
  console.error(`follow: ${error.message}\n${USAGE}`);
  process.exit(2);
}
let { endpoint, next } = given;
const service = run(endpoint);
try {
  for await (const event of service.FollowRun({ from_iteration: next })) {
    console.log(line(event));
    next = event.iteration + 1;
  }
} catch (error) {
  console.error(`follow: ${endpoint}: ${reason(error)} (to go on: --from ${next})`);
  process.exitCode = 1;
} finally {
  service.close();
}
