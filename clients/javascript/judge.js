import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { PNG } from "pngjs";
import { reason } from "./services.js";

const DEADLINE_MS = 30_000;

/** A PNG file as UINT8 [height, width, 3], row by row. */
export async function readImage(path) {
  const file = await readFile(path);
  let png;
  try {
    png = PNG.sync.read(file); // always RGBA
  } catch (error) {
    throw new Error(`${path}: ${error.message}`);
  }
  const rgb = Buffer.alloc(png.width * png.height * 3);
  for (let pixel = 0; pixel < png.width * png.height; pixel++) {
    png.data.copy(rgb, pixel * 3, pixel * 4, pixel * 4 + 3);
  }
  return { height: png.height, width: png.width, rgb };
}

/**
 * P(yes) and the mass yes + no, by the contract in docs/contracts.md.
 * Without a reference: does the image satisfy the prompt? With one: is it better than the reference?
 */
export async function score(server, model, { prompt, image, reference, instruction = "" }) {
  const tensors = [
    text("prompt", prompt),
    text("instruction", instruction),
    pixels("image", image),
    ...(reference ? [pixels("reference", reference)] : []),
    { name: "max_reason_tokens", datatype: "INT32", shape: [1, 1], data: Buffer.alloc(4) },
  ];
  const request = {
    model_name: model,
    inputs: tensors.map(({ name, datatype, shape }) => ({ name, datatype, shape })),
    outputs: [{ name: "yes_log_prob" }, { name: "no_log_prob" }],
    raw_input_contents: tensors.map(({ data }) => data),
  };
  try {
    const infer = promisify(server.ModelInfer.bind(server));
    const response = await infer(request, { deadline: Date.now() + DEADLINE_MS });
    const yes = logProb(response, "yes_log_prob");
    const no = logProb(response, "no_log_prob");
    return { pYes: 1 / (1 + Math.exp(no - yes)), mass: Math.exp(yes) + Math.exp(no) };
  } catch (error) {
    throw new Error(`${model}: ${reason(error)}`, { cause: error });
  }
}

/** An element of a BYTES tensor is its length, then its bytes. */
function text(name, value) {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return { name, datatype: "BYTES", shape: [1, 1], data: Buffer.concat([length, bytes]) };
}

function pixels(name, { height, width, rgb }) {
  return { name, datatype: "UINT8", shape: [1, height, width, 3], data: rgb };
}

export function logProb({ outputs, raw_output_contents: contents }, name) {
  const index = outputs.findIndex((output) => output.name === name);
  const { datatype, shape } = outputs[index] ?? {};
  const data = contents[index];
  if (datatype !== "FP32" || String(shape) !== "1,1" || data?.length !== 4) {
    const found = index < 0 ? "missing" : `${datatype} [${shape}] in ${data?.length ?? 0} bytes`;
    throw new Error(`${name} is ${found} (expected: FP32 [1,1] in 4)`);
  }
  const value = data.readFloatLE();
  if (!Number.isFinite(value)) {
    throw new Error(`${name} is ${value} (expected: a log-probability)`);
  }
  return value;
}
