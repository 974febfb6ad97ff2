/** An iteration in one line. A number that doesn't exist is absent from its map, and not 0. */
export function line({ iteration = 0, policy_version: policy = 0, metrics = {}, counts = {}, seconds = {}, findings = [] }) {
  return [
    `iteration ${iteration}`,
    `policy ${policy}`,
    `P(yes) ${metrics.p_yes?.toFixed(4) ?? "-"}`,
    `mass ${metrics.yes_no_mass?.toFixed(4) ?? "-"}`,
    `judged ${counts.judged ?? "-"}/${counts.rollouts ?? "-"}`,
    `${seconds.total?.toFixed(1) ?? "-"} s`,
    ...findings.map(({ severity, rule }) => `${severity} ${rule}`),
  ].join("  ");
}
