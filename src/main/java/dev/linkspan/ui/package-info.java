/**
 * The console: the page frame with its navigation, and one sub-package of views per feature. Parts that several views
 * need are in {@code shared}, which knows no feature. Views call services with the caller of the console session and
 * hold no rules of their own.
 */
package dev.linkspan.ui;
