/**
 * What is being done: operations that go on after their request was answered. They are kept in the database, so that
 * every member knows them, and for ten minutes after their end.
 */
package dev.linkspan.operation;
