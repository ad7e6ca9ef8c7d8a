/**
 * Our key and certificate, the TLS contexts made of them, the HTTPS port and the Unix socket, and what there is to know
 * of certificates: fingerprints, PEM, usability.
 */
package dev.linkspan.tls;
