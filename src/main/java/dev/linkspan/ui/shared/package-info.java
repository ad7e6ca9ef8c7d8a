/** Parts of the console that several views are made of, its texts and its session. Knows no feature. */
package dev.linkspan.ui.shared;
