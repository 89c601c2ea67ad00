/** Certificates that may come along with one signature. */
export const mostCertificates = 10;

/** Characters of certificates in PEM. */
export const longestPem = 100_000;
