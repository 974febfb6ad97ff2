// Against a service of this process; scripts/test-clients follows a real run.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { line } from "../events.js";
import { rewarddance } from "../services.js";

const event = (iteration) => ({
  iteration,
  policy_version: iteration + 2,
  metrics: { p_yes: 0.25, yes_no_mass: 0.99996 },
  counts: { judged: 5, rollouts: 6 },
  seconds: { total: 1.26 },
});

describe("follow.js", () => {
  const server = new Server();
  let endpoint;
  let breaks = false;

  function FollowRun(call) {
    for (let iteration = call.request.from_iteration; iteration < 2; iteration++) {
      call.write(event(iteration));
    }
    if (breaks) {
      call.emit("error", { code: status.UNAVAILABLE, details: "the driver was killed" });
    } else {
      call.end();
    }
  }

  before(async () => {
    server.addService(rewarddance.v1.RunService.service, { FollowRun });
    const bind = promisify(server.bindAsync.bind(server));
    endpoint = `127.0.0.1:${await bind("127.0.0.1:0", ServerCredentials.createInsecure())}`;
  });
  after(() => server.forceShutdown());

  const script = fileURLToPath(new URL("../follow.js", import.meta.url));
  const follow = (...given) => promisify(execFile)(process.execPath, [script, "--endpoint", endpoint, ...given]);

  it("prints a line for each iteration until the run ends", async () => {
    const { stdout } = await follow();
    assert.deepEqual(stdout.trimEnd().split("\n"), [
      "iteration 0  policy 2  P(yes) 0.2500  mass 1.0000  judged 5/6  1.3 s",
      "iteration 1  policy 3  P(yes) 0.2500  mass 1.0000  judged 5/6  1.3 s",
    ]);
  });

  it("begins where it is told", async () => {
    const { stdout } = await follow("--from", "1");
    assert.match(stdout, /^iteration 1 /);
  });

  it("says where to go on after a broken stream", async () => {
    breaks = true;
    const stderr = `follow: ${endpoint}: UNAVAILABLE: the driver was killed (to go on: --from 2)\n`;
    await assert.rejects(follow(), { code: 1, stderr });
  });
});

describe("line", () => {
  it("has no zero for what does not exist", () => {
    assert.equal(line({}), "iteration 0  policy 0  P(yes) -  mass -  judged -/-  - s");
  });

  it("ends with the findings", () => {
    const findings = [{ severity: "WARN", rule: "reward-variance-collapse" }];
    assert.match(line({ ...event(7), findings }), / {2}WARN reward-variance-collapse$/);
  });
});
