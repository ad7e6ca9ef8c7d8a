/** The page that explains rights: what an identity may do, who may do something, and why something was refused. */
package dev.linkspan.ui.access;
