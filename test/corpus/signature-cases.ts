import { existsSync, globSync, readFileSync } from 'node:fs';
import { type Question, sha256 } from '../evidence/signatures/cases.ts';

export const folder = '../shared/corpus/signatures';

/** A question with what the corpus says must come of it. */
export interface CorpusCase {
  readonly name: string;
  readonly question: Question;
  readonly verified: boolean;
}

const github = 'https://token.actions.githubusercontent.com';
const generator = 'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/**';

function read(path: string): string {
  return readFileSync(`${folder}/${path}`, 'utf8');
}

function files(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: folder }).sort();
}

interface Statement {
  readonly predicateType: string;
  readonly subject: readonly { readonly digest: Readonly<Record<string, string>> }[];
}

interface Conformance {
  readonly dir: string;
  readonly expect: string;
  readonly bundle: string;
  readonly artifact: string;
  readonly trusted_root: string;
  readonly key: string | null;
  readonly identity: string;
  readonly issuer: string;
}

/** Each a bundle with its artifact: a manifest where the bundle signs bytes, what a statement is about otherwise. */
export function conformanceCases(): readonly CorpusCase[] {
  const root = 'sigstore-conformance';
  const { cases } = JSON.parse(read(`${root}/expectations.json`)) as {
    readonly cases: readonly Conformance[];
  };
  return cases
    .filter(({ bundle }) => existsSync(`${folder}/${root}/${bundle}`))
    .map(each => {
      const artifact = readFileSync(`${folder}/${root}/${each.artifact}`);
      const bundle = read(`${root}/${each.bundle}`);
      const type = statementOf(bundle)?.predicateType;
      const own = existsSync(`${folder}/${root}/${each.trusted_root}`);
      return {
        name: each.dir,
        verified: each.expect === 'pass',
        question: {
          subject: { digest: sha256(artifact), manifest: artifact },
          material: [{ kind: 'bundle', bundle }],
          authorities: each.key
            ? { key: read(`${root}/${each.key}`) }
            : { issuer: each.issuer, subject: each.identity },
          ...(type !== undefined && { type }),
          ...(own && { trustRoots: [{ name: 'own', json: read(`${root}/${each.trusted_root}`) }] }),
        },
      };
    });
}

/** Real bundles of several versions; one has two signatures and must be refused. */
export function bundleCases(): readonly CorpusCase[] {
  return ['sigstore-js/*.sigstore.json', 'sigstore-go/**/*.sigstore.json', 'cosign/**/*.sigstore.json']
    .flatMap(files)
    .filter(path => statementOf(read(path)) !== undefined)
    .map(path => ({
      name: path,
      verified: !path.includes('2sigs'),
      question: attestation(read(path), {
        issuer: { regex: `https://github.com/login/oauth|${github}` },
        subject: { regex: '(brian|cody)@[a-z]+\\.com|https://github.com/sigstore/sigstore-js/.+' },
      }),
    }));
}

/** Bundles that sign an artifact which is not there: what they say is its digest stands for it. */
export function digestCases(): readonly CorpusCase[] {
  const data = 'sigstore-go/pkg/testing/data';
  const question = (name: string, authorities: Question['authorities'], root = name): Question => {
    const bundle = read(`${data}/bundles/${name}.sigstore.json`);
    const { messageSignature } = JSON.parse(bundle) as {
      readonly messageSignature: { readonly messageDigest: { readonly digest: string } };
    };
    const digest = Buffer.from(messageSignature.messageDigest.digest, 'base64').toString('hex');
    return {
      subject: { digest: `sha256:${digest}` },
      material: [{ kind: 'bundle', bundle }],
      authorities,
      trustRoots: [{ name: 'own', json: read(`${data}/trusted-roots/${root}.json`) }],
    };
  };
  const issuer = 'http://oidc.local:8080';
  const key = { key: read(`${data}/public-keys/public-key-validity.pem`) };
  const name = (subject: string) => question('othername', { issuer, subject }, 'scaffolding');
  return [
    { name: 'a user name', verified: true, question: name('foo!oidc.local') },
    { name: 'another user name', verified: false, question: name('bar!oidc.local') },
    { name: 'a key with a timestamp', verified: true, question: question('public-key-validity', key) },
  ];
}

/** Bundles of slsa-verifier: those of its generators, of Bazel's registry, and of npm. */
export function provenanceCases(): readonly CorpusCase[] {
  const bundles = files('slsa-verifier/gha_*/**/*.{jsonl,slsa,sigstore}')
    .map(path => [path, read(path).trim().split('\n')[0]!] as const)
    .filter(([, text]) => text.includes('"verificationMaterial"'))
    .map(([path, text]) => provenance(path, text, generator, true));
  const bazel = files('slsa-verifier/bcr/*.jsonl').map(path =>
    provenance(
      path,
      read(path).trim(),
      'https://github.com/bazel-contrib/**',
      !path.includes('wrong-signer'),
    ),
  );
  const npm = files('slsa-verifier/npm/gha/*.json').map(path => {
    const { attestations } = JSON.parse(read(path)) as {
      readonly attestations: readonly { readonly predicateType: string; readonly bundle: unknown }[];
    };
    const { bundle } = attestations.find(each =>
      each.predicateType.startsWith('https://slsa.dev/provenance'),
    )!;
    return provenance(
      path,
      JSON.stringify(bundle),
      'https://github.com/**',
      !path.includes('invalidsigprov'),
    );
  });
  return [...bundles, ...bazel, ...npm];
}

/** Envelopes that hold a certificate and no proof of the time: their log would have to be asked. */
export function unprovenCases(): readonly CorpusCase[] {
  return files('slsa-verifier/**/*.intoto.jsonl')
    .map(path => [path, read(path).trim()] as const)
    .filter(([, text]) => text.startsWith('{"payloadType"') && !text.includes('\n'))
    .map(([path, envelope]) => {
      const { payload, signatures } = JSON.parse(envelope) as {
        readonly payload: string;
        readonly signatures: readonly { readonly cert?: string }[];
      };
      const certificate = signatures[0]?.cert;
      const statement = decode(payload);
      return {
        name: path,
        verified: false,
        question: {
          subject: { digest: digestOf(statement) },
          type: statement.predicateType,
          material: [{ kind: 'dsse', envelope, ...(certificate !== undefined && { certificate }) }],
          authorities: { issuer: github, subject: generator },
        },
      };
    });
}

interface Layer {
  readonly mediaType: string;
  readonly digest: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Attestations that cosign put beside images, logged as `intoto` 0.0.1 and as `dsse` 0.0.1. */
export function layerCases(): readonly CorpusCase[] {
  return files('slsa-verifier/gha_generic_container/**/blobs/sha256/*').flatMap(path => {
    const text = read(path);
    if (!text.startsWith('{"schemaVersion"')) return [];
    const { layers } = JSON.parse(text) as { readonly layers: readonly Layer[] };
    return layers
      .filter(({ mediaType }) => mediaType === 'application/vnd.dsse.envelope.v1+json')
      .map(layer => {
        const envelope = read(`${path.replace(/[^/]*$/u, '')}${layer.digest.slice('sha256:'.length)}`);
        const statement = decode((JSON.parse(envelope) as { readonly payload: string }).payload);
        const question: Question = {
          subject: { digest: digestOf(statement) },
          type: statement.predicateType,
          material: [{ kind: 'dsse', envelope, ...annotationsOf(layer) }],
          authorities: { issuer: github, subject: generator, github_workflow_ref: 'refs/**' },
        };
        return { name: path, verified: true, question };
      });
  });
}

interface MatrixRow {
  readonly manifest: string;
  readonly layer: number;
  readonly signed_digest: string;
  readonly verifies_with: Readonly<Record<string, boolean>>;
  readonly certificate_san?: readonly string[];
}

/** Each layer of Connaisseur's signatures with each key, and with the identity of its certificate. */
export function connaisseurCases(): readonly CorpusCase[] {
  const root = 'connaisseur/cosign';
  const { cosign_signature_matrix: matrix } = JSON.parse(read('connaisseur/expectations.json')) as {
    readonly cosign_signature_matrix: readonly MatrixRow[];
  };
  return matrix.flatMap(row => {
    const image = `${root}/securesystemsengineering/testimage`;
    const { layers } = JSON.parse(read(`${image}/manifests/${row.manifest}.json`)) as {
      readonly layers: readonly Layer[];
    };
    const layer = layers[row.layer]!;
    const blob = `${folder}/${image}/blobs/${layer.digest.replace(':', '-')}.json`;
    const material = {
      kind: 'simple_signing',
      payload: readFileSync(blob),
      signature: layer.annotations['dev.cosignproject.cosign/signature']!,
      ...annotationsOf(layer),
    } as const;
    const subject = { digest: row.signed_digest };
    const name = `${row.manifest} layer ${row.layer}`;
    const keys = Object.entries(row.verifies_with).map(([key, verified]) => ({
      name: `${name}, ${key}`,
      verified,
      question: { subject, material: [material], authorities: { key: read(`${root}/${key}.key`) } },
    }));
    const identities = [...(row.certificate_san ?? []), 'bob@gmail.com'].map((san, i, all) => ({
      name: `${name}, ${san}`,
      verified: i < all.length - 1,
      question: {
        subject,
        material: [material],
        authorities: { issuer: 'https://github.com/login/oauth', subject: san },
      },
    }));
    return [...keys, ...identities];
  });
}

/** Connaisseur's signature of the Notary Project, with the certificate it was made with and another. */
export function notationCases(): readonly CorpusCase[] {
  const image = 'connaisseur/notation/sse-secure-systems/testimage';
  const [blob] = files(`${image}/blobs/*.json`);
  const [mine, other] = [
    ...read('connaisseur/notation/01_notation.yaml').matchAll(/-----BEGIN[\s\S]+?END.+/gu),
  ].map(([pem]) => pem.replace(/^ +/gmu, ''));
  const question = (trust_store: string, identity: string): Question => ({
    subject: { digest: 'sha256:a136cc4e785798e5e8483047cf621cf0a0300a93d47703a3f066c340c070f5cf' },
    material: [{ kind: 'notation', mediaType: 'application/jose+json', envelope: Buffer.from(read(blob!)) }],
    authorities: { notation: { trust_store, identities: [identity] } },
  });
  const signer = 'x509.subject: C=DE, ST=Berlin, O=SSE, CN=securesystems.de';
  return [
    { name: 'notation, its certificate', verified: true, question: question(mine!, signer) },
    { name: 'notation, other certificate', verified: false, question: question(other!, signer) },
    { name: 'notation, other identity', verified: false, question: question(mine!, 'C=DE, O=acme') },
  ];
}

function provenance(name: string, bundle: string, subject: string, verified: boolean): CorpusCase {
  return { name, verified, question: attestation(bundle, { issuer: github, subject }) };
}

function attestation(bundle: string, authorities: Question['authorities']): Question {
  const statement = statementOf(bundle)!;
  const material = [{ kind: 'bundle', bundle } as const];
  return { subject: { digest: digestOf(statement) }, type: statement.predicateType, material, authorities };
}

function annotationsOf({ annotations }: Layer) {
  const names = ['certificate', 'chain', 'bundle'] as const;
  const given = names.map(name => [name, annotations[`dev.sigstore.cosign/${name}`]] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== ''));
}

function digestOf({ subject }: Statement): string {
  return Object.entries(subject[0]!.digest)[0]!.join(':');
}

function statementOf(bundle: string): Statement | undefined {
  try {
    const { dsseEnvelope } = JSON.parse(bundle) as { readonly dsseEnvelope?: { readonly payload: string } };
    return dsseEnvelope && decode(dsseEnvelope.payload);
  } catch {
    return undefined;
  }
}

function decode(payload: string): Statement {
  return JSON.parse(Buffer.from(payload, 'base64').toString()) as Statement;
}
