package io.bactrian.config;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Words for what is wrong with a file. */
public final class FileErrors {
    private FileErrors() {}

    /** Why it failed, without the class of the error. */
    public static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getMessage() + " is a file and no folder";
        }
        return e instanceof CharacterCodingException ? "it is not UTF-8" : e.getMessage();
    }
}
