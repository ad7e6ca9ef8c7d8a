/**
 * What permissions point at: projects, and the instances in them with their backups. Instances are inventory; nothing
 * runs them.
 */
package dev.linkspan.inventory;
