/** An image that looks as if an allow-list let it in. */
export interface Attack {
  readonly name: string;
  readonly ref: string;
}

/** What the allow-list holds while the attacks are made. */
export const allowedPatterns: readonly string[] = [
  'docker.io/library/nginx',
  'gcr.io',
  'ghcr.io/acme/*',
  'registry.acme.io:5000/web/**',
  'quay.io/acme/api',
];

/** What it lets in, so that a list that lets nothing in does not pass for a safe one. */
export const honestRefs: readonly string[] = [
  'nginx:1.29.3',
  'gcr.io/acme/deep/path:1.0.0',
  'ghcr.io/acme/api:1.0.0',
  'registry.acme.io:5000/web/shop/api:1.0.0',
  'quay.io/acme/api:1.0.0',
];

const digest = `sha256:${'a'.repeat(64)}`;

/** The shared table: each of these has to be kept out by every allow-list. */
export const attacks: readonly Attack[] = [
  { name: 'a host that begins like an allowed one', ref: 'gcr.io.evil.example/acme/api:1.0.0' },
  { name: 'a host that ends like an allowed one', ref: 'evil-gcr.io/acme/api:1.0.0' },
  { name: 'a subdomain of an allowed host', ref: 'evil.gcr.io/acme/api:1.0.0' },
  { name: 'an allowed host as a path', ref: 'evil.example/gcr.io/acme/api:1.0.0' },
  { name: 'an allowed repository as a path', ref: 'evil.example/ghcr.io/acme/api:1.0.0' },
  { name: 'an allowed host without its dot, on Docker Hub', ref: 'gcrio/acme:1.0.0' },
  { name: 'an owner that begins like an allowed one', ref: 'ghcr.io/acme-evil/api:1.0.0' },
  { name: 'an owner that is longer by a letter', ref: 'ghcr.io/acmee/api:1.0.0' },
  { name: 'an owner that ends like an allowed one', ref: 'ghcr.io/evil-acme/api:1.0.0' },
  { name: 'the owner itself, as a repository', ref: 'ghcr.io/acme:1.0.0' },
  { name: 'a repository below those that one * covers', ref: 'ghcr.io/acme/deep/api:1.0.0' },
  { name: 'a repository that begins like the one allowed', ref: 'quay.io/acme/api-evil:1.0.0' },
  { name: 'a repository below the one allowed', ref: 'quay.io/acme/api/evil:1.0.0' },
  { name: "somebody's image of an official name", ref: 'evil/nginx:1.29.3' },
  { name: 'an official image that is not on the list', ref: 'nginx-evil:1.29.3' },
  { name: 'an official name at a host of its own', ref: 'nginx.example/library/nginx:1.29.3' },
  { name: 'a port on an allowed host', ref: 'gcr.io:8443/acme/api:1.0.0' },
  { name: 'another port than the one allowed', ref: 'registry.acme.io:5001/web/api:1.0.0' },
  { name: 'no port where one is allowed', ref: 'registry.acme.io/web/api:1.0.0' },
  { name: 'a port that begins like the one allowed', ref: 'registry.acme.io:50000/web/api:1.0.0' },
  { name: 'user info before another host', ref: 'gcr.io@evil.example/acme/api:1.0.0' },
  { name: 'user info with a password', ref: 'gcr.io:pass@evil.example/acme/api:1.0.0' },
  { name: 'user info after the path', ref: 'ghcr.io/acme/api@evil.example/api:1.0.0' },
  { name: 'an upper-case owner', ref: 'ghcr.io/ACME/api:1.0.0' },
  { name: 'an upper-case name', ref: 'NGINX:1.29.3' },
  { name: 'a Cyrillic letter in a host', ref: 'gсr.io/acme/api:1.0.0' },
  { name: 'a Cyrillic letter in an owner', ref: 'ghcr.io/аcme/api:1.0.0' },
  { name: 'a full-width letter', ref: 'ghcr.io/ａcme/api:1.0.0' },
  { name: 'a full stop of another script', ref: 'gcr。io/acme/api:1.0.0' },
  { name: 'a division slash', ref: 'gcr.io∕acme.evil.example/api:1.0.0' },
  { name: 'a soft hyphen', ref: 'gcr\u00ad.io/acme/api:1.0.0' },
  { name: 'a zero-width space', ref: 'ghcr.io/acme\u200b/api:1.0.0' },
  { name: 'an override of the direction of text', ref: 'ghcr.io/\u202eacme/api:1.0.0' },
  { name: 'a host in punycode', ref: 'xn--gr-wmc.io/acme/api:1.0.0' },
  { name: 'tag and digest of another image', ref: `ghcr.io/acme-evil/api:1.0.0@${digest}` },
  { name: 'an allowed reference as a tag', ref: 'evil.example/api:ghcr.io/acme/api' },
  { name: 'an allowed reference behind a digest', ref: `evil.example/api@${digest}/ghcr.io/acme/api` },
  { name: 'two digests', ref: `ghcr.io/acme/api@${digest}@${digest}` },
  { name: 'two tags', ref: 'ghcr.io/acme/api:1.0.0:2.0.0' },
  { name: 'a way up', ref: 'ghcr.io/acme/../evil/api:1.0.0' },
  { name: 'a way up at the beginning', ref: '../ghcr.io/acme/api:1.0.0' },
  { name: 'a component that is a dot', ref: 'ghcr.io/./acme/api:1.0.0' },
  { name: 'a slash twice', ref: 'ghcr.io//acme/api:1.0.0' },
  { name: 'a slash at the beginning', ref: '/ghcr.io/acme/api:1.0.0' },
  { name: 'a slash at the end', ref: 'ghcr.io/acme/' },
  { name: 'a backslash', ref: 'ghcr.io\\acme/api:1.0.0' },
  { name: 'a dot behind the host', ref: 'gcr.io./acme/api:1.0.0' },
  { name: 'a dot behind the owner', ref: 'ghcr.io/acme./api:1.0.0' },
  { name: 'a percent-escaped slash', ref: 'ghcr.io/acme%2fapi:1.0.0' },
  { name: 'a percent-escaped dot', ref: 'gcr%2eio/acme/api:1.0.0' },
  { name: 'a percent-escaped way up', ref: 'ghcr.io/acme/%2e%2e/evil:1.0.0' },
  { name: 'a scheme', ref: 'https://ghcr.io/acme/api:1.0.0' },
  { name: 'a query', ref: 'evil.example/api?ghcr.io/acme/api' },
  { name: 'a fragment', ref: 'evil.example/api#ghcr.io/acme/api' },
  { name: 'a space before', ref: ' ghcr.io/acme/api:1.0.0' },
  { name: 'a line break behind', ref: 'ghcr.io/acme/api:1.0.0\nevil.example/api' },
  { name: 'a NUL', ref: 'ghcr.io/acme/api\u0000.evil.example:1.0.0' },
  { name: 'a pattern in place of an image', ref: 'ghcr.io/acme/*' },
  { name: 'the address of localhost', ref: 'localhost/ghcr.io/acme/api:1.0.0' },
  { name: 'an image ID', ref: digest },
  { name: 'nothing', ref: '' },
];
