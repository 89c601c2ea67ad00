export { constraintMatch } from './constraint-match.ts';
export { imagesRego } from './images-template.ts';
export { type InstallTarget, installManifests, installTargets } from './install-manifests.ts';
export { CA_PLACE, type Installation, TOKEN_PLACE } from './installation.ts';
