/**
 * Who can call us: TLS identities, their certificates and groups, trust tokens, and sign-in to the console.
 */
package dev.linkspan.identity;
