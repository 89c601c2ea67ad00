/** The files of `policies/` as the Worker imports them; see `rules` in wrangler.toml. */
declare module '*.policy' {
  const text: string;
  export default text;
}

declare module '*.rego' {
  const text: string;
  export default text;
}

declare module '*.yaml' {
  const text: string;
  export default text;
}
