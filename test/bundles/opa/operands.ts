import type { Json } from '../../../src/values/index.ts';

const sum = (letter: string) => `sha256:${letter.repeat(64)}`;
const words = (text: string) => text.trim().split(/\s+/u);

export const refs: readonly string[] = [
  ...words(`
    nginx nginx:1.27 library/nginx docker.io/nginx index.docker.io/nginx acme/api:v2 registry-1.docker.io/nginx
    registry.hub.docker.com/library/nginx DOCKER.io/nginx ghcr.io/acme/api ghcr.io:443/acme/api:1
    ghcr.io:0443/acme/api ghcr.io:8443/acme/api GHCR.io/acme/api localhost/x localhost:5000/a/b:c [::1]:5000/a
    [::1]/a Foo/bar my_reg.io/app a.b_c/x a__b/c-d a___b/c ghcr.io/acme-evil/x gcr.io.evil.example/x ghcr.io/acme
    ghcr.io/acme/deep/er/path:1.2.3-rc.1 ngınx NGINX ghcr.io/Acme/api a//b /a a/ ghcr.io/ a: a:b:c a@b
    https://ghcr.io/a user@ghcr.io/a sha256:abc a@md5:abc a@sha256:abc x:.a nginx. .a/b -a.b/c a-.b/c a..b/c a.b:x/c
    a.b:/c x:2.0.0 x:1.2.3 x:1.2 x:1.2-alpine x:v1.2.3 x:1.2.3-rc.1 x:latest x:1.2.30-dev x:01.2.3`),
  ...['', ' ', 'nginx ', 'a\nb', sum('a'), 'a'.repeat(64), 'a'.repeat(255), `a@${sum('A')}`],
  ...[`nginx@${sum('a')}`, `nginx:1.27@${sum('a')}`, `ghcr.io/acme/api:1@${sum('b')}`],
  ...[`x@sha512:${'c'.repeat(128)}`, `x:${'a'.repeat(128)}`, `x:${'a'.repeat(129)}`],
  ...[`a.b/${'a'.repeat(256)}`, `a.b/${'a'.repeat(255)}`],
];

export const patterns: readonly string[] = [
  ...words(`
    ** * */* **/api **/acme/** **:latest docker.io/* docker.io/** docker.io nginx nginx:1.* nginx:* nginx@sha256:a*
    library/* ghcr.io GHCR.io ghcr.io/ ghcr.io/acme ghcr.io/acme/ ghcr.io/acme/* ghcr.io/acme/** *.io/acme/*
    ghcr.io:443 ghcr.io:*/** ghcr.io:8*/acme/* ghcr.io:4?3/acme/* localhost localhost:5000 [::1]:5000
    registry-1.docker.io/library/* *.docker.io/** r*y-1.docker.io/** ghcr.io/{acme,evil}/* {ghcr,gcr}.io
    ghcr.io/acme{,-evil}/* {nginx,acme/{api,web}}:{1.27,v*} {a,b}{a,b}{a,b} ghcr.io/**/path ghcr.io/**path
    ghcr.io/acme/**/er/** ghcr.io/acme/d?ep/** gcr.io x x:1.2.* a.b/** **/** **/**/x a/** { a}b{c a{b A
    https://ghcr.io */acme ghcr.io/Acme/* a//b a: **.io/x a,b nginx:la,test nginx@sha256:abc a:b:c ghcr.io:x/y # a#b
    {a,b {{a,b},c} {a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d} ghcr.io/acme/*- ? {} a{} *** a***b/c`),
  ...['', 'a b', `**@${sum('a')}`, `nginx@${sum('a')}`, `nginx:1.27@${sum('a')}`, `nginx@${sum('A')}`],
];

const globs = [...words('latest * 1.* {latest,v*} 1.2.3-rc.? ** : a/b {'), '', 'a b'];

const ranges = `>=1.2.0|>=1.2.0 <2|^1.2|^0.2.3|^0.0|~1.2|~1|1.x|1.2|=1.2.3|*|x|<1.2.0|<=1.2|>1.2|>1|<1|1.2 - 2|1.2.0 - 1.2.3|
  >= 1.2|>=1.2.3-rc.0|> =1.2|>||1.x.3|v1.2.3|01.2.3|1.2.3-01|~ 1.2.3|^1.2.3-rc.1|>1.2.3-rc|>*|<*|<=*|zzz|1 - |>999999999999998`;

export const terms: readonly Json[] = [
  ...globs,
  ...[...ranges.split('|'), '<1 || >=2', '||', '1.2 ||'].map(semver => ({ semver })),
  ...['^v\\d+', 'rc', '(', '', '^(latest|1)$'].map(regex => ({ regex })),
  { regex: 'a', semver: '1' },
  { other: 'a' },
  1,
  null,
];

export const tags: readonly string[] = words(`
  latest v1 v1.2.3 1 1.2 1.2.3 1.2.4 1.3.0 2.0.0 2.0.0-rc.1 1.2.0-rc.1 1.2-alpine 1.2.3-rc.1 1.2.3-rc.2
  1.2.3-alpine3.20 0.2.4 0.0.9 1.2.3-01 01.2.3 1.2.3.4 V1.2 1x 1.2x 999999999999999.0.0 99999999999999999999-x 1.2.3- 3
  1_2`);
