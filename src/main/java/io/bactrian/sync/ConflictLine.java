package io.bactrian.sync;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.bactrian.sql.SyncConflicts.Conflict;
import io.bactrian.sync.Conflicts.Kept;
import java.util.Locale;

/** A conflict as commands and programs get it; rows are JSON as the server has it. */
public record ConflictLine(
        long id,
        String side,
        String tableName,
        String recordId,
        String conflictType,
        @JsonRawValue String localData,
        @JsonRawValue String remoteData,
        @JsonRawValue String baseData,
        Long localVersion,
        Long remoteVersion,
        String localModified,
        String remoteModified,
        String resolutionStrategy,
        String resolution,
        @JsonRawValue String resolvedData,
        String detectedAt,
        String resolvedAt,
        String resolvedBy) {

    public static ConflictLine of(Kept kept) {
        Conflict c = kept.conflict();
        return new ConflictLine(
                c.id(),
                kept.side().name().toLowerCase(Locale.ROOT),
                c.tableName(),
                c.recordId(),
                c.conflictType().name(),
                c.localData(),
                c.remoteData(),
                c.baseData(),
                number(c.localVersion()),
                number(c.remoteVersion()),
                c.localModified(),
                c.remoteModified(),
                c.resolutionStrategy(),
                c.resolution(),
                c.resolvedData(),
                c.detectedAt(),
                c.resolvedAt(),
                c.resolvedBy());
    }

    private static Long number(String text) {
        return text == null ? null : Long.valueOf(text);
    }
}
