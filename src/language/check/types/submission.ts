import { imageFields } from '../../../images/index.ts';
import { TypeNode } from './tree.ts';
import { any, arrayType, objectType, type Property, type Type } from './type.ts';

/**
 * What is known of `input` in a `.policy` file: the fields of images, so that one that is misspelt is found.
 * Nothing is said of their values, nor of anything else in it.
 */
export const submissionLayer: TypeNode = new TypeNode();

const image = record(
  Object.entries(imageFields).map(([key, below]) => ({
    key,
    value: below === undefined ? any : record(below.map(name => ({ key: name, value: any }))),
  })),
);

submissionLayer.put(
  ['input'],
  objectType([{ key: 'images', value: arrayType([], image) }], { key: any, value: any }),
);

function record(properties: readonly Property[]): Type {
  return objectType(properties);
}
