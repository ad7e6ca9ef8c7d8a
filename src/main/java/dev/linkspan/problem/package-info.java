/** What can go wrong, as the caller gets to see it: one list of problems with their HTTP status and text. */
package dev.linkspan.problem;
