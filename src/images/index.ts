export type { ContainerType, Image, ObjectIdentity } from './image.ts';
export { type ImagePlace, imageValue, toImage } from './to-image.ts';
