package io.bactrian.cli;

import io.bactrian.config.LoadedSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "config",
        description = "Shows effective settings and where each came from; secrets are masked.",
        footer = {
            "",
            "Examples:",
            "  bactrian config",
            "  bactrian config --config site.properties --json"
        })
final class ConfigCommand extends Verb {
    @Override
    protected Answer run(RunContext context) {
        LoadedSettings loaded = context.loaded();
        TextTable table = new TextTable("KEY", "VALUE", "FROM");
        loaded.effective().forEach(s -> table.row(s.key(), s.value(), s.origin()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", loaded.file() == null ? null : loaded.file().toString());
        fields.put("settings", loaded.effective());
        return Answer.ok(fields, table.toString());
    }
}
