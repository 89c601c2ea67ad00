export { imagesRego } from './images-template.ts';
export { installManifests } from './install-manifests.ts';
export { CA_PLACE, type Installation, TOKEN_PLACE } from './installation.ts';
