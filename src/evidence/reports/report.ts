import type { Moment } from '../../base/index.ts';
import type { Value } from '../../values/index.ts';
import type { Severity } from './severity.ts';

/** The image that a document says it is about. What it does not say is absent. */
export interface NamedImage {
  readonly name?: string;
  /** Digests of manifests or indexes. */
  readonly digests: readonly string[];
  /** The digest of the image's configuration, its ID. */
  readonly config?: string;
}

export interface Cvss {
  readonly source?: string;
  readonly version?: string;
  readonly score?: number;
  readonly vector?: string;
}

export interface NamedPackage {
  readonly name?: string;
  readonly version?: string;
  /** The ecosystem as the source calls it: `debian`, `npm`, `go-module` … */
  readonly type?: string;
  readonly purl?: string;
  /** Where in the image. */
  readonly path?: string;
}

export interface Vulnerability {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  /** As the report writes it. */
  readonly source_severity?: string;
  /** Who rated it so. */
  readonly severity_source?: string;
  /** What others say. */
  readonly ratings?: readonly { readonly source: string; readonly severity: Severity }[];
  readonly cvss: readonly Cvss[];
  readonly package: NamedPackage;
  readonly installed_version?: string;
  /** As the report writes it; several have commas between them. */
  readonly fixed_version?: string;
  readonly status?: string;
  readonly title?: string;
  readonly url?: string;
}

/** Why a vulnerability does not count. */
export interface Suppression {
  /** `openvex`, `cyclonedx-vex`, `csaf-vex`, `ignore-list`, or `report` where the scanner itself left it out. */
  readonly by: string;
  readonly status?: string;
  readonly justification?: string;
  readonly reason?: string;
  readonly author?: string;
  /** The document that says so. */
  readonly source?: string;
  readonly until?: string;
}

export interface SuppressedVulnerability extends Vulnerability {
  readonly suppression: Suppression;
}

/** A report of vulnerabilities, whoever wrote it. */
export interface ScanReport {
  readonly format: string;
  /** The scanner's name in lower case: `trivy`, `grype`, `clair`, `snyk`, `anchore` … */
  readonly scanner: string;
  readonly scanner_version?: string;
  readonly created_at?: Moment;
  readonly image: NamedImage;
  readonly vulnerabilities: readonly Vulnerability[];
  readonly suppressed: readonly SuppressedVulnerability[];
  /** Why it cannot stand as the report of an image, where it cannot. */
  readonly unfit?: string;
  readonly raw: Value;
}

export interface SbomPackage {
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly type?: string;
  /** SPDX licence expressions; what is no SPDX licence is a `LicenseRef-`. */
  readonly licenses: readonly string[];
  readonly supplier?: string;
  /** The package's identifier in the document. */
  readonly ref?: string;
}

/** A software bill of materials. */
export interface Sbom {
  readonly format: 'spdx' | 'cyclonedx';
  readonly spec_version: string;
  readonly created_at?: Moment;
  readonly tools: readonly string[];
  readonly name?: string;
  readonly image: NamedImage;
  readonly packages: readonly SbomPackage[];
  /** CycloneDX: what a BOM-Link names. */
  readonly serial_number?: string;
  readonly version?: string;
  /** The identifier of what the document is about. */
  readonly root?: string;
  readonly raw: Value;
}

export type VexStatus = 'not_affected' | 'fixed' | 'affected' | 'under_investigation';

/** What a VEX statement names: an image or a package, by any of these. */
export interface VexIdentity {
  readonly purls: readonly string[];
  readonly digests: readonly string[];
  /** CycloneDX: an element of another document, `urn:cdx:serial/version#ref`. */
  readonly link?: string;
}

export interface VexProduct extends VexIdentity {
  /** Parts of the product to which the statement is confined. */
  readonly parts: readonly VexIdentity[];
  /** Versions to which it is confined, where it names any. */
  readonly versions?: readonly string[];
}

export interface VexStatement {
  readonly ids: readonly string[];
  readonly status: VexStatus;
  readonly justification?: string;
  readonly reason?: string;
  readonly at?: Moment;
  readonly products: readonly VexProduct[];
}

export interface Vex {
  readonly format: 'openvex' | 'cyclonedx-vex' | 'csaf-vex';
  readonly id?: string;
  readonly author?: string;
  /** A later version takes the place of an earlier one of the same id. */
  readonly version: number;
  readonly statements: readonly VexStatement[];
}

/** What one document says; a CycloneDX document may be all of it at once. */
export interface Reading {
  readonly scan?: ScanReport;
  readonly sbom?: Sbom;
  readonly vex?: Vex;
  /** The digests of the statement that it came in. */
  readonly subjects?: readonly string[];
}
