/**
 * The process: its command line, its start and its end. The rooms of the house are the packages below.
 */
package dev.linkspan;
