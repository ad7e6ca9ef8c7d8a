/** The page for those who are not signed in. */
package dev.linkspan.ui.signin;
