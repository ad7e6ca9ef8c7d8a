/** What happened: lifecycle events, kept in the database, and the live feed of them to open pages and listeners. */
package dev.linkspan.event;
