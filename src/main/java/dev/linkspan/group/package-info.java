/** Auth groups and their permissions: what their members may do (auth.md chapter 3). */
package dev.linkspan.group;
