/** Pages of the cluster links: the server's page with its tab, creating a link, its token, deleting it. */
package dev.linkspan.ui.link;
