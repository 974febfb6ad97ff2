import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { logProb, readImage, score } from "../judge.js";
import { triton } from "../services.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const circle = await readImage(here("../../images/red-circle.png"));
const square = await readImage(here("../../images/blue-square.png"));
const prompt = "a red circle";
const endpoint = process.env.REWARDDANCE_TEST_ENDPOINT;

describe("a judge", { skip: !endpoint && "REWARDDANCE_TEST_ENDPOINT is not set (scripts/test-clients sets it)" }, () => {
  const server = triton(endpoint ?? "");
  after(() => server.close());

  it("knows which image shows the prompt", async () => {
    const right = await score(server, "shapes_judge", { prompt, image: circle });
    const wrong = await score(server, "shapes_judge", { prompt, image: square });
    assert(right.pYes > 0.5 && wrong.pYes < 0.5, `${right.pYes} ${wrong.pYes}`);
    assert(Math.abs(right.mass - 1) < 0.05, `${right.mass}`);
  });

  it("prefers the better image of a pair in either order", async () => {
    const better = await score(server, "shapes_judge", { prompt, image: circle, reference: square });
    const worse = await score(server, "shapes_judge", { prompt, image: square, reference: circle });
    assert(better.pYes > 0.5 && worse.pYes < 0.5, `${better.pYes} ${worse.pYes}`);
  });

  it("refuses an image of another size by name", async () => {
    const image = { height: 8, width: 8, rgb: Buffer.alloc(8 * 8 * 3) };
    await assert.rejects(score(server, "shapes_judge", { prompt, image }), /^Error: shapes_judge: INVALID_ARGUMENT: .*image/);
  });

  it("is named when it is not there", async () => {
    const asked = score(server, "no_such_judge", { prompt, image: circle });
    await assert.rejects(asked, /^Error: no_such_judge: (NOT_FOUND|UNAVAILABLE): .*no_such_judge/);
  });
});

describe("score.js", () => {
  const run = (...given) => promisify(execFile)(process.execPath, [here("../score.js"), ...given]);

  it("names a server that is not there", async () => {
    const given = ["--endpoint", "127.0.0.1:1", "--prompt", prompt, here("../../images/red-circle.png")];
    await assert.rejects(run(...given), { code: 1, stderr: /^score: 127\.0\.0\.1:1: shapes_judge: UNAVAILABLE: / });
  });

  it("names a file that is not there, or no PNG", async () => {
    await assert.rejects(run("--prompt", prompt, "missing.png"), { code: 1, stderr: /^score: .*missing\.png/ });
    await assert.rejects(run("--prompt", prompt, here("../package.json")), { code: 1, stderr: /^score: .*package\.json: / });
  });
});

describe("an answer that is none", () => {
  const output = { name: "yes_log_prob", datatype: "FP32", shape: [1, 1] };
  const answer = (change, value) => {
    const data = Buffer.alloc(4);
    data.writeFloatLE(value);
    return { outputs: [{ ...output, ...change }], raw_output_contents: [data] };
  };

  it("makes no number", () => {
    assert.equal(logProb(answer({}, -0.5), "yes_log_prob"), -0.5);
    assert.throws(() => logProb(answer({}, NaN), "yes_log_prob"), /^Error: yes_log_prob is NaN/);
    assert.throws(() => logProb(answer({ shape: [1] }, 0), "yes_log_prob"), /^Error: yes_log_prob is FP32 \[1\]/);
    assert.throws(() => logProb(answer({}, 0), "no_log_prob"), /^Error: no_log_prob is missing/);
  });
});
