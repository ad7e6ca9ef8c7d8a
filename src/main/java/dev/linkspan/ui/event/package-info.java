/** The page of what has happened: the recorded events of the lifecycle and of security, and one of them in full. */
package dev.linkspan.ui.event;
