# Backup of the rows of the copy measure into compressed files.

measure_backup() {
    settle source
    # a scan, so that nobody is the first to read the rows
    fingerprint source bench_rows > /dev/null
    rounds backup
    prove_backups
}

round_backup() {
    local program
    for program in mysqldump-zstd mydumper-gzip backup; do
        can $program || continue
        make_backup $program timed backup "$1" $program
    done
}

# What the last round left is right only if it loads; where the restore measure comes too it does so on the clock.
prove_backups() {
    local program
    for program in "${!backup_of[@]}"; do
        can "${backup_of[$program]}" || continue
        ! wants restore || ! can "$program" || continue
        load_backup "$program" untimed "$program"
    done
}
