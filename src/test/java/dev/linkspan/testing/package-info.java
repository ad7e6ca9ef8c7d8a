/**
 * What integration tests and benchmarks stand on: certificates, a client for the API, a scripted peer that speaks
 * LXD's link protocol and misbehaves on demand, and real server processes.
 */
package dev.linkspan.testing;
