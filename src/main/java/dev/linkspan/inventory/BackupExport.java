package dev.linkspan.inventory;

import java.util.Iterator;

/**
 * The archive of a backup, to be read once.
 *
 * @param size in bytes
 * @param chunks are read from the database one by one
 */
public record BackupExport(long size, Iterator<byte[]> chunks) {}
