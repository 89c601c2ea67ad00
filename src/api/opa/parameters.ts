/** How much of what happened an answer explains. */
export type Explain = 'notes' | 'fails' | 'full' | 'debug';

/** The query parameters of OPA's Data API; those that it does not know it passes over. */
export interface OpaParameters {
  readonly pretty: boolean;
  readonly provenance: boolean;
  readonly metrics: boolean;
  readonly strict: boolean;
  readonly explain?: Explain;
}

const levels: readonly Explain[] = ['notes', 'fails', 'full', 'debug'];

export function readParameters(parameters: URLSearchParams): OpaParameters {
  const explain = levels.find(level => parameters.getAll('explain').includes(level));
  return {
    pretty: isOn(parameters, 'pretty'),
    provenance: isOn(parameters, 'provenance'),
    metrics: isOn(parameters, 'metrics') || isOn(parameters, 'instrument'),
    strict: isOn(parameters, 'strict-builtin-errors'),
    ...(explain !== undefined && { explain }),
  };
}

/** Present and empty is on, as is `true` however it is written. */
function isOn(parameters: URLSearchParams, name: string): boolean {
  return parameters.getAll(name).some(value => value === '' || value.toLowerCase() === 'true');
}
