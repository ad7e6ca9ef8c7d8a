/** Pages of the identities: the list, what makes and changes them, and handing over what they sign in with. */
package dev.linkspan.ui.identity;
