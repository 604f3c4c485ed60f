package io.bactrian.analyze;

import io.bactrian.schema.Schema;
import java.util.List;

/** One thing to look for in two structures. */
interface StructureCheck {
    List<Finding> look(Schema source, Schema target);

    default Finding finding(
            Finding.Severity severity, String object, String message, String advice) {
        return new Finding(severity, getClass().getSimpleName(), object, message, advice);
    }
}
