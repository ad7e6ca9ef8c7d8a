/** Pages of the auth groups, the form for their permissions, and the picker with which other pages choose groups. */
package dev.linkspan.ui.group;
