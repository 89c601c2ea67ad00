import { anchore, anchoreCheck, anchoreEnterprise } from './anchore.ts';
import { aqua } from './aqua.ts';
import { awsInspector } from './aws-inspector.ts';
import { clair, clairLayer, clairScanner, klar } from './clair.ts';
import { csafVex } from './csaf-vex.ts';
import { cyclonedx } from './cyclonedx.ts';
import type { Format } from './format.ts';
import { gitlab } from './gitlab.ts';
import { grype } from './grype.ts';
import { harbor } from './harbor.ts';
import { neuvector } from './neuvector.ts';
import { openvex } from './openvex.ts';
import { osvScanner } from './osv-scanner.ts';
import { sarif } from './sarif.ts';
import { snyk, snykIssues } from './snyk.ts';
import { spdx2 } from './spdx2.ts';
import { spdx3 } from './spdx3.ts';
import { sysdig } from './sysdig.ts';
import { trivy, trivyCluster, trivyLegacy, trivyOperator } from './trivy.ts';
import { twistlock } from './twistlock.ts';
import { wiz } from './wiz.ts';
import { xrayRows, xrayScan, xraySummary } from './xray.ts';

/** The first that recognises a document reads it: formats that say their name stand before those that do not. */
export const formats: readonly Format[] = [
  cyclonedx,
  spdx2,
  spdx3,
  openvex,
  csafVex,
  sarif,
  trivyOperator,
  trivy,
  trivyCluster,
  grype,
  clair,
  klar,
  clairScanner,
  clairLayer,
  anchoreEnterprise,
  anchore,
  anchoreCheck,
  harbor,
  gitlab,
  sysdig,
  wiz,
  neuvector,
  aqua,
  xraySummary,
  xrayScan,
  xrayRows,
  awsInspector,
  twistlock,
  osvScanner,
  snyk,
  snykIssues,
  trivyLegacy,
];
