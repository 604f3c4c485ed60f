# Restore of what the backup measure saved, or of the same made now.

measure_restore() {
    local program
    for program in "${!backup_of[@]}"; do
        can "$program" || continue
        has_backup "${backup_of[$program]}" || make_backup "${backup_of[$program]}" untimed "${backup_of[$program]}"
    done
    rounds restore
}

round_restore() {
    local program
    for program in zstdcat-mysql myloader restore; do
        can $program || continue
        load_backup $program timed restore "$1" $program
    done
}
