/** Why a text is no image reference; the messages of the first nine are those of distribution/reference. */
const messages = {
  invalid_format: 'invalid reference format',
  tag_invalid_format: 'invalid tag format',
  name_uppercase: 'repository name must be lowercase',
  name_empty: 'repository name must have at least one component',
  name_too_long: 'repository name must not be more than 255 characters',
  name_not_canonical: 'repository name must be canonical',
  digest_invalid_format: 'invalid checksum digest format',
  digest_invalid_length: 'invalid checksum digest length',
  digest_unsupported: 'unsupported digest algorithm',
  reference_digest_invalid_format: 'invalid digest format',
  identifier: 'an image ID names no repository: 64 hexadecimal digits cannot be a repository name',
  digest_only: 'a digest alone names no repository',
  non_ascii: 'a reference has only ASCII characters',
  whitespace: 'a reference has no white space or control characters',
  scheme: 'a reference has no scheme such as https://',
  too_long: 'a reference has at most 1024 characters',
  user_info: 'a reference has no user name: what follows "@" must be a digest',
} as const;

export type InvalidReferenceCode = keyof typeof messages;

/** Given in place of a reference where a text is none. */
export class InvalidReference {
  readonly code: InvalidReferenceCode;
  readonly message: string;

  constructor(code: InvalidReferenceCode) {
    this.code = code;
    this.message = messages[code];
  }
}
