/**
 * Where shared state lives: the data directory, the embedded MariaDB in it or the MariaDB that the operator names, the
 * connection pool, and the installation key with which secrets are encrypted before they are stored. Everything else
 * stands on this room; it knows none of the others.
 */
package dev.linkspan.store;
