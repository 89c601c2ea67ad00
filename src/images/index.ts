export type { ContainerType, Image, ObjectIdentity } from './image.ts';
