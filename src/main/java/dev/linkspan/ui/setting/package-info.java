/** The page of the server's configuration: each key with its explanation, its value and who changed it last. */
package dev.linkspan.ui.setting;
