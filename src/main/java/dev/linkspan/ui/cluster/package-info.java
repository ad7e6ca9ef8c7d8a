/** What this cluster is: its addresses, its certificate and how that is changed, its members. */
package dev.linkspan.ui.cluster;
