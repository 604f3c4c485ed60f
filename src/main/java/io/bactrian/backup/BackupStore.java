package io.bactrian.backup;

import java.nio.file.Path;

/**
 * A place beside the folder in which finished backups are kept too, each as one file. It is found
 * in Camel's registry or by {@link java.util.ServiceLoader}; {@code bactrian.backup.to} makes one
 * of any Camel endpoint.
 */
public interface BackupStore {
    /** What people call it; without secrets. */
    String name();

    /**
     * Keeps a file. When this comes back it is there as a whole; when it throws, nothing is there
     * under its name, or what was there before. Called again after a failure that may pass.
     */
    void put(String name, Path file) throws Exception;

    /** Writes what is kept under a name into a file; false if there is nothing. */
    boolean get(String name, Path file) throws Exception;
}
