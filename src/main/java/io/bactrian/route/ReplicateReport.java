package io.bactrian.route;

/**
 * What each stage of a replication came to.
 *
 * @param backup what was saved before; null if nothing was changed
 */
public record ReplicateReport(
        AnalyzeStep.Report analysis,
        BackupStep.Report backup,
        StructureStep.Report structure,
        DataStep.Report data,
        VerifyStep.Report verification) {}
