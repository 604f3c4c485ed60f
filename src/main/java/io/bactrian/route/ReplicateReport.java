package io.bactrian.route;

/** What each stage of a replication came to. */
public record ReplicateReport(
        AnalyzeStep.Report analysis,
        StructureStep.Report structure,
        DataStep.Report data,
        VerifyStep.Report verification) {}
